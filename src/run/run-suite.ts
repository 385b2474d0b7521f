import { choiceName } from "../engine/device.ts";
import type { PlannedTrial } from "../plan/plan-trials.ts";
import type { PublishedBaseline } from "../spec/baseline.types.ts";
import { ClaimbenchError } from "../spec/error.ts";
import { publishedEntries } from "../spec/published-entries.ts";
import type { RunRecord, Suite } from "../spec/run.types.ts";
import type { PlannedShare, RunListener } from "./listener.ts";
import { type NextLook, nextLook } from "./more-seeds.ts";
import { type PreparedSuite, type PrepareOptions, prepareSuite } from "./prepare-suite.ts";
import { machineOf } from "./records/provenance.ts";
import { RunFile } from "./records/run-file.ts";
import { type EndedTrial, provenanceOf } from "./records/run-record.ts";
import { Results } from "./results.ts";
import { runTrials, trialId } from "./run-trials.ts";
import { openStore } from "./store/store.ts";
import { within } from "./time-limit.ts";

export interface RunOptions extends PrepareOptions {
  /** Folder that gets <suite>/<run id>/run.json. */
  readonly reportsFolder: string;
  /** Where results are kept between runs. */
  readonly storeFolder: string;
  /** Command line that repeats the run, for the record. */
  readonly command: string;
  readonly now: () => Date;
  /** After it no seeds are added, where a suite leaves their number open. */
  readonly deadline?: Date;
  readonly listener?: RunListener;
}

export interface RunResult {
  readonly record: RunRecord;
  /** reports/<suite>/<run id> */
  readonly folder: string;
}

/**
 * Trains and measures every arm at every seed, as far as the store does not have it, and writes run.json, every now and
 * then and at the end. When the signal is aborted, what is running is brought into the store, and the record ends with what
 * was finished. Where the suite leaves the number of seeds open, they are added look by look; the record always holds whole
 * looks.
 *
 * @throws ClaimbenchError before anything trains when data, networks, store or the reports folder are not usable.
 */
export async function runSuite(
  suite: Suite,
  baseline: PublishedBaseline | undefined,
  options: RunOptions,
): Promise<RunResult> {
  const { listener = {}, signal } = options;
  if (suite.sequential && (options.shard || options.slurm)) throw seedsNotOpenHere(suite);
  const startedAt = options.now();
  const published = publishedEntries(suite, baseline);
  await options.slurm?.client.check();
  const prepared = await prepareSuite(suite, options);
  const { placement, absent } = prepared;
  const here = machineOf(prepared.hardware, prepared.engine.choice.device);
  const results = new Results(
    await openStore(options.storeFolder, {
      now: options.now,
      onDamaged: (file, why) => listener.onDamaged?.(file, why),
    }),
  );
  const file = await RunFile.create(
    options.reportsFolder,
    { suite, trials: prepared.trials },
    {
      startedAt,
      now: options.now,
      run: { command: options.command, ...(options.shard ? { shard: options.shard } : {}) },
      rest: { provenance: await provenanceOf(prepared), published },
      absent,
      onWritten: (path) => listener.onRecord?.(path),
    },
  );
  const { choice, facts } = prepared.engine;
  listener.onPlan?.(shares(prepared.trials), { ...placement, engine: `${choiceName(choice)} (${facts.version})` });
  let planned = prepared.trials.length;
  const context = {
    options,
    prepared,
    results,
    here,
    jobs: { suite: suite.id, name: `${suite.id}-${file.id}` },
    onEnd(of: PlannedTrial, found: EndedTrial) {
      file.add(of, found);
      listener.onTrialEnd?.(found.trial, { finished: file.finished, total: planned });
    },
  };
  await runTrials(prepared.trials, context, signal);
  const seedsEnded = suite.sequential
    ? await addSeeds(file, prepared, options, (next, stop) => {
        planned += next.trials.length;
        listener.onSeedsAdded?.(shares(next.trials), { seeds: next.suite.seeds.length, open: next.open });
        return runTrials(next.trials, context, stop);
      })
    : undefined;
  const status = signal.aborted && !seedsEnded ? "interrupted" : "complete";
  return { record: await file.end({ status, ...(seedsEnded ? { seedsEnded } : {}) }), folder: file.folder };
}

/**
 * Adds seeds, look by look, until the claims are decided, or there are as many as the suite allows, or time is up. A look that
 * is not whole is left out.
 *
 * @returns why no more are added; nothing where the signal was aborted.
 */
async function addSeeds(
  file: RunFile,
  prepared: Pick<PreparedSuite, "planSeeds">,
  { deadline, now, signal }: Pick<RunOptions, "deadline" | "now" | "signal">,
  runLook: (next: NextLook, stop: AbortSignal) => Promise<void>,
): Promise<RunRecord["run"]["seedsEnded"]> {
  while (!signal.aborted) {
    const next = nextLook(file.plan.suite, file.record({ status: "interrupted" }), prepared);
    if (typeof next === "string") return next;
    const left = (deadline?.getTime() ?? Number.POSITIVE_INFINITY) - now().getTime();
    if (left <= 0) return "budget";
    const stop = await within(left, signal, (either) => runLook(next, either));
    const isWhole = next.trials.every((trial) => (file.ended(trial)?.trial.state ?? "not-run") !== "not-run");
    if (isWhole || !stop.aborted) {
      file.plan = { suite: next.suite, trials: [...file.plan.trials, ...next.trials] };
    } else if (!signal.aborted) return "budget";
  }
  return undefined;
}

function shares(planned: readonly PlannedTrial[]): PlannedShare[] {
  const work = planned.reduce((sum, { cost }) => sum + cost.total, 0);
  return planned.map((trial) => ({ ...trialId(trial), share: trial.cost.total / work }));
}

function seedsNotOpenHere({ id }: Suite): ClaimbenchError {
  return new ClaimbenchError("open-seeds", `the number of seeds of ${id} is left open: it runs in one piece`, {
    hint: "with --seeds <n> their number is fixed, for shards and Slurm jobs",
  });
}

import { rm } from "node:fs/promises";
import { choiceName } from "../engine/device.ts";
import type { PlannedTrial } from "../plan/plan-trials.ts";
import type { PublishedBaseline } from "../spec/baseline.types.ts";
import { ClaimbenchError } from "../spec/error.ts";
import { publishedEntries } from "../spec/published-entries.ts";
import type { RunRecord, Suite } from "../spec/run.types.ts";
import type { PlannedShare, RunListener } from "./listener.ts";
import { nextLook } from "./more-seeds.ts";
import { type PrepareOptions, prepareSuite } from "./prepare-suite.ts";
import { machineOf } from "./records/provenance.ts";
import { encodeRecord, makeRunFolder, recordFile, writeReportFile } from "./records/record-file.ts";
import { assembleRecord, type EndedTrial, provenanceOf } from "./records/run-record.ts";
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

/** Least time between two records of a run that goes on. */
const RECORD_MILLISECONDS = 2_000;

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
  const provenance = await provenanceOf(prepared);
  const { id, folder } = await makeRunFolder(options.reportsFolder, suite.id, startedAt);
  let looked = { suite, trials: prepared.trials };
  let planned = looked.trials.length;
  const ended = new Map<PlannedTrial, EndedTrial>();
  const record = (facts: Pick<RunRecord["run"], "status" | "seedsEnded">): RunRecord => {
    const endedAt = options.now();
    const run = {
      id,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt.toISOString(),
      ...facts,
      durationSeconds: secondsBetween(startedAt, endedAt),
      command: options.command,
      ...(options.shard ? { shard: options.shard } : {}),
    };
    return assembleRecord(looked.suite, { trials: looked.trials, absent }, ended, { run, provenance, published });
  };
  const file = recordFile(folder);
  const write = async (facts: Pick<RunRecord["run"], "status" | "seedsEnded">) => {
    const current = record(facts);
    await writeReportFile(file, encodeRecord(current));
    listener.onRecord?.(file);
    return current;
  };
  try {
    await write({ status: "interrupted" });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }

  const { choice, facts } = prepared.engine;
  listener.onPlan?.(shares(looked.trials), { ...placement, engine: `${choiceName(choice)} (${facts.version})` });
  let writing: Promise<unknown> = Promise.resolve();
  let writtenAt = Number.NEGATIVE_INFINITY;
  const context = {
    options,
    prepared,
    results,
    here,
    jobs: { suite: suite.id, name: `${suite.id}-${id}` },
    onEnd(of: PlannedTrial, found: EndedTrial) {
      ended.set(of, found);
      listener.onTrialEnd?.(found.trial, { finished: ended.size, total: planned });
      // Now and then, as a large record takes its time, and everything is in the store as well.
      const now = options.now().getTime();
      if (now - writtenAt < RECORD_MILLISECONDS) return;
      writtenAt = now;
      // A failed intermediate write is not the end: the last one reports it.
      writing = writing.then(() => write({ status: "interrupted" })).catch(() => {});
    },
  };
  await runTrials(looked.trials, context, signal);

  let seedsEnded: RunRecord["run"]["seedsEnded"];
  while (suite.sequential && !seedsEnded && !signal.aborted) {
    const next = nextLook(looked.suite, record({ status: "interrupted" }), prepared);
    const left = (options.deadline?.getTime() ?? Number.POSITIVE_INFINITY) - options.now().getTime();
    if (typeof next === "string") seedsEnded = next;
    else if (left <= 0) seedsEnded = "budget";
    else {
      planned += next.trials.length;
      listener.onSeedsAdded?.(shares(next.trials), { seeds: next.suite.seeds.length, open: next.open });
      const stop = await within(left, signal, (either) => runTrials(next.trials, context, either));
      const isWhole = next.trials.every((trial) => (ended.get(trial)?.trial.state ?? "not-run") !== "not-run");
      if (isWhole || !stop.aborted) looked = { suite: next.suite, trials: [...looked.trials, ...next.trials] };
      else if (!signal.aborted) seedsEnded = "budget";
    }
  }
  await writing;
  const status = signal.aborted && !seedsEnded ? "interrupted" : "complete";
  return { record: await write({ status, ...(seedsEnded ? { seedsEnded } : {}) }), folder };
}

function shares(planned: readonly PlannedTrial[]): PlannedShare[] {
  const work = planned.reduce((sum, { cost }) => sum + cost.total, 0);
  return planned.map((trial) => ({ ...trialId(trial), share: trial.cost.total / work }));
}

function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}

function seedsNotOpenHere({ id }: Suite): ClaimbenchError {
  return new ClaimbenchError("open-seeds", `the number of seeds of ${id} is left open: it runs in one piece`, {
    hint: "with --seeds <n> their number is fixed, for shards and Slurm jobs",
  });
}

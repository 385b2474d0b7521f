import { rm } from "node:fs/promises";
import { basename, isAbsolute } from "node:path";
import { choiceName } from "../engine/device.ts";
import type { PlannedTrial } from "../plan/plan-trials.ts";
import type { PublishedBaseline } from "../spec/baseline.types.ts";
import { publishedEntries } from "../spec/published-entries.ts";
import type { FailedTrial, RunRecord, Sample, Suite, Trial } from "../spec/run.types.ts";
import type { PlannedShare, RunListener } from "./listener.ts";
import { type PreparedSuite, type PrepareOptions, prepareSuite } from "./prepare-suite.ts";
import type { TrialTask } from "./protocol.ts";
import { claimbenchFacts, machineOf, operatingSystem } from "./provenance.ts";
import { encodeRecord, makeRunFolder, recordFile, writeReportFile } from "./record-file.ts";
import { collectTrial, Results } from "./results.ts";
import { runInSlurm } from "./run-in-slurm.ts";
import { openStore } from "./store/store.ts";
import { type PoolListener, runInWorkers } from "./worker-pool.ts";

export interface RunOptions extends PrepareOptions {
  /** Folder that gets <suite>/<run id>/run.json. */
  readonly reportsFolder: string;
  /** Where results are kept between runs. */
  readonly storeFolder: string;
  /** Command line that repeats the run, for the record. */
  readonly command: string;
  readonly now: () => Date;
  readonly listener?: RunListener;
}

export interface RunResult {
  readonly record: RunRecord;
  /** reports/<suite>/<run id> */
  readonly folder: string;
}

/**
 * Trains and measures every arm at every seed, as far as the store does not have it, and writes run.json, anew after each
 * trial: a run that is killed leaves what it had finished. When the signal is aborted, what is running is brought into the
 * store, and the record ends with what was finished.
 *
 * @throws ClaimbenchError before anything trains when data, networks, store or the reports folder are not usable.
 */
export async function runSuite(
  suite: Suite,
  baseline: PublishedBaseline | undefined,
  options: RunOptions,
): Promise<RunResult> {
  const { listener = {}, signal } = options;
  const startedAt = options.now();
  const published = publishedEntries(suite, baseline);
  await options.slurm?.client.check();
  const prepared = await prepareSuite(suite, options);
  const { trials: planned, placement } = prepared;
  const here = machineOf(prepared.hardware, prepared.engine.choice.device);
  const results = new Results(
    await openStore(options.storeFolder, {
      now: options.now,
      onDamaged: (file, why) => listener.onDamaged?.(file, why),
    }),
  );
  const provenance = await provenanceOf(prepared);
  const { id, folder } = await makeRunFolder(options.reportsFolder, suite.id, startedAt);
  const trials = new Map<PlannedTrial, Trial>();
  const samples = new Map<PlannedTrial, readonly Sample[]>();
  const record = (status: "complete" | "interrupted"): RunRecord => {
    const endedAt = options.now();
    return {
      format: "claimbench-run/1",
      run: {
        id,
        startedAt: startedAt.toISOString(),
        endedAt: endedAt.toISOString(),
        status,
        durationSeconds: (endedAt.getTime() - startedAt.getTime()) / 1000,
        command: options.command,
        ...(options.shard ? { shard: options.shard } : {}),
      },
      suite: withoutFolders(suite),
      provenance,
      // In the plan's order, whichever worker finished first; what has not ended counts as not run.
      trials: planned.map((trial) => trials.get(trial) ?? notRun(trial)),
      samples: planned.flatMap((trial) => samples.get(trial) ?? []),
      published,
    };
  };
  const file = recordFile(folder);
  const write = async (status: "complete" | "interrupted") => {
    const current = record(status);
    await writeReportFile(file, encodeRecord(current));
    listener.onRecord?.(file);
    return current;
  };
  const end = (of: PlannedTrial, trial: Trial, measured: readonly Sample[]) => {
    trials.set(of, trial);
    samples.set(of, measured);
    listener.onTrialEnd?.(trial, { finished: trials.size, total: planned.length });
  };
  try {
    await write("interrupted");
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }

  const { choice, facts } = prepared.engine;
  listener.onPlan?.(shares(planned), { ...placement, engine: `${choiceName(choice)} (${facts.version})` });
  const missing: PlannedTrial[] = [];
  for (const trial of planned) {
    const found = await collectTrial(results, trial, here);
    if (found) end(trial, asReused(found.trial), found.samples);
    else missing.push(trial);
  }
  let writing: Promise<unknown> = Promise.resolve();
  const tasks = missing.map((trial) => ({
    trial,
    store: options.storeFolder,
    suiteFolder: options.suiteFolder,
    engine: choice,
    engineSettings: { threads: placement.threadsPerWorker, tensorflowFolder: options.tensorflowFolder },
  }));
  const pool: PoolListener = {
    onStart: ({ trial }) => listener.onTrialStart?.(trialId(trial)),
    onProgress: ({ trial }, { kind: _, ...progress }) => listener.onProgress?.(trialId(trial), progress),
    onRetry: ({ trial }, reason) => listener.onTrialRetry?.(trialId(trial), reason),
    onEnd: async ({ trial }, failed) => {
      const found = failed ? undefined : await collectTrial(results, trial, here);
      if (found) end(trial, found.trial, found.samples);
      else end(trial, failed ?? { ...notRun(trial), state: "crashed", reason: "its results are not in the store" }, []);
      // A failed intermediate write is not the end: the last one reports it.
      writing = writing.then(() => write("interrupted")).catch(() => {});
    },
  };
  if (options.slurm) {
    const { client, settings } = options.slurm;
    const isDone = async ({ trial }: TrialTask) => (await collectTrial(results, trial, here)) !== undefined;
    const run = {
      slurm: client,
      settings,
      store: options.storeFolder,
      suite: suite.id,
      name: `${suite.id}-${id}`,
      isDone,
    };
    await runInSlurm(tasks, run, signal, pool);
  } else await runInWorkers(tasks, placement.workers, signal, pool);
  await writing;
  return { record: await write(signal.aborted ? "interrupted" : "complete"), folder };
}

async function provenanceOf({ engine, placement, dataSets, hardware }: PreparedSuite) {
  return {
    claimbench: await claimbenchFacts(),
    node: process.version,
    engine: engine.facts,
    hardware,
    operatingSystem: operatingSystem(),
    ...placement,
    dataSets: [...dataSets],
  } satisfies RunRecord["provenance"];
}

/** A record holds no absolute path: of a data file given by one only the name stays. */
function withoutFolders(suite: Suite): Suite {
  const short = (path: string) => (isAbsolute(path) ? basename(path) : path);
  const arms = suite.arms.map((arm) => {
    if (!("files" in arm.data)) return arm;
    const { train, test } = arm.data.files;
    return { ...arm, data: { files: { train: short(train), test: short(test) } } };
  });
  return { ...suite, arms };
}

function shares(planned: readonly PlannedTrial[]): PlannedShare[] {
  const work = planned.reduce((sum, { cost }) => sum + cost.total, 0);
  return planned.map((trial) => ({ ...trialId(trial), share: trial.cost.total / work }));
}

function trialId({ arm, seed }: PlannedTrial) {
  return { arm: arm.name, seed };
}

function asReused(trial: Trial): Trial {
  return trial.state === "completed" ? { ...trial, reused: true } : trial;
}

function notRun(trial: PlannedTrial): FailedTrial {
  return { state: "not-run", ...trialId(trial), reason: "the run ended before it" };
}

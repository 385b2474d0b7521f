import { rm } from "node:fs/promises";
import { choiceName } from "../engine/device.ts";
import type { PlannedTrial } from "../plan/plan-trials.ts";
import type { PublishedBaseline } from "../spec/baseline.types.ts";
import { publishedEntries } from "../spec/published-entries.ts";
import type { RunRecord, Sample, Suite, Trial } from "../spec/run.types.ts";
import type { PlannedShare, RunListener } from "./listener.ts";
import { type PrepareOptions, prepareSuite } from "./prepare-suite.ts";
import type { TrialTask } from "./protocol.ts";
import { machineOf } from "./provenance.ts";
import { encodeRecord, makeRunFolder, recordFile, writeReportFile } from "./record-file.ts";
import { collectTrial, Results } from "./results.ts";
import { runInSlurm } from "./run-in-slurm.ts";
import { assembleRecord, type EndedTrial, notRun, provenanceOf } from "./run-record.ts";
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

/** Least time between two records of a run that goes on. */
const RECORD_MILLISECONDS = 2_000;

/**
 * Trains and measures every arm at every seed, as far as the store does not have it, and writes run.json, every now and
 * then and at the end. When the signal is aborted, what is running is brought into the store, and the record ends with what
 * was finished.
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
  const ended = new Map<PlannedTrial, EndedTrial>();
  const record = (status: "complete" | "interrupted"): RunRecord => {
    const endedAt = options.now();
    const run = {
      id,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt.toISOString(),
      status,
      durationSeconds: (endedAt.getTime() - startedAt.getTime()) / 1000,
      command: options.command,
      ...(options.shard ? { shard: options.shard } : {}),
    };
    return assembleRecord(suite, prepared, ended, { run, provenance, published });
  };
  const file = recordFile(folder);
  const write = async (status: "complete" | "interrupted") => {
    const current = record(status);
    await writeReportFile(file, encodeRecord(current));
    listener.onRecord?.(file);
    return current;
  };
  const end = (of: PlannedTrial, trial: Trial, samples: readonly Sample[]) => {
    ended.set(of, { trial, samples });
    listener.onTrialEnd?.(trial, { finished: ended.size, total: planned.length });
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
  let writtenAt = Number.NEGATIVE_INFINITY;
  const tasks = missing.map((trial) => ({
    trial,
    store: options.storeFolder,
    suiteFolder: options.suiteFolder,
    ...(options.dataFolder === undefined ? {} : { dataFolder: options.dataFolder }),
    engine: choice,
    engineSettings: { threads: placement.threadsPerWorker, tensorflowFolder: options.tensorflowFolder },
  }));
  const pool: PoolListener = {
    onStart: ({ trial }) => listener.onTrialStart?.(trialId(trial)),
    onProgress: ({ trial }, { kind: _, ...progress }) => listener.onProgress?.(trialId(trial), progress),
    onDamaged: (file, why) => listener.onDamaged?.(file, why),
    onRetry: ({ trial }, reason) => listener.onTrialRetry?.(trialId(trial), reason),
    onEnd: async ({ trial }, failed) => {
      const found = failed ? undefined : await collectTrial(results, trial, here);
      if (found) end(trial, found.trial, found.samples);
      else end(trial, failed ?? { ...notRun(trial), state: "crashed", reason: "its results are not in the store" }, []);
      // Now and then, as a large record takes its time, and everything is in the store as well.
      const now = options.now().getTime();
      if (now - writtenAt < RECORD_MILLISECONDS) return;
      writtenAt = now;
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

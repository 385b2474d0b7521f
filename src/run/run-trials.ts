import type { PlannedTrial } from "../plan/plan-trials.ts";
import type { Trial } from "../spec/run.types.ts";
import type { RunListener, TrialId } from "./listener.ts";
import type { PreparedSuite, PrepareOptions } from "./prepare-suite.ts";
import { type EndedTrial, notRun } from "./records/run-record.ts";
import { collectTrial, type Results } from "./results.ts";
import { runInSlurm } from "./slurm/run-in-slurm.ts";
import type { TrialTask } from "./workers/protocol.ts";
import { type PoolListener, runInWorkers } from "./workers/worker-pool.ts";

export interface TrialsContext {
  readonly options: PrepareOptions & { readonly storeFolder: string; readonly listener?: RunListener };
  readonly prepared: Pick<PreparedSuite, "engine" | "placement">;
  readonly results: Results;
  /** The machine, as results name it. */
  readonly here: string;
  /** Of the Slurm jobs. */
  readonly jobs: { readonly suite: string; readonly name: string };
  /** A trial that has ended, with what is known of it. */
  onEnd(trial: PlannedTrial, ended: EndedTrial): void;
}

/** Brings every trial to its end: from the store, else in worker processes or Slurm jobs, until the signal is aborted. */
export async function runTrials(
  trials: readonly PlannedTrial[],
  { options, prepared, results, here, jobs, onEnd }: TrialsContext,
  signal: AbortSignal,
): Promise<void> {
  const { listener = {}, slurm } = options;
  const { engine, placement } = prepared;
  const missing: PlannedTrial[] = [];
  for (const trial of trials) {
    const found = await collectTrial(results, trial, here);
    if (found) onEnd(trial, { trial: asReused(found.trial), samples: found.samples });
    else missing.push(trial);
  }
  const tasks = missing.map((trial) => ({
    trial,
    store: options.storeFolder,
    suiteFolder: options.suiteFolder,
    ...(options.dataFolder === undefined ? {} : { dataFolder: options.dataFolder }),
    engine: engine.choice,
    engineSettings: { threads: placement.threadsPerWorker, tensorflowFolder: options.tensorflowFolder },
  }));
  const pool: PoolListener = {
    onStart: ({ trial }) => listener.onTrialStart?.(trialId(trial)),
    onProgress: ({ trial }, { kind: _, ...progress }) => listener.onProgress?.(trialId(trial), progress),
    onDamaged: (file, why) => listener.onDamaged?.(file, why),
    onRetry: ({ trial }, reason) => listener.onTrialRetry?.(trialId(trial), reason),
    onEnd: async ({ trial }, failed) => {
      const found = failed ? undefined : await collectTrial(results, trial, here);
      const lost = { ...notRun(trial), state: "crashed" as const, reason: "its results are not in the store" };
      onEnd(trial, found ?? { trial: failed ?? lost, samples: [] });
    },
  };
  if (slurm) {
    const isDone = async ({ trial }: TrialTask) => (await collectTrial(results, trial, here)) !== undefined;
    const run = { slurm: slurm.client, settings: slurm.settings, store: options.storeFolder, ...jobs, isDone };
    await runInSlurm(tasks, run, signal, pool);
  } else await runInWorkers(tasks, placement.workers, signal, pool);
}

export function trialId({ arm, seed }: PlannedTrial): TrialId {
  return { arm: arm.name, seed };
}

function asReused(trial: Trial): Trial {
  return trial.state === "completed" ? { ...trial, reused: true } : trial;
}

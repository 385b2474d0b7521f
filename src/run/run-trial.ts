import type { LoadedData } from "../data/load.ts";
import type { Engine, Model } from "../engine/engine.ts";
import { measureTrial, type TrialToMeasure } from "../measure/measure-trial.ts";
import type { PlannedTrial } from "../plan/plan-trials.ts";
import type { CurvePoint } from "../spec/run.types.ts";
import { generator } from "../train/seeds.ts";
import { type TrainingPause, train, type WarmStart } from "../train/train.ts";
import type { Results, StoredTrial } from "./results.ts";

export interface TrialTools {
  readonly engine: Engine;
  readonly model: Model;
  readonly data: LoadedData;
  readonly results: Results;
  /** The processor or GPU here. */
  readonly machine: string;
  /** Milliseconds since some fixed time. */
  clock(): number;
  onProgress(progress: { fraction: number; point?: CurvePoint; measuring?: string }): void;
  /** Whether to leave off as soon as what was done is safe. */
  stopping(): boolean;
}

/**
 * Trains a trial from the furthest state that is in the store, measures what has not been measured, and leaves all of it in
 * the store. Nobody else runs it, or a trial that shares its training, at the same time.
 *
 * @returns "stopped" when it left off before its end.
 */
export async function runTrial(trial: PlannedTrial, tools: TrialTools): Promise<"done" | "stopped"> {
  const lease = await tools.results.store.lease(trial.keys.training, tools.stopping);
  if (!lease) return "stopped";
  try {
    const stored = (await tools.results.trial(trial)) ?? (await trainTrial(trial, tools));
    if (stored === "stopped") return "stopped";
    return stored.state === "diverged" ? "done" : await measureMissing(trial, stored, tools);
  } finally {
    await lease.release();
  }
}

/** @param until leave off after this epoch. */
async function trainTrial(
  trial: PlannedTrial,
  tools: TrialTools,
  until = Number.POSITIVE_INFINITY,
): Promise<StoredTrial | "stopped"> {
  const { arm, seed, plan, cost, keep } = trial;
  const { model, data, results } = tools;
  const { regime } = arm;
  const last = Math.min(plan.maxEpochs, until);
  const resume = await results.furthest(trial, last);
  const startedAt = tools.clock();
  const seconds = () => (resume?.trainSeconds ?? 0) + (tools.clock() - startedAt) / 1000;
  let savedAt = startedAt;
  const onPause = async (pause: TrainingPause) => {
    const checkpoint = () => ({ ...pause.checkpoint(), trainSeconds: seconds() });
    const isKept = pause.isLast || (pause.endOfEpoch && keep.includes(pause.epoch));
    if (isKept) await results.saveIterate(trial, checkpoint());
    if (pause.endOfEpoch && pause.epoch === until) {
      await results.dropWorking(trial, last);
      return "stop";
    }
    const stop = tools.stopping();
    const late = tools.clock() - savedAt > CHECKPOINT_MILLISECONDS;
    if (stop || late || (pause.endOfEpoch && pause.epoch > 0)) {
      savedAt = tools.clock();
      await results.saveWorking(trial, last, checkpoint());
    }
    return stop ? "stop" : "go on";
  };
  const warmStart = await startOf(trial, tools);
  if (warmStart === "stopped") return "stopped";
  const outcome = await train({
    model,
    train: data.train,
    test: data.test,
    optimizer: regime.optimizer,
    plan,
    lastBatch: regime.lastBatch,
    ...(regime.microBatch === undefined ? {} : { microBatch: regime.microBatch }),
    ...(regime.schedule ? { schedule: regime.schedule } : {}),
    seed,
    ...(warmStart ? { warmStart } : {}),
    ...(resume ? { resume } : {}),
    onPause,
    onProgress: (fraction, point) =>
      tools.onProgress({ fraction: (fraction * cost.training) / cost.total, ...(point ? { point } : {}) }),
  });
  if (outcome.state === "stopped") return "stopped";
  const stored: StoredTrial =
    outcome.state === "diverged"
      ? { ...outcome, reason: `the loss stopped being finite at update ${outcome.update} (epoch ${outcome.epoch})` }
      : {
          state: "completed",
          parameterCount: model.layout.parameterCount,
          batchSize: plan.batchSize,
          epoch: outcome.epoch,
          updates: outcome.updates,
          curve: outcome.curve,
          trainSeconds: seconds(),
          work: cost.training,
          machine: tools.machine,
        };
  await results.saveTrial(trial, stored);
  await results.dropWorking(trial, last);
  return stored;
}

/** Long epochs are saved within, too. */
const CHECKPOINT_MILLISECONDS = 60_000;

/** Where a warm start begins; trained now when it is not in the store. */
async function startOf(
  { arm, seed, source }: PlannedTrial,
  tools: TrialTools,
): Promise<WarmStart | undefined | "stopped"> {
  const { start } = arm.regime;
  if (!start || !source) return undefined;
  const { results } = tools;
  const find = () => results.iterate(source.keys.training, start.epoch);
  let found = await find();
  if (!found) {
    const lease = await results.store.lease(source.keys.training, tools.stopping);
    if (!lease) return "stopped";
    try {
      found = (await find()) ?? ((await trainTrial(source, tools, start.epoch)) && (await find()));
    } finally {
      await lease.release();
    }
  }
  if (found) return { state: found.state, optimizerState: start.optimizerState ?? "fresh" };
  if (tools.stopping()) return "stopped";
  throw new Error(
    `${arm.name} starts from epoch ${start.epoch} of ${start.arm}, which ended before it at seed ${seed}`,
  );
}

async function measureMissing(
  trial: PlannedTrial,
  stored: StoredTrial & { state: "completed" },
  tools: TrialTools,
): Promise<"done" | "stopped"> {
  const { arm, seed, cost } = trial;
  const random = (purpose: "subspace" | "eigenvector") => generator(purpose, seed);
  let trained: Omit<TrialToMeasure, "random"> | "stopped" | undefined;
  let done = cost.training;
  for (const [name, measurement] of Object.entries(arm.measure)) {
    if (tools.stopping()) return "stopped";
    tools.onProgress({ fraction: done / cost.total, measuring: name });
    done += cost.measuring[name] ?? 0;
    if (await tools.results.measurement(trial, name)) continue;
    const startedAt = tools.clock();
    trained ??= await trainedNetwork(trial, stored, tools);
    if (trained === "stopped") return "stopped";
    const samples = await measureTrial({ ...trained, random }, name, measurement);
    await tools.results.saveMeasurement(trial, name, {
      samples: samples.map(({ arm: _arm, seed: _seed, measurement: _name, ...sample }) => sample),
      seconds: (tools.clock() - startedAt) / 1000,
    });
  }
  return "done";
}

/** The trained network; trained again when its minimiser is no longer in the store. */
async function trainedNetwork(
  trial: PlannedTrial,
  { epoch, curve }: StoredTrial & { state: "completed" },
  tools: TrialTools,
): Promise<Omit<TrialToMeasure, "random"> | "stopped"> {
  const { arm, seed, keys } = trial;
  const { engine, model, data, results } = tools;
  const find = () => results.iterate(keys.training, epoch);
  let found = await find();
  if (!found) {
    if ((await trainTrial(trial, tools)) === "stopped") return "stopped";
    found = await find();
  }
  const warm = await startOf(trial, tools);
  if (warm === "stopped") return "stopped";
  if (!found) throw new Error(`the minimiser of ${arm.name} seed ${seed} is not in the store`);
  const { theta, running } = found.state;
  const start = warm?.state.theta ?? model.initialise(generator("start", seed));
  return { engine, model, arm: arm.name, seed, train: data.train, start, minimiser: theta, running, curve };
}

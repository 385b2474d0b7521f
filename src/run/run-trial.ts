import type { LoadedData } from "../data/load.ts";
import type { Engine, Model } from "../engine/engine.ts";
import { measureTrial } from "../measure/measure-trial.ts";
import type { CurvePoint, Sample, Trial } from "../spec/run.types.ts";
import { generator } from "../train/seeds.ts";
import { train } from "../train/train.ts";
import type { TrialTask } from "./protocol.ts";

export interface TrialResult {
  readonly trial: Trial;
  readonly samples: Sample[];
}

export type TrialProgress = (progress: { fraction: number; point?: CurvePoint; measuring?: string }) => void;

/**
 * Trains one trial and measures it at its minimiser.
 *
 * @param clock milliseconds since some fixed time.
 */
export async function runTrial(
  task: TrialTask,
  engine: Engine,
  model: Model,
  data: LoadedData,
  clock: () => number,
  onProgress: TrialProgress,
): Promise<TrialResult> {
  const { arm, seed, plan, cost } = task;
  const identity = { arm: arm.name, seed };
  const startedAt = clock();
  const outcome = await train({
    model,
    train: data.train,
    test: data.test,
    optimizer: arm.regime.optimizer,
    plan,
    lastBatch: arm.regime.lastBatch,
    ...(arm.regime.microBatch === undefined ? {} : { microBatch: arm.regime.microBatch }),
    ...(arm.regime.schedule ? { schedule: arm.regime.schedule } : {}),
    seed,
    onProgress: (fraction, point) =>
      onProgress({ fraction: (fraction * cost.training) / cost.total, ...(point ? { point } : {}) }),
  });
  if (outcome.state === "diverged") {
    const { update, epoch, curve } = outcome;
    const reason = `the loss stopped being finite at update ${update} (epoch ${epoch})`;
    const samples = Object.keys(arm.measure).map((measurement) => ({ ...identity, measurement, absent: reason }));
    return { trial: { state: "diverged", ...identity, update, epoch, curve, reason }, samples };
  }

  const trainedAt = clock();
  const samples: Sample[] = [];
  let done = cost.training;
  for (const [name, measurement] of Object.entries(arm.measure)) {
    onProgress({ fraction: done / cost.total, measuring: name });
    const trial = { engine, model, ...identity, train: data.train, ...outcome };
    samples.push(
      ...(await measureTrial({ ...trial, random: (purpose) => generator(purpose, seed) }, name, measurement)),
    );
    done += cost.measuring[name] ?? 0;
  }
  const trial: Trial = {
    state: "completed",
    ...identity,
    parameterCount: model.layout.parameterCount,
    batchSize: plan.batchSize,
    updates: outcome.updates,
    curve: outcome.curve,
    trainSeconds: (trainedAt - startedAt) / 1000,
    measureSeconds: (clock() - trainedAt) / 1000,
  };
  return { trial, samples };
}

import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Samples } from "../data/samples.ts";
import type { Model } from "../engine/engine.ts";
import { forwardWork } from "../networks/work.ts";
import { learningRateFactor } from "../plan/learning-rate.ts";
import type { TrainingPlan } from "../plan/training-plan.ts";
import { DEFAULT_EVALUATION_BATCH } from "../spec/evaluation-batch.ts";
import type { CurvePoint } from "../spec/run.types.ts";
import type { Optimizer, Schedule } from "../spec/suite.types.ts";
import { generator } from "./seeds.ts";

export interface TrainingTask {
  readonly model: Model;
  readonly train: Samples;
  readonly test: Samples;
  readonly optimizer: Optimizer;
  readonly plan: TrainingPlan;
  readonly lastBatch: "keep" | "drop";
  readonly schedule?: Schedule;
  readonly seed: number;
  readonly microBatch?: number;
  /** Called now and then within an epoch, and with `point` at the curve's points. @param fraction of maxEpochs done. */
  readonly onProgress?: (fraction: number, point?: CurvePoint) => void;
}

/** How training ended: with a minimiser, or with a loss that is not a number. */
export type TrainingOutcome =
  | {
      readonly state: "completed";
      /** x₀ and x*, Float32Array[n]. */
      readonly start: Float32Array;
      readonly minimiser: Float32Array;
      /** Running statistics at the end; empty where no layer keeps any. */
      readonly running: Float32Array;
      readonly updates: number;
      readonly curve: CurvePoint[];
    }
  | { readonly state: "diverged"; readonly update: number; readonly epoch: number; readonly curve: CurvePoint[] };

/** Longer trainings evaluate the learning curve at about so many epochs, and at the last. */
const CURVE_POINTS = 100;

/**
 * Trains one trial from x₀ to its stop rule. Each epoch visits the samples in a new random order without replacement.
 */
export async function train(task: TrainingTask): Promise<TrainingOutcome> {
  const { model, plan, seed } = task;
  const start = model.initialise(generator("start", seed));
  const order = generator("order", seed);
  const trainer = model.trainer(task.train, task.optimizer, generator("dropout", seed), task.microBatch);
  const state = trainer.start(start);
  const positions = Int32Array.from({ length: task.train.count }, (_, i) => i);
  const curve: CurvePoint[] = [];
  const curveStride = Math.max(1, Math.floor(plan.maxEpochs / CURVE_POINTS));
  const stepsPerRun = Math.max(1, Math.round(model.workPerCall / (3 * forwardWork(model.network) * plan.batchSize)));

  const recordPoint = async (epoch: number): Promise<CurvePoint | undefined> => {
    const evaluate = (samples: Samples) =>
      model.objective(samples, DEFAULT_EVALUATION_BATCH, state.running).evaluate(state.theta);
    const onTrain = await evaluate(task.train);
    const onTest = await evaluate(task.test);
    if (!Number.isFinite(onTrain.loss) || !Number.isFinite(onTest.loss)) return undefined;
    const point = {
      epoch,
      updates: state.updates,
      trainLoss: onTrain.loss,
      trainAccuracy: onTrain.accuracy,
      testLoss: onTest.loss,
      testAccuracy: onTest.accuracy,
    };
    curve.push(point);
    task.onProgress?.(epoch / plan.maxEpochs, point);
    return point;
  };

  await recordPoint(0);
  for (let epoch = 1; epoch <= plan.maxEpochs; epoch++) {
    shuffle(positions, order);
    for (const { indices, batch } of runsOfEpoch(positions, plan.batchSize, task.lastBatch, stepsPerRun)) {
      const before = state.updates;
      const losses = await trainer.update(state, indices, batch, (update) =>
        learningRateFactor(task.schedule, update, plan),
      );
      const broken = losses.findIndex((loss) => !Number.isFinite(loss));
      if (broken >= 0) return { state: "diverged", update: before + broken + 1, epoch, curve };
      task.onProgress?.(state.updates / (plan.updatesPerEpoch * plan.maxEpochs));
    }
    if (epoch % curveStride !== 0 && epoch !== plan.maxEpochs && plan.trainLoss === undefined) continue;
    const point = await recordPoint(epoch);
    if (!point) return { state: "diverged", update: state.updates, epoch, curve };
    if (plan.trainLoss !== undefined && point.trainLoss <= plan.trainLoss) break;
  }
  return { state: "completed", start, minimiser: state.theta, running: state.running, updates: state.updates, curve };
}

/** Cuts an epoch's order into runs of whole batches, then the short batch where it is kept. */
function* runsOfEpoch(positions: Int32Array, batch: number, lastBatch: "keep" | "drop", stepsPerRun: number) {
  const whole = Math.floor(positions.length / batch) * batch;
  for (let from = 0; from < whole; from += stepsPerRun * batch) {
    yield { indices: positions.slice(from, Math.min(from + stepsPerRun * batch, whole)), batch };
  }
  const rest = positions.length - whole;
  if (rest > 0 && lastBatch === "keep") yield { indices: positions.slice(whole), batch: rest };
}

/** Fisher-Yates. */
function shuffle(positions: Int32Array, random: RandomGenerator): void {
  for (let i = positions.length - 1; i > 0; i--) {
    const j = uniformInt(random, 0, i);
    [positions[i], positions[j]] = [positions[j] as number, positions[i] as number];
  }
}

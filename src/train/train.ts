import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Samples } from "../data/samples.ts";
import type { Model } from "../engine/engine.ts";
import { forwardWork } from "../networks/work.ts";
import { curveStride } from "../plan/curve-stride.ts";
import { gradientsPerUpdate } from "../plan/gradients-per-update.ts";
import { learningRateFactors } from "../plan/learning-rate.ts";
import { batchOfEpoch, endsAtLoss, plannedOptimizer, type TrainingPlan } from "../plan/training-plan.ts";
import { DEFAULT_EVALUATION_BATCH } from "../spec/evaluation-batch.ts";
import type { CurvePoint } from "../spec/run.types.ts";
import type { Augmentation, Optimizer, Schedule, TrainingObjective } from "../spec/suite.types.ts";
import { updatesPerBatch } from "../spec/updates-per-batch.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { EpochTrainers } from "./epoch-trainers.ts";
import { generator, resumedGenerator } from "./seeds.ts";

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
  readonly objective?: TrainingObjective;
  /** Changes the images that are trained on, anew every epoch; the learning curve is of the images as they are. */
  readonly augment?: Augmentation;
  /** Where a warm start begins: another training's θ, with its running statistics and, where carried, its optimiser's state. */
  readonly warmStart?: WarmStart;
  /** Where to go on; what comes out is what would have come out without the stop, bit by bit. */
  readonly resume?: Checkpoint;
  /** Called now and then within an epoch, and with `point` at the curve's points. @param fraction of maxEpochs done. */
  readonly onProgress?: (fraction: number, point?: CurvePoint) => void;
  /** Called where training begins or goes on, then every few tenths of a second and after every epoch; it can be stopped there. */
  readonly onPause?: (pause: TrainingPause) => Promise<"go on" | "stop"> | "go on" | "stop";
}

export interface WarmStart {
  readonly state: Checkpoint["state"];
  readonly optimizerState: "fresh" | "carried";
}

export interface TrainingPause {
  /** Epochs finished. */
  readonly epoch: number;
  readonly endOfEpoch: boolean;
  /** Whether training ends here. */
  readonly isLast: boolean;
  /** To go on from here; holds the state itself, not a copy. */
  checkpoint(): Checkpoint;
}

/** How training ended: with a minimiser, with a loss that is not a number, or before its end because it was told to. */
export type TrainingOutcome =
  | {
      readonly state: "completed";
      /** Epochs trained. */
      readonly epoch: number;
      /** x₀ and x*, Float32Array[n]. */
      readonly start: Float32Array;
      readonly minimiser: Float32Array;
      /** Running statistics at the end; empty where no layer keeps any. */
      readonly running: Float32Array;
      readonly updates: number;
      readonly curve: readonly CurvePoint[];
    }
  | {
      readonly state: "diverged";
      readonly update: number;
      readonly epoch: number;
      readonly curve: readonly CurvePoint[];
    }
  | { readonly state: "stopped" };

/**
 * Trains one trial from x₀ to its stop rule. Each epoch visits the samples in a new random order without replacement.
 */
export async function train(task: TrainingTask): Promise<TrainingOutcome> {
  const { model, plan, seed, microBatch, objective } = task;
  const dropout = resumedGenerator("dropout", seed, task.resume?.generators.dropout);
  const optimizer = plannedOptimizer(task.optimizer, plan);
  const options = { ...(microBatch === undefined ? {} : { microBatch }), ...(objective ? { objective } : {}) };
  const trainers = new EpochTrainers(task, (samples) => model.trainer(samples, optimizer, dropout, options));
  try {
    return await trainWith(trainers, dropout, task);
  } finally {
    await trainers.release();
  }
}

async function trainWith(
  trainers: EpochTrainers,
  dropout: RandomGenerator,
  task: TrainingTask,
): Promise<TrainingOutcome> {
  const { model, plan, seed, resume, warmStart } = task;
  const start = warmStart?.state.theta ?? model.initialise(generator("start", seed));
  const order = resumedGenerator("order", seed, resume?.generators.order);
  const state = trainers.plain.start(start);
  if (warmStart) {
    state.running = warmStart.state.running;
    if (warmStart.optimizerState === "carried") {
      state.moments = [...warmStart.state.moments];
      state.updates = warmStart.state.updates;
    }
  }
  const updatesBefore = state.updates;
  if (resume) Object.assign(state, resume.state);
  const positions = resume?.positions.slice() ?? Int32Array.from({ length: task.train.count }, (_, i) => i);
  const stride = curveStride(plan);
  // A shorter training has a last point of its own.
  const curve: CurvePoint[] = resume?.curve.filter(({ epoch }) => epoch % stride === 0) ?? [];
  const rateFactor = learningRateFactors(task.schedule, plan);
  const workPerSample =
    3 * forwardWork(model.network) * gradientsPerUpdate(task.objective) * updatesPerBatch(task.objective);

  const isEnd = (epoch: number) => epoch >= plan.maxEpochs || endsAtLoss(plan, trainLosses(curve));
  const pause = async (epoch: number, visited: number) =>
    (await task.onPause?.({
      epoch,
      endOfEpoch: visited === 0,
      isLast: visited === 0 && isEnd(epoch),
      checkpoint: () => ({
        epoch,
        visited,
        state: { ...state },
        positions,
        generators: { order: order.getState(), dropout: dropout.getState() },
        curve: [...curve],
      }),
    })) === "stop";

  const recordPoint = async (epoch: number): Promise<CurvePoint | undefined> => {
    const evaluate = (samples: Samples) =>
      model.objective(samples, DEFAULT_EVALUATION_BATCH, state.running).evaluate(state.theta);
    const onTrain = await evaluate(task.train);
    const onTest = await evaluate(task.test);
    if (!Number.isFinite(onTrain.loss) || !Number.isFinite(onTest.loss)) return undefined;
    const point = {
      epoch,
      updates: state.updates - updatesBefore,
      trainLoss: onTrain.loss,
      trainAccuracy: onTrain.accuracy,
      testLoss: onTest.loss,
      testAccuracy: onTest.accuracy,
    };
    curve.push(point);
    task.onProgress?.(epoch / plan.maxEpochs, point);
    return point;
  };

  if (!resume) await recordPoint(0);
  let visited = resume?.visited ?? 0;
  let finished = resume?.epoch ?? 0;
  if (await pause(finished, visited)) return { state: "stopped" };
  while (!isEnd(finished)) {
    const epoch = finished + 1;
    if (visited === 0) shuffle(positions, order);
    const trainer = await trainers.of(epoch);
    const size = batchOfEpoch(plan, epoch);
    const batchesPerRun = Math.max(1, Math.round(model.workPerCall / (workPerSample * size)));
    for (const { indices, batch } of runsOfEpoch(positions, visited, size, task.lastBatch, batchesPerRun)) {
      const before = state.updates;
      const losses = await trainer.update(state, indices, batch, (update) => rateFactor(update - updatesBefore));
      const broken = losses.findIndex((loss) => !Number.isFinite(loss));
      if (broken >= 0) return { state: "diverged", update: before - updatesBefore + broken + 1, epoch, curve };
      visited += indices.length;
      task.onProgress?.((finished + visited / positions.length) / plan.maxEpochs);
      if (await pause(finished, visited)) return { state: "stopped" };
    }
    visited = 0;
    finished = epoch;
    if (epoch % stride === 0 || epoch === plan.maxEpochs) {
      const point = await recordPoint(epoch);
      if (!point) return { state: "diverged", update: state.updates - updatesBefore, epoch, curve };
    }
    if (await pause(finished, 0)) return { state: "stopped" };
  }
  const updates = state.updates - updatesBefore;
  // Resumed at its end from a longer training, which has no point there.
  if (curve.at(-1)?.epoch !== finished && !(await recordPoint(finished))) {
    return { state: "diverged", update: updates, epoch: finished, curve };
  }
  return { state: "completed", epoch: finished, start, minimiser: state.theta, running: state.running, updates, curve };
}

function trainLosses(curve: readonly CurvePoint[]): number[] {
  return curve.filter(({ epoch }) => epoch > 0).map(({ trainLoss }) => trainLoss);
}

/** Cuts what is left of an epoch's order into runs of whole batches, then the short batch where it is kept. */
function* runsOfEpoch(
  positions: Int32Array,
  visited: number,
  batch: number,
  lastBatch: "keep" | "drop",
  batchesPerRun: number,
) {
  const whole = Math.floor(positions.length / batch) * batch;
  for (let from = visited; from < whole; from += batchesPerRun * batch) {
    yield { indices: positions.slice(from, Math.min(from + batchesPerRun * batch, whole)), batch };
  }
  const rest = positions.length - Math.max(whole, visited);
  if (rest > 0 && lastBatch === "keep") yield { indices: positions.slice(whole), batch: rest };
}

/** Fisher-Yates. */
function shuffle(positions: Int32Array, random: RandomGenerator): void {
  for (let i = positions.length - 1; i > 0; i--) {
    const j = uniformInt(random, 0, i);
    [positions[i], positions[j]] = [positions[j] as number, positions[i] as number];
  }
}

import { batchSize } from "../spec/batch-size.ts";
import type { Arm, Suite } from "../spec/run.types.ts";
import type { Optimizer, Plateau } from "../spec/suite.types.ts";
import { updatesPerBatch } from "../spec/updates-per-batch.ts";

/** How long an arm trains, in numbers. */
export interface TrainingPlan {
  /** Samples per update, of the first epoch where it grows. */
  readonly batchSize: number;
  /** Of the first epoch, where the batch grows. */
  readonly updatesPerEpoch: number;
  /** Training ends after so many epochs at the latest. */
  readonly maxEpochs: number;
  /** Training ends at the first epoch whose training loss is no higher, where declared. */
  readonly trainLoss?: number;
  /** Training ends when the training loss has ceased to improve, where declared. */
  readonly plateau?: Plateau;
  /** How the batch grows, where declared. */
  readonly growth?: PlannedGrowth;
  /** What the optimiser's learning rate is multiplied by throughout, where it is scaled to the batch. */
  readonly rateFactor?: number;
}

interface PlannedGrowth {
  readonly everyEpochs: number;
  readonly factor: number;
  /** Largest batch. */
  readonly most: number;
  /** Samples of the training set. */
  readonly samples: number;
  readonly lastBatch: "keep" | "drop";
}

/** What tells how large the batches of an epoch are, and how many. */
export type EpochSizes = Pick<TrainingPlan, "batchSize" | "updatesPerEpoch" | "growth">;

/** @param trainCount training samples of each data set, in the order of the suite's arms. */
export function planTraining(suite: Suite, arm: Arm, trainCount: (arm: Arm) => number): TrainingPlan {
  const count = trainCount(arm);
  const { batch, lastBatch, stop, objective, batchGrowth, rateScaling } = arm.regime;
  const size = batchSize(batch, count);
  const plan = {
    batchSize: size,
    updatesPerEpoch: updatesPerBatch(objective) * batchesOf(count, size, lastBatch),
    ...(batchGrowth
      ? {
          growth: {
            everyEpochs: batchGrowth.everyEpochs,
            factor: batchGrowth.factor,
            most: batchSize(batchGrowth.most ?? count, count),
            samples: count,
            lastBatch,
          },
        }
      : {}),
    ...(rateScaling
      ? { rateFactor: (size / batchSize(rateScaling.from, count)) ** (rateScaling.rule === "linear" ? 1 : 0.5) }
      : {}),
  };
  if ("epochs" in stop) return { ...plan, maxEpochs: stop.epochs };
  if ("updates" in stop) return { ...plan, maxEpochs: epochsFor(plan, stop.updates) };
  if ("trainLoss" in stop) return { ...plan, maxEpochs: stop.maxEpochs, trainLoss: stop.trainLoss };
  if ("plateau" in stop) return { ...plan, maxEpochs: stop.maxEpochs, plateau: stop.plateau };
  const other = suite.arms.find(({ name }) => name === stop.updatesOf);
  if (!other) throw new Error(`arm ${stop.updatesOf} is not in the suite`);
  const model = planTraining(suite, other, trainCount);
  return { ...plan, maxEpochs: epochsFor(plan, updatesUntil(model, model.maxEpochs)) };
}

/** Samples per update in an epoch, counted from 1. */
export function batchOfEpoch({ batchSize: first, growth }: EpochSizes, epoch: number): number {
  if (!growth) return first;
  const grown = Math.floor(first * growth.factor ** Math.floor((epoch - 1) / growth.everyEpochs));
  return Math.min(grown, Math.max(first, growth.most), growth.samples);
}

/** The largest batch of a training. */
export function largestBatch(plan: TrainingPlan): number {
  return batchOfEpoch(plan, plan.maxEpochs);
}

/** Updates made in an epoch, counted from 1. */
export function updatesOfEpoch(plan: EpochSizes, epoch: number): number {
  const { batchSize: first, updatesPerEpoch, growth } = plan;
  if (!growth) return updatesPerEpoch;
  const steps = updatesPerEpoch / batchesOf(growth.samples, first, growth.lastBatch);
  return steps * batchesOf(growth.samples, batchOfEpoch(plan, epoch), growth.lastBatch);
}

/** Updates made after so many epochs, which need not be whole. */
export function updatesUntil(plan: EpochSizes, epochs: number): number {
  if (!plan.growth) return epochs * plan.updatesPerEpoch;
  const whole = Math.floor(epochs);
  let updates = (epochs - whole) * updatesOfEpoch(plan, whole + 1);
  for (let epoch = 1; epoch <= whole; epoch++) updates += updatesOfEpoch(plan, epoch);
  return updates;
}

/** The epoch that an update is in, both counted from 1. */
export function epochOfUpdate(plan: EpochSizes, update: number): number {
  if (!plan.growth) return Math.floor((update - 1) / plan.updatesPerEpoch) + 1;
  return epochsFor(plan, update);
}

/**
 * Whether the stop rule ends a training whose losses are these.
 *
 * @param losses on the training set after each epoch from the first on, nats; for a plateau, after every one. Whether
 * it would have ended before the last of them is not asked.
 */
export function endsAtLoss(plan: Pick<TrainingPlan, "trainLoss" | "plateau">, losses: readonly number[]): boolean {
  const last = losses.at(-1);
  if (last === undefined) return false;
  if (plan.trainLoss !== undefined) return last <= plan.trainLoss;
  if (!plan.plateau) return false;
  const { patience, minDecrease = 0 } = plan.plateau;
  let best: number | undefined;
  let since = 0;
  for (const loss of losses) {
    const improved = best === undefined || loss < best * (1 - minDecrease);
    since = improved ? 0 : since + 1;
    if (improved) best = loss;
  }
  return since >= patience;
}

/** The optimiser at the learning rate of the plan. */
export function plannedOptimizer(
  optimizer: Optimizer,
  { rateFactor = 1 }: Pick<TrainingPlan, "rateFactor">,
): Optimizer {
  const scaled = <Settings extends { readonly learningRate: number }>(settings: Settings) => ({
    ...settings,
    learningRate: settings.learningRate * rateFactor,
  });
  if ("adam" in optimizer) return { adam: scaled(optimizer.adam) };
  if ("sgd" in optimizer) return { sgd: scaled(optimizer.sgd) };
  return { adagrad: scaled(optimizer.adagrad) };
}

function batchesOf(samples: number, batch: number, lastBatch: "keep" | "drop"): number {
  return lastBatch === "drop" ? Math.floor(samples / batch) : Math.ceil(samples / batch);
}

/** The first epoch that reaches so many updates. */
function epochsFor(plan: EpochSizes, updates: number): number {
  if (!plan.growth) return Math.ceil(updates / plan.updatesPerEpoch);
  let [epochs, made] = [0, 0];
  while (made < updates) made += updatesOfEpoch(plan, ++epochs);
  return epochs;
}

import { batchSize } from "../spec/batch-size.ts";
import type { Arm, Suite } from "../spec/run.types.ts";

/** How long an arm trains, in numbers. */
export interface TrainingPlan {
  /** Samples per update. */
  readonly batchSize: number;
  readonly updatesPerEpoch: number;
  /** Training ends after so many epochs at the latest. */
  readonly maxEpochs: number;
  /** Training ends at the first epoch whose training loss is no higher, where declared. */
  readonly trainLoss?: number;
}

/** @param trainCount training samples of each data set, in the order of the suite's arms. */
export function planTraining(suite: Suite, arm: Arm, trainCount: (arm: Arm) => number): TrainingPlan {
  const count = trainCount(arm);
  const { batch, lastBatch, stop } = arm.regime;
  const size = batchSize(batch, count);
  const updatesPerEpoch = lastBatch === "drop" ? Math.floor(count / size) : Math.ceil(count / size);
  const plan = { batchSize: size, updatesPerEpoch };
  if ("epochs" in stop) return { ...plan, maxEpochs: stop.epochs };
  if ("updates" in stop) return { ...plan, maxEpochs: Math.ceil(stop.updates / updatesPerEpoch) };
  if ("trainLoss" in stop) return { ...plan, maxEpochs: stop.maxEpochs, trainLoss: stop.trainLoss };
  const other = suite.arms.find(({ name }) => name === stop.updatesOf);
  if (!other) throw new Error(`arm ${stop.updatesOf} is not in the suite`);
  const model = planTraining(suite, other, trainCount);
  return { ...plan, maxEpochs: Math.ceil((model.maxEpochs * model.updatesPerEpoch) / updatesPerEpoch) };
}

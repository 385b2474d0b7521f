import type { TrainingPlan } from "./training-plan.ts";

/** Longer trainings evaluate the learning curve at about so many epochs, and at the last. */
const CURVE_POINTS = 100;

/** Epochs from one point of the learning curve to the next; training that stops at a loss looks after each. */
export function curveStride({ maxEpochs, trainLoss }: Pick<TrainingPlan, "maxEpochs" | "trainLoss">): number {
  return trainLoss === undefined ? Math.max(1, Math.floor(maxEpochs / CURVE_POINTS)) : 1;
}

import type { TrainingPlan } from "./training-plan.ts";

/** Longer trainings evaluate the learning curve at about so many epochs, and at the last. */
const CURVE_POINTS = 100;

/** Epochs from one point of the learning curve to the next; training that stops by its loss looks after each. */
export function curveStride({
  maxEpochs,
  trainLoss,
  plateau,
}: Pick<TrainingPlan, "maxEpochs" | "trainLoss" | "plateau">): number {
  return trainLoss === undefined && plateau === undefined ? Math.max(1, Math.floor(maxEpochs / CURVE_POINTS)) : 1;
}

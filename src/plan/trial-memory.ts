import { DEFAULT_EVALUATION_BATCH } from "../spec/evaluation-batch.ts";
import type { Arm } from "../spec/run.types.ts";
import type { TrainingPlan } from "./training-plan.ts";
import type { TrialSize } from "./trial-cost.ts";

/** What a process takes before it holds any data, bytes. */
const PROCESS = 150e6;
/** Vectors of θ's length: state, gradients, and the twenty double-precision ones of L-BFGS-B. */
const VECTORS = 60;
/** Activations, their gradients and temporaries, in multiples of the layers' outputs. */
const ACTIVATION_COPIES = 2.5;

/** Estimated memory of a trial in bytes, to decide how many run side by side. */
export function trialMemory(arm: Arm, plan: TrainingPlan, size: TrialSize): number {
  const evaluated = Object.values(arm.measure).map((measurement) =>
    Math.min(
      ("samples" in measurement ? measurement.samples : undefined) ?? size.trainCount,
      ("evaluationBatch" in measurement ? measurement.evaluationBatch : undefined) ?? DEFAULT_EVALUATION_BATCH,
    ),
  );
  const trained = Math.min(plan.batchSize, arm.regime.microBatch ?? plan.batchSize);
  const largestBatch = Math.max(trained, Math.min(DEFAULT_EVALUATION_BATCH, size.trainCount), ...evaluated);
  const subspaces = Object.values(arm.measure).map((measurement) =>
    measurement.metric === "sharpness" && measurement.space !== "full" ? measurement.space.random : 0,
  );
  const numbers =
    (size.trainCount + size.testCount) * size.features +
    size.activationCount(largestBatch) * ACTIVATION_COPIES +
    (VECTORS + Math.max(0, ...subspaces)) * size.parameterCount;
  return PROCESS + 4 * numbers;
}

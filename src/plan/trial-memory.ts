import { DEFAULT_EVALUATION_BATCH } from "../spec/evaluation-batch.ts";
import type { Arm } from "../spec/run.types.ts";
import type { TrainingObjective } from "../spec/suite.types.ts";
import { largestBatch, type TrainingPlan } from "./training-plan.ts";
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
  const { microBatch = Number.POSITIVE_INFINITY, objective, augment } = arm.regime;
  const trained = Math.min(largestBatch(plan), microBatch);
  const held = Math.max(
    size.activationCount(trained) * passes(objective),
    size.activationCount(Math.max(Math.min(DEFAULT_EVALUATION_BATCH, size.trainCount), ...evaluated)),
  );
  const subspaces = Object.values(arm.measure).map((measurement) =>
    measurement.metric === "sharpness" && measurement.space !== "full" ? measurement.space.random : 0,
  );
  const bases = Object.values(arm.measure).map((measurement) =>
    measurement.metric === "spectrum" ? (measurement.steps ?? 40) : 0,
  );
  const numbers =
    (size.trainCount * (augment ? 2 : 1) + size.testCount) * size.features +
    held * ACTIVATION_COPIES +
    (VECTORS + Math.max(0, ...subspaces, ...bases)) * size.parameterCount;
  return PROCESS + 4 * numbers;
}

/** Passes over a batch whose activations are held at once. */
function passes(objective: TrainingObjective | undefined): number {
  return objective && ("adversarial" in objective || "stability" in objective) ? 2 : 1;
}

import type { Arm } from "../spec/run.types.ts";
import type { Measurement } from "../spec/suite.types.ts";
import type { TrainingPlan } from "./training-plan.ts";

/** Estimated work of a trial in multiply-adds: for progress, order and placement, never for a verdict. */
export interface TrialCost {
  readonly training: number;
  /** By measurement. */
  readonly measuring: Readonly<Record<string, number>>;
  readonly total: number;
}

export interface TrialSize {
  /** Multiply-adds of one sample's forward pass. */
  readonly forwardWork: number;
  readonly parameterCount: number;
  /** Numbers that a batch leaves behind for its backward pass. */
  activationCount(batch: number): number;
  /** Numbers of one sample. */
  readonly features: number;
  readonly trainCount: number;
  readonly testCount: number;
}

// What a maximiser takes: ten iterations of L-BFGS-B make some 12 evaluations, sign ascent up to 30.
const EVALUATIONS = { "paper-literal": 12, scaled: 12, "sign-ascent": 20 } as const;

export function trialCost(arm: Arm, plan: TrainingPlan, size: TrialSize): TrialCost {
  const gradient = 3 * size.forwardWork;
  const epoch =
    plan.updatesPerEpoch * plan.batchSize * gradient + (size.trainCount + size.testCount) * size.forwardWork;
  const training = plan.maxEpochs * epoch;
  const measuring = Object.fromEntries(
    Object.entries(arm.measure).map(([name, measurement]) => [name, measurementCost(measurement, size, gradient)]),
  );
  return { training, measuring, total: Object.values(measuring).reduce((sum, work) => sum + work, training) };
}

function measurementCost(measurement: Measurement, size: TrialSize, gradient: number): number {
  switch (measurement.metric) {
    case "accuracy":
    case "loss":
      return 0;
    case "distance":
      return size.parameterCount;
    case "gradient-norm":
      return (measurement.samples ?? size.trainCount) * gradient;
    case "top-eigenvalue":
      return (measurement.iterations ?? 50) * (measurement.samples ?? size.trainCount) * gradient;
    case "sharpness": {
      const { space, epsilon, maximiser } = measurement;
      const evaluation = (measurement.samples ?? size.trainCount) * gradient;
      const evaluations = epsilon.length * maximiser.reduce((sum, kind) => sum + EVALUATIONS[kind], 0);
      if (space === "full") return evaluations * (evaluation + 100 * size.parameterCount);
      const matrix = space.random * size.parameterCount;
      return (space.draws ?? 5) * (evaluations * (evaluation + 4 * matrix) + 40 * matrix);
    }
  }
}

import type { Arm } from "../spec/run.types.ts";
import type { Measurement, SharpnessMeasurement, TrainingObjective } from "../spec/suite.types.ts";
import { updatesPerBatch } from "../spec/updates-per-batch.ts";
import { gradientsPerUpdate } from "./gradients-per-update.ts";
import { measuredEpochs } from "./measured-epochs.ts";
import { batchOfEpoch, type TrainingPlan, updatesOfEpoch } from "./training-plan.ts";

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

// A plugin's metric.
const PLUGIN_GRADIENTS = 10;

export function trialCost(arm: Arm, plan: TrainingPlan, size: TrialSize): TrialCost {
  const gradient = 3 * size.forwardWork;
  const evaluating = plan.maxEpochs * (size.trainCount + size.testCount) * size.forwardWork;
  const training = samplesVisited(plan) * gradient * gradientsPerUpdate(arm.regime.objective) + evaluating;
  const measuring = Object.fromEntries(
    Object.entries(arm.measure).map(([name, measurement]) => [
      name,
      pointsOf(measurement, plan) * measurementCost(measurement, arm, plan, size),
    ]),
  );
  return { training, measuring, total: Object.values(measuring).reduce((sum, work) => sum + work, training) };
}

/** Samples of all updates together; a short batch counts as a whole one. */
function samplesVisited(plan: TrainingPlan): number {
  if (!plan.growth) return plan.maxEpochs * plan.updatesPerEpoch * plan.batchSize;
  let samples = 0;
  for (let epoch = 1; epoch <= plan.maxEpochs; epoch++) {
    samples += updatesOfEpoch(plan, epoch) * batchOfEpoch(plan, epoch);
  }
  return samples;
}

/** How often a measurement is made along a training. */
function pointsOf(measurement: Measurement, { maxEpochs }: TrainingPlan): number {
  const every = "everyEpochs" in measurement ? measurement.everyEpochs : undefined;
  return every === undefined ? 1 : measuredEpochs(every, maxEpochs).length;
}

function measurementCost(measurement: Measurement, { regime }: Arm, plan: TrainingPlan, size: TrialSize): number {
  const gradient = 3 * size.forwardWork;
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
    case "path": {
      const samples = (measurement.samples ?? size.trainCount) + size.testCount;
      return (measurement.points ?? 25) * samples * size.forwardWork;
    }
    case "trace":
      return 2 * (measurement.probes ?? 20) * (measurement.samples ?? size.trainCount) * gradient;
    case "spectrum": {
      const products = (measurement.probes ?? 3) * (measurement.steps ?? 40);
      return products * 2 * (measurement.samples ?? size.trainCount) * gradient;
    }
    case "steep-directions":
      return (measurement.directions ?? 200) * (measurement.samples ?? size.trainCount) * size.forwardWork;
    case "gradient-noise-scale":
      return (measurement.repeats ?? 20) * (measurement.small + measurement.large) * gradient;
    case "adaptive-sharpness":
      return (measurement.steps ?? 20) * (measurement.samples ?? size.trainCount) * gradient;
    case "step-time":
      return (measurement.iterations ?? 20) * stepCost(regime.objective, plan) * gradient;
    case "rescaled-sharpness":
      return sharpnessCost({ ...measurement, space: "full" }, size, gradient);
    case "sharpness":
      return sharpnessCost(measurement, size, gradient);
    default:
      // What a plugin does nobody knows beforehand.
      return PLUGIN_GRADIENTS * (measurement.samples ?? size.trainCount) * gradient;
  }
}

/** Of the updates that a batch gives, in gradients of a sample. */
function stepCost(objective: TrainingObjective | undefined, { batchSize }: TrainingPlan): number {
  return batchSize * updatesPerBatch(objective) * gradientsPerUpdate(objective);
}

function sharpnessCost(
  measurement: Pick<SharpnessMeasurement, "space" | "epsilon" | "maximiser" | "samples">,
  size: TrialSize,
  gradient: number,
): number {
  const { space, epsilon, maximiser } = measurement;
  const evaluation = (measurement.samples ?? size.trainCount) * gradient;
  const evaluations = epsilon.length * maximiser.reduce((sum, kind) => sum + EVALUATIONS[kind], 0);
  if (space === "full") return evaluations * (evaluation + 100 * size.parameterCount);
  const matrix = space.random * size.parameterCount;
  return (space.draws ?? 5) * (evaluations * (evaluation + 4 * matrix) + 40 * matrix);
}

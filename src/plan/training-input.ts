import type { ResolvedNetwork } from "../networks/shapes.ts";
import type { Arm } from "../spec/run.types.ts";
import type {
  Augmentation,
  Measurement,
  Optimizer,
  PluginMeasurement,
  PluginPart,
  Schedule,
  TrainingObjective,
} from "../spec/suite.types.ts";
import { contentKey } from "./content-key.ts";
import { curveStride } from "./curve-stride.ts";
import { plannedOptimizer, type TrainingPlan } from "./training-plan.ts";

/** Raised when the same input gives other numbers than before: what older versions left in a store is then not used. */
const TRAINING_VERSION = 1;
const METRIC_VERSIONS: Readonly<Record<Exclude<Measurement["metric"], PluginPart>, number>> = {
  accuracy: 1,
  loss: 1,
  distance: 1,
  "gradient-norm": 1,
  sharpness: 1,
  "top-eigenvalue": 1,
  path: 1,
  trace: 1,
  spectrum: 1,
  "steep-directions": 1,
  "gradient-noise-scale": 1,
  "rescaled-sharpness": 1,
  "adaptive-sharpness": 1,
  "step-time": 2,
};

/** Of what a plugin's metric is given. */
const PLUGIN_VERSION = 1;

/** What computes, as far as numbers depend on it in their last bits. */
export interface EngineIdentity {
  readonly engine: string;
  readonly device: string;
  /** Of the runtime. */
  readonly version: string;
  /** Of the processor or GPU. */
  readonly machine: string;
  readonly threads: number;
}

/**
 * All that determines the course of a training, update by update, and nothing else; where it stops is left out, so that a
 * longer training goes on from a shorter one.
 */
export interface TrainingInput {
  readonly version: number;
  readonly network: Pick<ResolvedNetwork, "input" | "layers">;
  readonly data: unknown;
  readonly regime: {
    readonly batchSize: number;
    readonly lastBatch: "keep" | "drop";
    readonly optimizer: Optimizer;
    readonly microBatch?: number;
    readonly schedule?: Schedule;
    /** Where the schedule depends on it. */
    readonly maxEpochs?: number;
    readonly growth?: TrainingPlan["growth"];
    readonly objective?: TrainingObjective;
    readonly augment?: Augmentation;
  };
  readonly start: "cold" | { readonly training: string; readonly epoch: number; readonly optimizerState: string };
  readonly seed: number;
  /** Epochs between points of the learning curve. */
  readonly curveStride: number;
  readonly engine: EngineIdentity;
}

/**
 * @param files SHA-256 of the data files, in the order they are read.
 * @param sourceKey key of the training that a warm start begins from.
 */
export function trainingInput(
  { data, regime }: Arm,
  network: ResolvedNetwork,
  plan: TrainingPlan,
  seed: number,
  files: readonly string[],
  engine: EngineIdentity,
  sourceKey: string | undefined,
): TrainingInput {
  const { lastBatch, optimizer, microBatch, schedule, start, objective, augment } = regime;
  return {
    version: TRAINING_VERSION,
    network: { input: network.input, layers: network.layers },
    // A file is what it holds, wherever it lies.
    data: "files" in data || "plugin" in data ? { files } : { ...data, files },
    regime: {
      batchSize: plan.batchSize,
      lastBatch,
      optimizer: plan.rateFactor === undefined ? optimizer : plannedOptimizer(optimizer, plan),
      ...(microBatch === undefined ? {} : { microBatch }),
      ...(schedule === undefined ? {} : { schedule }),
      ...(schedule?.decay === "cosine" ? { maxEpochs: plan.maxEpochs } : {}),
      ...(plan.growth === undefined ? {} : { growth: plan.growth }),
      ...(objective === undefined ? {} : { objective }),
      ...(augment === undefined ? {} : { augment }),
    },
    start:
      start && sourceKey !== undefined
        ? { training: sourceKey, epoch: start.epoch, optimizerState: start.optimizerState ?? "fresh" }
        : "cold",
    seed,
    curveStride: curveStride(plan),
    engine,
  };
}

/** Key of a trial: a training and where it stops. */
export function trialKey(trainingKey: string, plan: TrainingPlan): string {
  return contentKey({ training: trainingKey, ...endOf(plan) });
}

/** What decides where a training ends. */
export function endOf({ maxEpochs, trainLoss, plateau }: TrainingPlan): TrainingEnd {
  return {
    maxEpochs,
    ...(trainLoss === undefined ? {} : { trainLoss }),
    ...(plateau === undefined ? {} : { plateau }),
  };
}

type TrainingEnd = Pick<TrainingPlan, "maxEpochs" | "trainLoss" | "plateau">;

/** Key of a measurement's samples at a trial. */
export function measurementKey(trial: string, measurement: Measurement): string {
  if (isPlugins(measurement))
    return contentKey({ version: PLUGIN_VERSION, trial, measurement: codeAlone(measurement) });
  return contentKey({ version: METRIC_VERSIONS[measurement.metric], trial, measurement });
}

function isPlugins(measurement: Measurement): measurement is PluginMeasurement {
  return measurement.metric.includes("/");
}

/** Where a plugin lies and what it calls its metric is nothing to its values. */
function codeAlone({ code, ...measurement }: PluginMeasurement): object {
  return { ...measurement, sha256: code?.sha256, version: code?.version };
}

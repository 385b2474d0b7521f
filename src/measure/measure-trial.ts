import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { firstSamples, type Samples } from "../data/samples.ts";
import type { Engine, Model, Objective } from "../engine/engine.ts";
import { DEFAULT_EVALUATION_BATCH } from "../spec/evaluation-batch.ts";
import { pathPositions } from "../spec/reference.ts";
import type { CurvePoint, Sample } from "../spec/run.types.ts";
import type { Measurement } from "../spec/suite.types.ts";
import { fromCurve } from "./from-curve.ts";
import { spectrum } from "./hessian/spectrum.ts";
import { topEigenvalue } from "./hessian/top-eigenvalue.ts";
import { hessianTrace } from "./hessian/trace.ts";
import type { MeasuredValue } from "./measured-value.ts";
import { gradientNoiseScale } from "./noise-scale.ts";
import { norm } from "./norm.ts";
import { measurePath } from "./path.ts";
import { type PluginMetrics, pluginMetric } from "./plugin-metric.ts";
import { adaptiveSharpness } from "./sharpness/adaptive-sharpness.ts";
import { rescaledSharpness } from "./sharpness/rescaled-sharpness.ts";
import { sharpness } from "./sharpness/sharpness.ts";
import { steepDirections } from "./steep-directions.ts";
import { measureStepTime } from "./step-time.ts";

/** A finished training run, and what is needed to measure it. */
export interface TrialToMeasure {
  readonly engine: Engine;
  readonly model: Model;
  readonly arm: string;
  readonly seed: number;
  readonly train: Samples;
  readonly test: Samples;
  readonly batchSize: number;
  /** Made in all. */
  readonly updates: number;
  /** x₀ and x*, Float32Array[n]; or another iterate in the place of x*. */
  readonly start: Float32Array;
  readonly minimiser: Float32Array;
  /** Running statistics at x*; empty where no layer keeps any. */
  readonly running: Float32Array;
  readonly curve: readonly CurvePoint[];
  /** The other end of a path, Float32Array[n]. */
  readonly otherEnd?: Float32Array;
  /** Where the metrics of plugins come from. */
  readonly plugins: PluginMetrics;
  /** Makes one update as the training does. */
  step(): Promise<void>;
  /** Generators by what they are for; equal at equal seeds, whatever the arm. */
  random(purpose: MeasurementPurpose): RandomGenerator;
}

/** What measurements draw at random. */
export type MeasurementPurpose = "subspace" | "eigenvector" | "probes" | "directions" | "gradient-batches";

/** @returns the samples of one measurement: one, or several by ε, maximiser, part, α or epoch. */
export async function measureTrial(trial: TrialToMeasure, name: string, measurement: Measurement): Promise<Sample[]> {
  const values = await valuesOf(trial, measurement);
  return values.map((measured): Sample => {
    const identity = { arm: trial.arm, seed: trial.seed, measurement: name };
    if ("absent" in measured) return { ...identity, ...measured };
    const { value, detail, ...key } = measured;
    if (!Number.isFinite(value)) return { ...identity, ...key, absent: `${measurement.metric} came out as ${value}` };
    return { ...identity, ...key, value, ...(detail ? { detail } : {}) };
  });
}

async function valuesOf(trial: TrialToMeasure, measurement: Measurement): Promise<readonly MeasuredValue[]> {
  const { engine, model, minimiser } = trial;
  const { layout } = model;
  switch (measurement.metric) {
    case "accuracy":
    case "loss":
      return fromCurve(trial.curve, measurement);
    case "distance":
      return [{ value: norm(minimiser.map((value, i) => value - (trial.start[i] as number))) }];
    case "gradient-norm": {
      const gradient = new Float32Array(minimiser.length);
      const loss = await objectiveOf(trial, measurement).lossAndGradient(minimiser, gradient);
      return [{ value: norm(gradient), detail: { loss } }];
    }
    case "sharpness":
      return sharpness(engine, objectiveOf(trial, measurement), minimiser, measurement, trial.random("subspace"));
    case "top-eigenvalue": {
      const { iterations = 50, tolerance = 1e-3 } = measurement;
      const objective = objectiveOf(trial, measurement);
      const found = await topEigenvalue(objective, minimiser, { iterations, tolerance }, trial.random("eigenvector"));
      const stop = found.converged ? "converged" : "max-iterations";
      return [{ value: found.value, detail: { iterations: found.iterations, stop } }];
    }
    case "trace": {
      const { probes = 20 } = measurement;
      return hessianTrace(objectiveOf(trial, measurement), minimiser, { probes }, trial.random("probes"));
    }
    case "spectrum": {
      const { probes = 3, steps = 40 } = measurement;
      return spectrum(objectiveOf(trial, measurement), minimiser, { probes, steps }, trial.random("probes"));
    }
    case "gradient-noise-scale": {
      const { small, large, repeats = 20 } = measurement;
      const options = { small, large, repeats };
      return gradientNoiseScale(
        model,
        trial.train,
        minimiser,
        trial.running,
        options,
        trial.random("gradient-batches"),
      );
    }
    case "steep-directions": {
      const { directions = 200, distance, rise } = measurement;
      const options = { directions, distance, rise };
      return steepDirections(objectiveOf(trial, measurement), minimiser, layout, options, trial.random("directions"));
    }
    case "adaptive-sharpness": {
      const { rho, scale = "element", steps = 20 } = measurement;
      return adaptiveSharpness(objectiveOf(trial, measurement), minimiser, layout, { rho, scale, steps });
    }
    case "rescaled-sharpness":
      return rescaledSharpness(engine, model, objectiveOf(trial, measurement), minimiser, measurement);
    case "step-time": {
      const { iterations = 20 } = measurement;
      const { batchSize: batch, updates } = trial;
      return measureStepTime(() => trial.step(), { iterations, batch, updates });
    }
    case "path": {
      const { otherEnd } = trial;
      if (!otherEnd) return [{ absent: `${measurement.from} has no minimiser at this seed` }];
      if (layout.runningCount > 0) {
        return [{ absent: "between two minimisers a network with running statistics has none" }];
      }
      const { samples = trial.train.count, evaluationBatch = DEFAULT_EVALUATION_BATCH } = measurement;
      const objectives = {
        train: model.objective(firstSamples(trial.train, samples), evaluationBatch),
        test: model.objective(trial.test, evaluationBatch),
      };
      const { shape, lossRise = 0.5 } = measurement;
      const options = { shape, lossRise, positions: pathPositions(measurement) };
      return measurePath(objectives, otherEnd, minimiser, layout, options);
    }
    default:
      return pluginMetric(trial, measurement, trial.plugins);
  }
}

function objectiveOf(trial: TrialToMeasure, options: { samples?: number; evaluationBatch?: number }): Objective {
  const samples = firstSamples(trial.train, options.samples ?? trial.train.count);
  return trial.model.objective(samples, options.evaluationBatch ?? DEFAULT_EVALUATION_BATCH, trial.running);
}

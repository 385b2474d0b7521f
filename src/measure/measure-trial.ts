import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { firstSamples, type Samples } from "../data/samples.ts";
import type { Engine, Model, Objective } from "../engine/engine.ts";
import { DEFAULT_EVALUATION_BATCH } from "../spec/evaluation-batch.ts";
import type { CurvePoint, Sample, SampleDetail } from "../spec/run.types.ts";
import type { Maximiser, Measurement } from "../spec/suite.types.ts";
import { fromCurve } from "./from-curve.ts";
import { norm } from "./norm.ts";
import { sharpness } from "./sharpness.ts";
import { topEigenvalue } from "./top-eigenvalue.ts";

/** A finished training run, and what is needed to measure it. */
export interface TrialToMeasure {
  readonly engine: Engine;
  readonly model: Model;
  readonly arm: string;
  readonly seed: number;
  readonly train: Samples;
  /** x₀ and x*, Float32Array[n]. */
  readonly start: Float32Array;
  readonly minimiser: Float32Array;
  /** Running statistics at x*; empty where no layer keeps any. */
  readonly running: Float32Array;
  readonly curve: readonly CurvePoint[];
  /** Generators by what they are for; equal at equal seeds, whatever the arm. */
  random(purpose: "subspace" | "eigenvector"): RandomGenerator;
}

/** @returns the samples of one measurement: one, or for sharpness one per ε and maximiser. */
export async function measureTrial(trial: TrialToMeasure, name: string, measurement: Measurement): Promise<Sample[]> {
  const values = await valuesOf(trial, measurement);
  return values.map(({ value, ...rest }) => {
    const identity = { arm: trial.arm, seed: trial.seed, measurement: name };
    const { detail, ...key } = rest;
    if (!Number.isFinite(value)) return { ...identity, ...key, absent: `${measurement.metric} came out as ${value}` };
    return { ...identity, ...key, value, ...(detail ? { detail } : {}) };
  });
}

interface Value {
  readonly value: number;
  readonly epsilon?: number;
  readonly maximiser?: Maximiser;
  readonly detail?: SampleDetail;
}

async function valuesOf(trial: TrialToMeasure, measurement: Measurement): Promise<Value[]> {
  const { engine, minimiser } = trial;
  switch (measurement.metric) {
    case "accuracy":
    case "loss":
      return [{ value: fromCurve(trial.curve, measurement) }];
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
  }
}

function objectiveOf(trial: TrialToMeasure, options: { samples?: number; evaluationBatch?: number }): Objective {
  const samples = firstSamples(trial.train, options.samples ?? trial.train.count);
  return trial.model.objective(samples, options.evaluationBatch ?? DEFAULT_EVALUATION_BATCH, trial.running);
}

import { inspect } from "node:util";
import { firstSamples, type Samples } from "../data/samples.ts";
import type { Model } from "../engine/engine.ts";
import { failureWords } from "../plugins/failure.ts";
import type { OptionsOf } from "../plugins/options-of.ts";
import type { Metric, MetricContext } from "../plugins/plugin.ts";
import { randomSource } from "../plugins/random-source.ts";
import { DEFAULT_EVALUATION_BATCH } from "../spec/evaluation-batch.ts";
import { optionsOf } from "../spec/plugin-options.ts";
import type { PluginMeasurement } from "../spec/suite.types.ts";
import type { MeasuredValue } from "./measured-value.ts";

/** Where plugins' metrics come from. */
export interface PluginMetrics {
  /** @throws ClaimbenchError when it is not the one that the suite was read with. */
  metricOf(measurement: PluginMeasurement): Promise<Metric>;
  /** Of the suite: not to be in a record. */
  readonly folder: string;
}

/** What of a trial a plugin is given, or is given copies of. */
interface MeasuredTrial
  extends Omit<MetricContext, "options" | "network" | "parameters" | "weights" | "objective" | "random" | "start"> {
  readonly model: Model;
  readonly start: Float32Array;
  readonly minimiser: Float32Array;
  readonly running: Float32Array;
}

/** What a plugin's metric gives; what it throws, and a value it does not give, is the reason for there being none. */
export async function pluginMetric(
  trial: MeasuredTrial,
  measurement: PluginMeasurement,
  { metricOf, folder }: PluginMetrics,
): Promise<MeasuredValue[]> {
  const metric = await metricOf(measurement);
  const names = metric.values && Object.keys(metric.values);
  const absent = (reason: string): MeasuredValue[] => {
    const why = { absent: `${measurement.metric}: ${reason}` };
    return names ? names.map((part) => ({ part, ...why })) : [why];
  };
  let measured: unknown;
  try {
    measured = await metric.measure(contextOf(trial, measurement));
  } catch (error) {
    return absent(failureWords(error, folder));
  }
  if (!names) {
    return typeof measured === "number" ? [{ value: measured }] : absent(`it gave ${words(measured)}, not a number`);
  }
  if (typeof measured !== "object" || measured === null) {
    return absent(`it gave ${words(measured)}; expected ${names.join(", ")}`);
  }
  const values = measured as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) return absent(`it gave "${unknown}", which it does not declare`);
  return names.map((part) => {
    const value = values[part];
    if (typeof value === "number") return { part, value };
    return { part, absent: `${measurement.metric}: it gave ${words(value)} for ${part}, not a number` };
  });
}

function contextOf(
  trial: MeasuredTrial,
  measurement: PluginMeasurement,
): MetricContext<OptionsOf<NonNullable<Metric["options"]>>> {
  const { model, arm, seed, batchSize, updates, curve, running } = trial;
  const { samples = trial.train.count, evaluationBatch = DEFAULT_EVALUATION_BATCH } = measurement;
  // Other measurements, and other trials of this process, use the same arrays.
  const copies: { train?: Samples; test?: Samples } = {};
  return {
    options: optionsOf(measurement) as MetricContext<OptionsOf<NonNullable<Metric["options"]>>>["options"],
    arm,
    seed,
    batchSize,
    updates,
    curve: structuredClone(curve),
    network: structuredClone(model.network),
    parameters: structuredClone(model.layout.parameters),
    weights: Float32Array.from(trial.minimiser),
    start: Float32Array.from(trial.start),
    get train() {
      copies.train ??= copyOf(trial.train);
      return copies.train;
    },
    get test() {
      copies.test ??= copyOf(trial.test);
      return copies.test;
    },
    objective: (of = firstSamples(trial.train, samples)) => model.objective(of, evaluationBatch, running),
    random: randomSource(measurement.metric, seed),
  };
}

function copyOf({ x, y, count, shape }: Samples): Samples {
  return { x: x.slice(), y: y.slice(), count, shape: [...shape] };
}

/** A plugin may give anything, also what JSON cannot hold. */
function words(value: unknown): string {
  return inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 5 }).slice(0, 100);
}

import type { Samples } from "../data/samples.ts";
import type { Objective } from "../engine/engine.ts";
import type { ParameterTensor } from "../networks/layout.ts";
import type { ResolvedNetwork } from "../networks/shapes.ts";
import type { OptionsSchema } from "../spec/plugin-options.ts";
import type { CurvePoint } from "../spec/run.types.ts";
import type { OptionsOf } from "./options-of.ts";
import type { RandomSource } from "./random-source.ts";

/** A module's default export: metrics and data sets that suites name as `plugin-name/metric-name`. */
export interface Plugin {
  /** Lower-case words joined by -. */
  readonly name: string;
  /** To be raised when numbers change for a reason that is not in the module's own file; of a package, its own when absent. */
  readonly version?: string;
  readonly metrics?: Readonly<Record<string, Metric>>;
  readonly dataSets?: Readonly<Record<string, DataSet>>;
}

/** What is measured on a trained network. */
export interface Metric<Options = OptionsSchema> {
  /** In words, for reports: "norm of the weights". */
  readonly title: string;
  /** Of its value, where it has one; "" for a bare number. */
  readonly unit?: string;
  /** Units of its values by name, where it gives several; suites then refer to each: `SB.norms[largest]`. */
  readonly values?: Readonly<Record<string, string>>;
  readonly options?: Options & OptionsSchema;
  /**
   * Runs in a worker process. What it throws, and a value that is not finite, stand in the record as the reason why it was
   * not measured.
   *
   * @returns the value, or the values by the names under `values`.
   */
  measure(context: MetricContext<OptionsOf<Options>>): Measured | Promise<Measured>;
}

export type Measured = number | Readonly<Record<string, number>>;

/** A trained network, and what there is to measure it with. Its arrays are the plugin's own to write in. */
export interface MetricContext<Options = Readonly<Record<string, unknown>>> {
  /** As the suite gives them, checked, with defaults filled in. */
  readonly options: Options;
  readonly arm: string;
  readonly seed: number;
  /** Samples per update. */
  readonly batchSize: number;
  /** Made in all. */
  readonly updates: number;
  /** Losses and accuracies along the training. */
  readonly curve: readonly CurvePoint[];
  readonly network: ResolvedNetwork;
  /** Where each parameter lies in the weights. */
  readonly parameters: readonly ParameterTensor[];
  /** At the end of the training, or at an epoch of it: θ, Float32Array[n]. */
  readonly weights: Float32Array<ArrayBuffer>;
  /** Before the training: Float32Array[n]. */
  readonly start: Float32Array<ArrayBuffer>;
  /** All of them. */
  readonly train: Samples;
  readonly test: Samples;
  /**
   * Mean loss and accuracy over samples as functions of the weights, with gradients.
   *
   * @param samples the training samples, the first so many where the suite says `samples`, when absent.
   */
  objective(samples?: Samples): Objective;
  /** Equal at equal seeds, whatever the arm. */
  readonly random: RandomSource;
}

/** Data that a plugin reads or makes. */
export interface DataSet<Options = OptionsSchema> {
  /** In words, for reports: "two spirals". */
  readonly title: string;
  readonly options?: Options & OptionsSchema;
  /** Called in every process that needs the data; has to give the same each time. */
  load(context: DataContext<OptionsOf<Options>>): PluginSamples | Promise<PluginSamples>;
}

export interface DataContext<Options = Readonly<Record<string, unknown>>> {
  /** As the suite gives them, checked, with defaults filled in. */
  readonly options: Options;
  /** Of the suite file. */
  readonly folder: string;
  /** Random numbers of a seed, the same each time. */
  random(seed: number): RandomSource;
}

/** A training and a test set; x is float32 [count, …shape], row by row, and y the class of each sample, from 0. */
export interface PluginSamples {
  /** Of one sample: [features] or [channels, height, width]. */
  readonly shape: readonly number[];
  readonly train: { readonly x: Float32Array<ArrayBuffer>; readonly y: Int32Array<ArrayBuffer> };
  readonly test: { readonly x: Float32Array<ArrayBuffer>; readonly y: Int32Array<ArrayBuffer> };
}

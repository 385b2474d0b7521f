import type { OptionsSchema } from "./plugin-options.ts";
import type { PluginCode } from "./suite.types.ts";

/** What reading a suite needs to know of a plugin; none of its functions. */
export interface PluginFacts extends Pick<PluginCode, "module" | "version" | "sha256"> {
  readonly name: string;
  readonly metrics: Readonly<Record<string, MetricFacts>>;
  readonly dataSets: Readonly<Record<string, DataSetFacts>>;
}

/** One metric of a plugin. */
export interface MetricFacts extends Pick<PluginCode, "title" | "unit" | "values"> {
  readonly options?: OptionsSchema;
}

/** One data set of a plugin. */
export interface DataSetFacts extends Pick<PluginCode, "title"> {
  readonly options?: OptionsSchema;
}

/** Plugins by the module that a suite names, or in words why one could not be loaded. */
export type LoadedPlugins = ReadonlyMap<string, PluginFacts | string>;

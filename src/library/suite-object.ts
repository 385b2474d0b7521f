import type { Arm, Data, Measurement, PluginData, PluginMeasurement, SuiteFile } from "../spec/suite.types.ts";

/** A suite as an object instead of a file. */
export type SuiteObject = Omit<SuiteFile, "arms" | "measure"> & {
  readonly arms: Readonly<Record<string, ArmObject>>;
  readonly measure: Readonly<Record<string, Measurement | (PluginMeasurement & PluginOptions)>>;
};

type ArmObject = Omit<Arm, "data"> & { readonly data?: Data | (PluginData & PluginOptions) };

/** Of which only the plugin knows the names. */
type PluginOptions = Readonly<Record<string, unknown>>;

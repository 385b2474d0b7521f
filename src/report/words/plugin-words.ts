import { optionsOf } from "../../spec/plugin-options.ts";
import type { PluginCode, PluginData, PluginMeasurement } from "../../spec/suite.types.ts";

/** "order 2", "turns 1.5": the options of a plugin's metric or data set. */
export function optionWords(part: PluginMeasurement | PluginData): string[] {
  return Object.entries(optionsOf(part)).map(
    ([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
}

/** "norms/weight-norm 1.0.0". */
export function versionedName(name: string, code: PluginCode | undefined): string {
  return code?.version === undefined ? name : `${name} ${code.version}`;
}

/** "norms/weight-norm 1.0.0 of the plugin ./norms.mjs, SHA-256 0123456789ab…": where its code is found. */
export function codeWords(name: string, code: PluginCode | undefined): string {
  const place = code && ` of the plugin ${code.module}, SHA-256 ${code.sha256.slice(0, 12)}…`;
  return versionedName(name, code) + (place ?? "");
}

/** "norm of the weights, nats"; a number without a unit stays alone. */
export function withUnit(words: string, unit: string | undefined): string {
  return unit === undefined || unit === "" ? words : `${words}, ${unit}`;
}

import { ClaimbenchError } from "../spec/error.ts";
import type { PluginCode, PluginData, PluginMeasurement } from "../spec/suite.types.ts";
import { loadPlugin } from "./load-plugin.ts";
import type { DataSet, Metric, Plugin } from "./plugin.ts";

/** The metric of a measurement as the suite was read with. @throws ClaimbenchError `plugin-changed`, `plugin-invalid`. */
export async function metricOf({ metric: name, code }: PluginMeasurement, folder: string): Promise<Metric> {
  const metric = (await asRead(name, code, folder)).metrics?.[kindOf(name)];
  if (!metric) throw new Error(`${name} is not a metric`);
  return metric;
}

/** The data set of an arm, likewise. */
export async function dataSetOf({ plugin: name, code }: PluginData, folder: string): Promise<DataSet> {
  const dataSet = (await asRead(name, code, folder)).dataSets?.[kindOf(name)];
  if (!dataSet) throw new Error(`${name} is not a data set`);
  return dataSet;
}

/** Results are kept by the code that the suite was read with: no other may give them. */
async function asRead(name: string, code: PluginCode | undefined, folder: string): Promise<Plugin> {
  if (!code) throw new Error(`${name} was not resolved`);
  const { plugin, sha256 } = await loadPlugin(code.module, folder);
  if (sha256 === code.sha256) return plugin;
  throw new ClaimbenchError("plugin-changed", `the plugin ${code.module} was edited while the run went on`, {
    hint: "run the suite again",
  });
}

function kindOf(name: string): string {
  return name.slice(name.indexOf("/") + 1);
}

import type { DataSet, Metric, Plugin } from "./plugin.ts";

/**
 * Gives a plugin as it is. Its only use is that an editor knows the types: a `context.options` has those of the schema
 * beside it.
 */
export function definePlugin<const Metrics, const DataSets>(
  plugin: Omit<Plugin, "metrics" | "dataSets"> & {
    readonly metrics?: { readonly [Name in keyof Metrics]: Metric<Metrics[Name]> };
    readonly dataSets?: { readonly [Name in keyof DataSets]: DataSet<DataSets[Name]> };
  },
): Plugin {
  return plugin as Plugin;
}

import type { DataSources } from "../data/load.ts";
import { loadPluginData } from "../plugins/plugin-data.ts";

/** Where this process finds data. @param dataFolder looked in before others. */
export function dataSources(suiteFolder: string, dataFolder: string | undefined): DataSources {
  return {
    environment: process.env,
    suiteFolder,
    ...(dataFolder === undefined ? {} : { dataFolder }),
    loadPlugin: (data) => loadPluginData(data, suiteFolder),
  };
}

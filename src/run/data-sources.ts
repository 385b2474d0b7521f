import type { DataSources } from "../data/load.ts";

/** Where this process finds data. @param dataFolder looked in before others. */
export function dataSources(suiteFolder: string, dataFolder: string | undefined): DataSources {
  return { environment: process.env, suiteFolder, ...(dataFolder === undefined ? {} : { dataFolder }) };
}

import { DATA_SETS, type Split } from "./data-sets.ts";
import { locateData } from "./find-data.ts";
import { loadSplit } from "./load.ts";
import type { LoadedSamples } from "./samples.ts";

/** Folder of the IDX files. @param dataFolder looked in first. @throws ClaimbenchError `data-missing`. */
export function mnistFolder(environment: NodeJS.ProcessEnv, dataFolder?: string): string {
  const sources = { environment, suiteFolder: ".", ...(dataFolder === undefined ? {} : { dataFolder }) };
  return locateData(DATA_SETS.mnist, sources).folder;
}

/**
 * Reads the MNIST digits at the given positions, pixels scaled from 0…255 to [0, 1].
 *
 * @param folder holds the four IDX files, plain or gzipped.
 * @throws ClaimbenchError as `loadData` does.
 */
export async function loadMnist(folder: string, split: Split, positions: Int32Array): Promise<LoadedSamples> {
  return loadSplit(DATA_SETS.mnist, folder, split, positions);
}

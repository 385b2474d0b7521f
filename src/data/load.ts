import { resolve } from "node:path";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { ClaimbenchError } from "../spec/error.ts";
import type { DataFileFacts } from "../spec/run.types.ts";
import type { DataFiles, DataSet, PluginData, SurrogateData } from "../spec/suite.types.ts";
import { loadCifar } from "./cifar.ts";
import { DATA_SETS, type DataSetName, type DataSetTable, type PublicDataSet, type Split } from "./data-sets.ts";
import { drawPositions } from "./draw-positions.ts";
import { type DataSources, findData, locateData, ownFiles } from "./find-data.ts";
import { loadIdxImages } from "./idx-images.ts";
import { withLabelNoise } from "./label-noise.ts";
import { loadOwnFiles } from "./own-files.ts";
import { type LoadedData, type LoadedSamples, type Samples, samplesAt } from "./samples.ts";
import { surrogateFrames } from "./surrogate-frames.ts";

export type { DataSources } from "./find-data.ts";
export type { LoadedData } from "./samples.ts";

/**
 * @param sets what is known of the data sets.
 * @throws ClaimbenchError when a file is missing, damaged or of the wrong form.
 */
export async function loadData(
  data: DataSet | DataFiles | SurrogateData | PluginData,
  sources: DataSources,
  sets: DataSetTable = DATA_SETS,
): Promise<LoadedData> {
  if ("surrogate" in data) return surrogateFrames(data);
  if ("plugin" in data) {
    if (!sources.loadPlugin) throw new ClaimbenchError("plugin-data", `no plugin can be loaded for ${data.plugin}`);
    return sources.loadPlugin(data);
  }
  if ("files" in data) {
    const at = (path: string) => resolve(sources.suiteFolder, path);
    const paths = (files: DataFiles["files"]["train"]) =>
      typeof files === "string" ? at(files) : { x: at(files.x), y: at(files.y) };
    return together(await loadOwnFiles(paths(data.files.train)), await loadOwnFiles(paths(data.files.test)));
  }
  const loaded = await loadSet(data, sources, sets);
  if (!data.labelNoise) return loaded;
  const facts = sets[data.set];
  const classes = facts.format === "own" ? classCount(loaded) : facts.classes;
  return { ...loaded, train: withLabelNoise(loaded.train, classes, data.labelNoise) };
}

/** Samples of a whole data set and the shape of one; undefined where that is known from the files only. */
export function dataSetSize(
  set: DataSetName,
  sets: DataSetTable = DATA_SETS,
): { readonly train: number; readonly test: number; readonly shape: readonly number[] } | undefined {
  const facts = sets[set];
  return facts.format === "own" ? undefined : { train: facts.train, test: facts.test, shape: facts.shape };
}

/** Whether the files of a data set are there; they are not read. */
export function hasDataSet(set: DataSetName, sources: DataSources, sets: DataSetTable = DATA_SETS): boolean {
  return findData(sets[set], sources) !== undefined;
}

/**
 * Reads the samples of one split at the given positions. Nothing else is decoded.
 *
 * @throws ClaimbenchError as {@link loadData}.
 */
export async function loadSplit(
  facts: PublicDataSet,
  folder: string,
  split: Split,
  positions: Int32Array,
): Promise<LoadedSamples> {
  if (facts.format === "idx") return loadIdxImages(facts, folder, split, positions);
  return loadCifar(facts, folder, split, positions);
}

/** As {@link loadOwnFiles} of one safetensors file. */
export async function loadSafetensorsData(path: string): Promise<{ samples: Samples; facts: DataFileFacts }> {
  const { samples, files } = await loadOwnFiles(path);
  return { samples, facts: files[0] as DataFileFacts };
}

async function loadSet(data: DataSet, sources: DataSources, sets: DataSetTable): Promise<LoadedData> {
  const facts = sets[data.set];
  const { folder } = locateData(facts, sources);
  if (facts.format === "own") {
    const files = ownFiles(folder);
    if (!files) throw new ClaimbenchError("data-missing", `the files of ${data.set} cannot be read in ${folder}`);
    return together(
      ofSubset(await loadOwnFiles(files.train), data, "train"),
      ofSubset(await loadOwnFiles(files.test), data, "test"),
    );
  }
  const split = (name: Split) => loadSplit(facts, folder, name, subset(facts[name], data, name));
  return together(await split("train"), await split("test"));
}

function ofSubset(loaded: LoadedSamples, data: DataSet, split: Split): LoadedSamples {
  if (data[split] === undefined) return loaded;
  return { ...loaded, samples: samplesAt(loaded.samples, subset(loaded.samples.count, data, split)) };
}

/** The first positions, or with a seed a random draw of them. */
function subset(available: number, data: DataSet, split: Split): Int32Array {
  const size = data[split] ?? available;
  if (size > available) {
    throw new ClaimbenchError("data-subset", `${data.set} has ${available} ${split} samples; the suite takes ${size}`);
  }
  return drawPositions(available, size, data.subsetSeed === undefined ? undefined : xoroshiro128plus(data.subsetSeed));
}

function together(train: LoadedSamples, test: LoadedSamples): LoadedData {
  return { train: train.samples, test: test.samples, files: [...train.files, ...test.files] };
}

function classCount({ train, test }: LoadedData): number {
  return 1 + [train.y, test.y].reduce((most, y) => y.reduce((a, b) => Math.max(a, b), most), 0);
}

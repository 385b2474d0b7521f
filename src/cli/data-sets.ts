import { bytesOf, DATA_SETS, type DataSetFacts, type DataSetName } from "../data/data-sets.ts";
import { type DataSources, findData, howToGet } from "../data/find-data.ts";
import { ClaimbenchError } from "../spec/error.ts";
import { didYouMean } from "../spec/nearest.ts";

export interface DataSetListing {
  readonly name: DataSetName;
  /** Where its files are, and what was looked in; absent where they are not found. */
  readonly found?: { readonly folder: string; readonly from: string };
  /** Absent where it is known from the files only. */
  readonly size?: {
    readonly train: number;
    readonly test: number;
    readonly shape: readonly number[];
    readonly classes: number;
    /** Uncompressed. */
    readonly bytes: number;
  };
  /** Ways to get it, the simplest first. */
  readonly howToGet: readonly string[];
}

/** Every data set that has a name, and whether it is here; the files are not read. */
export function listDataSets(sources: DataSources): DataSetListing[] {
  return Object.values(DATA_SETS).map((facts: DataSetFacts): DataSetListing => {
    const found = findData(facts, sources);
    const size = sizeOf(facts);
    return { name: facts.name, ...(found ? { found } : {}), ...(size ? { size } : {}), howToGet: howToGet(facts) };
  });
}

function sizeOf(facts: DataSetFacts): DataSetListing["size"] {
  if (facts.format === "own") return undefined;
  const { train, test, shape, classes } = facts;
  return { train, test, shape, classes, bytes: bytesOf(facts) };
}

export function renderDataSets(listing: readonly DataSetListing[]): string {
  const width = Math.max(...listing.map(({ name }) => name.length));
  const indent = " ".repeat(width + 4);
  return listing
    .map(({ name, found, size, howToGet }) => {
      const where = found ? `${found.folder} (${found.from})` : `not here: ${howToGet.join(", or ")}`;
      return `${found ? "✓" : "–"} ${name.padEnd(width)}  ${size ? sizeWords(size) : "your own features"}\n${indent}${where}\n`;
    })
    .join("");
}

function sizeWords({ train, test, shape, classes, bytes }: NonNullable<DataSetListing["size"]>): string {
  const count = (samples: number) => samples.toLocaleString("en-US");
  const images = `${count(train)} + ${count(test)} images [${shape}]`;
  return `${images}, ${classes} classes, ${Math.round(bytes / 1e6)} MB`;
}

/** @throws ClaimbenchError `unknown-data-set`. */
export function dataSetNamed(name: string): DataSetFacts {
  const facts = Object.values(DATA_SETS).find((known) => known.name === name);
  if (facts) return facts;
  const known = Object.keys(DATA_SETS);
  throw new ClaimbenchError("unknown-data-set", `there is no data set ${name}${didYouMean(name, known)}`, {
    hint: `give one of ${known.join(", ")}`,
  });
}

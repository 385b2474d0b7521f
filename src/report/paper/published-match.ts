import type { Arm, PublishedEntry } from "../../spec/run.types.ts";
import { type Measurement, measurementWords } from "../words/measurement-words.ts";

/** A published entry with its place in the paper, taken from its pointer: keskar-2017#/table3/F1/0.001. */
export interface PlacedEntry {
  readonly pointer: string;
  readonly entry: PublishedEntry;
  /** "Table 3" of "Table 3, p. 6". */
  readonly table: string;
  /** Row of the table: the paper's name of the network. */
  readonly network: string;
  /** Last part of the pointer: entries of several networks share it. */
  readonly column: string;
}

/** @returns undefined for what is printed in no table, or in no network's row. */
export function placeEntry(pointer: string, entry: PublishedEntry): PlacedEntry | undefined {
  const table = /^Table \w+/.exec(entry.source)?.[0];
  const [, network, column, ...more] = pointer.slice(pointer.indexOf("#/") + 2).split("/");
  if (table === undefined || network === undefined || column === undefined || more.length > 0) return undefined;
  return { pointer, entry, table, network, column };
}

/** A network that is the paper's, or declares itself a variant of it by name: F1-3x128 of F1, not F10. */
export function isOfNetwork(networkName: string, network: string): boolean {
  return networkName === network || networkName.startsWith(`${network}-`);
}

/** The ε of an entry's place; undefined where it is of none. */
export function epsilonOf({ column }: PlacedEntry): number | undefined {
  return column === "" || Number.isNaN(Number(column)) ? undefined : Number(column);
}

/** The measurement of an arm that gives the entry's quantity, by its name in the suite. */
export function measurementOf(placed: PlacedEntry, { measure }: Arm): string | undefined {
  return Object.entries(measure).find(([, measurement]) => givesQuantity(placed, measurement))?.[0];
}

function givesQuantity(placed: PlacedEntry, measurement: Measurement): boolean {
  const quantity = placed.entry.quantity.toLowerCase();
  if (measurement.metric === "sharpness") {
    const epsilon = epsilonOf(placed);
    if (!quantity.startsWith("sharpness") || epsilon === undefined || !measurement.epsilon.includes(epsilon)) {
      return false;
    }
    const subspace = /random subspaces? of (\d+) dimensions/.exec(quantity)?.[1];
    return subspace === undefined
      ? measurement.space === "full"
      : measurement.space !== "full" && measurement.space.random === Number(subspace);
  }
  const atEnd = !("at" in measurement) || measurement.at === undefined || measurement.at === "end";
  const isCurve = measurement.metric === "accuracy" || measurement.metric === "loss";
  return isCurve && atEnd && quantity.startsWith(measurementWords(measurement));
}

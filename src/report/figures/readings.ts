import { readFileSync } from "node:fs";
import { readBaseline } from "../../spec/read-baseline.ts";
import type { PublishedEntry, RunRecord } from "../../spec/run.types.ts";
import { isOfNetwork } from "../paper/published-match.ts";

/** The paper whose figures are redrawn. */
const PAPER = "keskar-2017";

/** What was read off one of the paper's figures for one of its networks. */
export interface Reading {
  readonly pointer: string;
  readonly figure: number;
  /** The paper's name of the network. */
  readonly network: string;
  /** Rest of the pointer: train-loss, 0.001, loss-0.1. */
  readonly column: string;
  readonly entry: PublishedEntry;
}

export interface ReadingPoint {
  readonly x: number;
  readonly value: number;
}

// From src/report/figures and from dist/report/figures alike.
const file = new URL(`../../../baselines/${PAPER}.json`, import.meta.url);
let known: Readonly<Record<string, PublishedEntry>> | undefined;

/** The figures that claims of the record point at; none of another paper's suite. */
export function figuresOf({ suite, published }: RunRecord): number[] {
  if (suite.paper !== PAPER) return [];
  const numbers = Object.entries(published).flatMap(([pointer, entry]) => readingOf(pointer, entry)?.figure ?? []);
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/**
 * All readings of a figure: claims point at some of a curve's, the others are as the baseline has them.
 *
 * @param networks that were trained: readings of their kind come alone, where there are any.
 */
export function readingsOf(record: RunRecord, figure: number, networks: readonly string[]): Reading[] {
  const pointed = Object.entries(record.published);
  known ??= readBaseline(readFileSync(file, "utf8"), `baselines/${PAPER}.json`).values;
  const all = Object.entries({
    ...Object.fromEntries(Object.entries(known).map(([path, entry]) => [`${PAPER}#/${path}`, entry])),
    ...record.published,
  });
  const own = (entries: readonly [string, PublishedEntry][]) =>
    entries.flatMap(([pointer, entry]) => readingOf(pointer, entry) ?? []).filter((each) => each.figure === figure);
  const readings = own(all);
  const alike = readings.filter(({ network }) => networks.some((name) => isOfNetwork(name, network)));
  if (alike.length > 0) return alike;
  const named = new Set(own(pointed).map(({ network }) => network));
  const few = new Set(readings.map(({ network }) => network)).size <= 2;
  return few ? readings : readings.filter(({ network }) => named.has(network));
}

function readingOf(pointer: string, entry: PublishedEntry): Reading | undefined {
  const [, figure, network, column] = new RegExp(`^${PAPER}#/figure(\\d+)/([^/]+)/(.+)$`).exec(pointer) ?? [];
  if (figure === undefined || network === undefined || column === undefined) return undefined;
  return { pointer, figure: Number(figure), network, column, entry };
}

/** The points of a curve, whose arms are named by a word and the position: "alpha -0.5", "LB-warm-13". */
export function pointsOf({ entry }: Reading, word: string): ReadingPoint[] {
  return Object.entries(entry.arms)
    .flatMap(([name, { mean }]) => {
      const x = name.startsWith(word) ? Number(name.slice(word.length)) : Number.NaN;
      return Number.isFinite(x) ? [{ x, value: mean }] : [];
    })
    .sort((a, b) => a.x - b.x);
}

/** The networks of readings, in their order. */
export function networksOf(readings: readonly Reading[]): string[] {
  return [...new Set(readings.map(({ network }) => network))];
}

import { mean } from "../stats/sample.ts";
import { formatValue } from "./words/quantities.ts";

/** What the seeds gave: their mean, and how far they lie apart. */
export interface Spread {
  readonly mean: number;
  readonly lowest: number;
  readonly highest: number;
  readonly n: number;
}

/** @returns undefined without values. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  return { mean: mean(values), lowest: Math.min(...values), highest: Math.max(...values), n: values.length };
}

/** "12.3 (9.1 to 15.2)"; a dash where there is nothing. */
export function spreadWords(spread: Spread | undefined, format: (value: number) => string = formatValue): string {
  if (!spread) return "–";
  return spread.n === 1
    ? format(spread.mean)
    : `${format(spread.mean)} (${format(spread.lowest)} to ${format(spread.highest)})`;
}

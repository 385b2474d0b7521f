import { mean, requireFinite } from "./sample.ts";

/**
 * Interquartile mean: the mean of the middle half of the values, a value that a quartile cuts counting by the part of it that
 * lies within. Where 4 does not divide n, rliable (Agarwal et al. 2021) keeps such values whole instead.
 *
 * @returns the value itself of one, the mean of two, the mean of equal values exactly.
 * @throws RangeError without values, or where one is not finite.
 */
export function interquartileMean(values: readonly number[]): number {
  requireFinite(values);
  const n = values.length;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = mean(sorted.slice(Math.floor(n / 4), Math.ceil((3 * n) / 4)));
  // Deviations from a value in the middle, so that equal values lose nothing by rounding.
  const weigh = (value: number, i: number) =>
    Math.max(0, Math.min(i + 1, 0.75 * n) - Math.max(i, 0.25 * n)) * (value - middle);
  return middle + sorted.reduce((total, value, i) => total + weigh(value, i), 0) / (n / 2);
}

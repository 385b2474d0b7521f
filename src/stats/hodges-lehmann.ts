import type { Interval } from "./interval.ts";
import { quantileOfSorted } from "./quantile.ts";
import { rankSumDistribution, signedRankDistribution } from "./rank-distributions.ts";
import { requireFinite } from "./sample.ts";

export interface HodgesLehmann {
  readonly estimate: number;
  /** null where even the range of all averages or differences covers less than the confidence. */
  readonly interval: Interval | null;
}

/**
 * Hodges & Lehmann's centre of one sample, or of paired differences: the median of the Walsh averages (xᵢ + xⱼ) / 2, i ≤ j,
 * with the interval that Wilcoxon's signed-rank test does not refuse (Hodges & Lehmann 1963; Tukey 1949). It covers
 * the centre of a symmetric distribution with at least the confidence, ties included.
 *
 * @returns null without values; no interval with fewer than 6 values at 0.95, so none for one or two; of width 0 where all are
 *   equal. Takes time n³.
 * @throws RangeError where a value is not finite, or at a confidence outside of 0 to 1.
 */
export function hodgesLehmann(values: readonly number[], confidence: number): HodgesLehmann | null {
  requireFinite(values);
  const averages = values.flatMap((a, i) => values.slice(i).map((b) => a / 2 + b / 2));
  const ranks = values.map((_, i) => i + 1);
  return medianWithInterval(averages, onWholeNumbers(signedRankDistribution(ranks)), confidence);
}

/**
 * Hodges & Lehmann's shift from the second sample to the first: the median of all differences xᵢ − yⱼ, with the interval that
 * the Mann-Whitney test does not refuse. It covers the shift between distributions of one shape.
 *
 * @returns null where a sample is empty; no interval with samples too small, as 3 and 3 values at 0.95. Takes time n²N² of n
 *   among N values.
 * @throws RangeError where a value is not finite, or at a confidence outside of 0 to 1.
 */
export function hodgesLehmannShift(
  first: readonly number[],
  second: readonly number[],
  confidence: number,
): HodgesLehmann | null {
  requireFinite([...first, ...second]);
  const differences = first.flatMap((a) => second.map((b) => a - b));
  const n = Math.min(first.length, second.length);
  const ranks = [...first, ...second].map((_, i) => i + 1);
  // U is the rank sum less its least value.
  const shares = onWholeNumbers(rankSumDistribution(ranks, n)).slice((n * (n + 1)) / 2);
  return medianWithInterval(differences, shares, confidence);
}

/** Without ties no rank sum lies between whole numbers. */
function onWholeNumbers(distribution: readonly number[]): number[] {
  return distribution.filter((_, position) => position % 2 === 0);
}

/** @param shares of the test's statistic 0, 1, …: how many of the values lie below the true centre. */
function medianWithInterval(
  values: readonly number[],
  shares: readonly number[],
  confidence: number,
): HodgesLehmann | null {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`no interval at confidence ${confidence}`);
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  let tail = shares[0] as number;
  let cut = 0;
  while (tail <= (1 - confidence) / 2) {
    cut += 1;
    tail += shares[cut] as number;
  }
  const interval =
    cut === 0 ? null : { lower: sorted[cut - 1] as number, upper: sorted[sorted.length - cut] as number };
  return { estimate: quantileOfSorted(sorted, 0.5), interval };
}

import { type Interval, meanInterval } from "./interval.ts";
import { mean, pairedDifferences, standardDeviation } from "./sample.ts";
import { studentTTwoSided } from "./student-t.ts";

export interface TTest {
  /** ±Infinity where the differences do not vary; 0 where they are all 0. */
  readonly t: number;
  readonly df: number;
  /** Two-sided. */
  readonly p: number;
  /** Of the mean difference. */
  readonly interval: Interval;
}

/**
 * Student's paired test of a mean difference of 0.
 *
 * @returns null with fewer than two pairs.
 * @throws RangeError where the lengths differ, without values, or where one is not finite.
 */
export function pairedT(first: readonly number[], second: readonly number[], confidence: number): TTest | null {
  const differences = pairedDifferences(first, second);
  const interval = meanInterval(differences, confidence);
  if (interval === null) return null;
  const df = differences.length - 1;
  const t = tStatistic(mean(differences), standardDeviation(differences) / Math.sqrt(differences.length));
  return { t, df, p: studentTTwoSided(t, df), interval };
}

/** An estimate in standard errors; 0 where both are 0. */
export function tStatistic(estimate: number, standardError: number): number {
  return estimate === 0 ? 0 : estimate / standardError;
}

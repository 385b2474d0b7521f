import type { Interval } from "./interval.ts";
import { requireFinite, withinRange } from "./sample.ts";
import { criticalT } from "./student-t.ts";

/** A sample told by its summary, as papers print it. */
interface Summary {
  readonly mean: number;
  /** With n − 1 in the denominator. */
  readonly standardDeviation: number;
  readonly n: number;
}

/**
 * Where the mean of so many new values of the same normal population falls: mean ± t · s · √(1/n + 1/newValues).
 *
 * @param newValues 1 for a single new value.
 * @returns null where the summary is of fewer than two values.
 * @throws RangeError where mean or standard deviation is not finite.
 */
export function predictionInterval(summary: Summary, newValues: number, confidence: number): Interval | null {
  requireFinite([summary.mean, summary.standardDeviation]);
  if (summary.n < 2) return null;
  const half =
    criticalT(confidence, summary.n - 1) * summary.standardDeviation * Math.sqrt(1 / summary.n + 1 / newValues);
  return { lower: withinRange(summary.mean - half), upper: withinRange(summary.mean + half) };
}

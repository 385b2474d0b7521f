import { mean, standardDeviation, withinRange } from "./sample.ts";
import { criticalT } from "./student-t.ts";

/** Both ends finite. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Student's t interval of the mean: of one sample, or of paired differences for a paired comparison.
 *
 * @param confidence such as 0.95.
 * @returns null with fewer than two values, which have no spread; an interval of width 0 where all values are equal.
 * @throws RangeError without values, or where one is not finite.
 */
export function meanInterval(values: readonly number[], confidence: number): Interval | null {
  const centre = mean(values);
  if (values.length < 2) return null;
  const half = halfWidth(standardDeviation(values), values.length, confidence);
  return { lower: withinRange(centre - half), upper: withinRange(centre + half) };
}

/** Half the width of the t interval of a mean of n ≥ 2 values with this standard deviation. */
export function halfWidth(standardDeviation: number, n: number, confidence: number): number {
  return withinRange((criticalT(confidence, n - 1) * standardDeviation) / Math.sqrt(n));
}

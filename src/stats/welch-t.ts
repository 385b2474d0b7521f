import { type TTest, tStatistic } from "./paired-t.ts";
import { mean, standardDeviation, withinRange } from "./sample.ts";
import { criticalT, studentTTwoSided } from "./student-t.ts";

/**
 * Welch's test of equal means of two independent samples, variances not assumed equal.
 *
 * @returns null where a sample has fewer than two values.
 * @throws RangeError without values, or where one is not finite.
 */
export function welchT(first: readonly number[], second: readonly number[], confidence: number): TTest | null {
  const difference = mean(first) - mean(second);
  if (first.length < 2 || second.length < 2) return null;
  const firstError = standardDeviation(first) / Math.sqrt(first.length);
  const secondError = standardDeviation(second) / Math.sqrt(second.length);
  const error = Math.hypot(firstError, secondError);
  // By the shares of the two, since their fourth powers vanish early.
  const df =
    error === 0
      ? first.length + second.length - 2
      : 1 / ((firstError / error) ** 4 / (first.length - 1) + (secondError / error) ** 4 / (second.length - 1));
  const t = tStatistic(difference, error);
  const half = criticalT(confidence, df) * error;
  const interval = { lower: withinRange(difference - half), upper: withinRange(difference + half) };
  return { t, df, p: studentTTwoSided(t, df), interval };
}

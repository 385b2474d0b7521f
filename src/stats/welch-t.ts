import { type TTest, tStatistic } from "./paired-t.ts";
import { mean, standardDeviation } from "./sample.ts";
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
  const firstError = standardDeviation(first) ** 2 / first.length;
  const secondError = standardDeviation(second) ** 2 / second.length;
  const error = firstError + secondError;
  const df =
    error === 0
      ? first.length + second.length - 2
      : error ** 2 / (firstError ** 2 / (first.length - 1) + secondError ** 2 / (second.length - 1));
  const t = tStatistic(difference, Math.sqrt(error));
  const half = criticalT(confidence, df) * Math.sqrt(error);
  return { t, df, p: studentTTwoSided(t, df), interval: { lower: difference - half, upper: difference + half } };
}

import { tStatistic } from "./paired-t.ts";
import { mean, pairedDifferences, standardDeviation } from "./sample.ts";
import { studentTUpperTail } from "./student-t.ts";

/**
 * Two one-sided paired t tests (Schuirmann 1987): a small p says that the mean difference lies within ±margin.
 *
 * @param margin > 0, in the units of the values.
 * @returns the larger of the two p-values; null with fewer than two pairs.
 * @throws RangeError where the lengths differ, without values, or where one is not finite.
 */
export function equivalenceP(first: readonly number[], second: readonly number[], margin: number): number | null {
  if (!(margin > 0)) throw new RangeError(`a margin of equivalence is more than 0, not ${margin}`);
  const differences = pairedDifferences(first, second);
  const centre = mean(differences);
  if (differences.length < 2) return null;
  const error = standardDeviation(differences) / Math.sqrt(differences.length);
  const df = differences.length - 1;
  const aboveLower = studentTUpperTail(tStatistic(centre + margin, error), df);
  const belowUpper = studentTUpperTail(tStatistic(margin - centre, error), df);
  return Math.max(aboveLower, belowUpper);
}

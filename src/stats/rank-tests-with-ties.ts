import { rankSumDistribution, signedRankDistribution } from "./rank-distributions.ts";
import { rank } from "./ranks.ts";
import { pairedDifferences } from "./sample.ts";

/**
 * Exact two-sided p of Wilcoxon's signed-rank test whatever the ties: the distribution is that of the mean ranks found.
 * Equal pairs are left out. Without ties the p of `wilcoxon`, which takes the normal distribution otherwise; for few
 * pairs, as it takes time n³.
 *
 * @returns null where no pair differs; 1 for one pair that does.
 * @throws RangeError where the lengths differ, or where a value is not finite.
 */
export function wilcoxonExactP(first: readonly number[], second: readonly number[]): number | null {
  const all = pairedDifferences(first, second);
  const { ranks } = rank(all.filter((difference) => difference !== 0).map(Math.abs));
  if (ranks.length === 0) return null;
  const signs = all.filter((difference) => difference !== 0).map(Math.sign);
  const positive = ranks.reduce((sum, each, i) => sum + (signs[i] === 1 ? each : 0), 0);
  return twoSided(signedRankDistribution(ranks), positive);
}

/**
 * Exact two-sided p of the Mann-Whitney test whatever the ties. Without ties the p of `mannWhitney`, which takes the normal
 * distribution otherwise; for small samples, as it takes time n²N² of n among N values.
 *
 * @returns null where a sample is empty; 1 where all values are equal.
 * @throws RangeError where a value is not finite.
 */
export function mannWhitneyExactP(first: readonly number[], second: readonly number[]): number | null {
  const { ranks } = rank([...first, ...second]);
  if (first.length === 0 || second.length === 0) return null;
  const sum = ranks.slice(0, first.length).reduce((total, each) => total + each, 0);
  return twoSided(rankSumDistribution(ranks, first.length), sum);
}

/** Twice the smaller tail from the rank sum on; both distributions are symmetric unless ties of two samples skew them. */
function twoSided(distribution: readonly number[], rankSum: number): number {
  const at = Math.round(2 * rankSum);
  const total = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share, 0);
  return Math.min(1, 2 * Math.min(total(distribution.slice(0, at + 1)), total(distribution.slice(at))));
}

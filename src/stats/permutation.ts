import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { mean, pairedDifferences } from "./sample.ts";

export interface PermutationTest {
  /** Mean of the differences, or difference of the means. */
  readonly difference: number;
  /** Two-sided. */
  readonly p: number;
  /** Whether all rearrangements were counted, or some drawn. */
  readonly exact: boolean;
}

const MOST_EXACT_SIGNS = 16;
const MOST_EXACT_SPLITS = 2 ** 16;
/** Sums this close, of the sum of magnitudes, are equal but for rounding. */
const ROUNDING = 1e-12;

/**
 * Permutation test of a mean paired difference of 0 (Fisher 1935): the share of the 2ⁿ choices of signs whose sum is as far
 * from 0. All are counted up to 16 pairs; above, `draws` are taken and p = (1 + as far) / (1 + draws), never 0 (Phipson &
 * Smyth 2010). Exact for differences symmetric about 0, whatever their distribution.
 *
 * @param random not advanced where all are counted.
 * @returns p at least 2 / 2ⁿ where counted, so 1 for one pair, and at least 0.5 for two: no fewer than 6 can show p < 0.05.
 *   Equal pairs stay in and change nothing; p = 1 where all are equal.
 * @throws RangeError where the lengths differ, without values, or where one is not finite.
 */
export function pairedPermutation(
  first: readonly number[],
  second: readonly number[],
  draws: number,
  random: RandomGenerator,
): PermutationTest {
  const differences = pairedDifferences(first, second);
  const difference = mean(differences);
  const reach = leastReach(differences, sumOf(differences));
  const exact = differences.length <= MOST_EXACT_SIGNS;
  const p = exact
    ? shareReaching(signedSums(differences), reach)
    : drawnShare(draws, reach, () => differences.reduce((sum, each) => sum + (random.next() < 0 ? -each : each), 0));
  return { difference, p, exact };
}

/**
 * Permutation test of two independent samples by the difference of their means: the share of the ways to split all values
 * into samples of these sizes that are as far apart. All are counted up to 65,536 ways (8 and 8 values); above, `draws` are
 * taken as in `pairedPermutation`.
 *
 * @param random not advanced where all are counted.
 * @returns null where a sample is empty; p = 1 where all values are equal, and for one value against one.
 * @throws RangeError where a value is not finite.
 */
export function twoSamplePermutation(
  first: readonly number[],
  second: readonly number[],
  draws: number,
  random: RandomGenerator,
): PermutationTest | null {
  if (first.length === 0 || second.length === 0) return null;
  const difference = mean(first) - mean(second);
  // About the common mean, a sum of the first sample's values alone tells how far apart the means are.
  const all = [...first, ...second];
  const centre = mean(all);
  const centred = all.map((value) => value - centre);
  const n = first.length;
  const reach = leastReach(centred, sumOf(centred.slice(0, n)));
  const exact = splits(all.length, n) <= MOST_EXACT_SPLITS;
  const p = exact
    ? shareReaching(subsetSums(centred, n), reach)
    : drawnShare(draws, reach, () => drawnSubsetSum(centred, n, random));
  return { difference, p, exact };
}

function leastReach(values: readonly number[], observed: number): number {
  return Math.abs(observed) - ROUNDING * sumOf(values.map(Math.abs));
}

function shareReaching(sums: readonly number[], reach: number): number {
  return sums.filter((sum) => Math.abs(sum) >= reach).length / sums.length;
}

function drawnShare(draws: number, reach: number, draw: () => number): number {
  if (!(Number.isInteger(draws) && draws >= 1)) throw new RangeError(`${draws} random permutations`);
  let reaching = 0;
  for (let i = 0; i < draws; i += 1) if (Math.abs(draw()) >= reach) reaching += 1;
  return (1 + reaching) / (1 + draws);
}

function signedSums(values: readonly number[]): number[] {
  let sums = [0];
  for (const value of values) sums = [...sums.map((sum) => sum + value), ...sums.map((sum) => sum - value)];
  return sums;
}

/** Sums of all subsets of a size. */
function subsetSums(values: readonly number[], size: number): number[] {
  const sums: number[] = [];
  const extend = (start: number, missing: number, sum: number) => {
    if (missing === 0) sums.push(sum);
    else
      for (let i = start; i <= values.length - missing; i += 1) extend(i + 1, missing - 1, sum + (values[i] as number));
  };
  extend(0, size, 0);
  return sums;
}

/** Of a random subset, by the first steps of a shuffle in place. */
function drawnSubsetSum(values: number[], size: number, random: RandomGenerator): number {
  let sum = 0;
  for (let i = 0; i < size; i += 1) {
    const chosen = uniformInt(random, i, values.length - 1);
    const value = values[chosen] as number;
    values[chosen] = values[i] as number;
    values[i] = value;
    sum += value;
  }
  return sum;
}

/** Binomial coefficient; rounded, where large. */
function splits(total: number, size: number): number {
  let ways = 1;
  for (let i = 1; i <= Math.min(size, total - size); i += 1) ways = (ways * (total - i + 1)) / i;
  return ways;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

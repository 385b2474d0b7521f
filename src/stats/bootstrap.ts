import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { requireFinite } from "./sample.ts";

/** A number made of a sample, in any order of its values. It must not keep the array: the next resample overwrites it. */
export type Statistic = (values: readonly number[]) => number;

/**
 * Bootstrap distribution of a statistic: its value in samples of the same size, drawn with replacement (Efron 1979).
 *
 * @param resamples at least 1; some 2,000 for the ends of a 95 % interval.
 * @param random advanced by resamples × n draws.
 * @returns in the order drawn; null with fewer than two values, which every resample repeats. Two values have resamples of
 *   three kinds only. Equal values give equal statistics.
 * @throws RangeError where a value or a statistic is not finite, or without resamples.
 */
export function bootstrapDistribution(
  values: readonly number[],
  statistic: Statistic,
  resamples: number,
  random: RandomGenerator,
): number[] | null {
  return stratifiedBootstrapDistribution([values], statistic, resamples, random);
}

/**
 * Bootstrap distribution of a statistic of all values together, each stratum resampled within itself: the runs of a task
 * replace runs of that task only (Agarwal et al. 2021, as rliable does).
 *
 * @param strata values of one task each. A task with more runs weighs more in the statistic.
 * @param resamples at least 1.
 * @param random advanced by resamples × values draws.
 * @returns in the order drawn; null where no stratum has two values. A stratum of one value is the same in all resamples.
 * @throws RangeError where a value or a statistic is not finite, or without resamples.
 */
export function stratifiedBootstrapDistribution(
  strata: readonly (readonly number[])[],
  statistic: Statistic,
  resamples: number,
  random: RandomGenerator,
): number[] | null {
  if (!(Number.isInteger(resamples) && resamples >= 1)) throw new RangeError(`${resamples} bootstrap resamples`);
  for (const stratum of strata) requireFinite(stratum);
  if (strata.every((stratum) => stratum.length < 2)) return null;
  const resample = new Array<number>(strata.reduce((total, stratum) => total + stratum.length, 0));
  const distribution = Array.from({ length: resamples }, () => {
    let next = 0;
    for (const stratum of strata) {
      for (let i = 0; i < stratum.length; i += 1) {
        resample[next] = stratum[uniformInt(random, 0, stratum.length - 1)] as number;
        next += 1;
      }
    }
    return statistic(resample);
  });
  requireFinite(distribution);
  return distribution;
}

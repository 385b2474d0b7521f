import type { Statistic } from "./bootstrap.ts";
import type { Interval } from "./interval.ts";
import { normalQuantile, normalUpperTail } from "./normal.ts";
import { quantileOfSorted } from "./quantile.ts";
import { mean, requireFinite } from "./sample.ts";

/** Statistics this close, of the largest one, are equal but for rounding. */
const ROUNDING = 1e-12;

/**
 * Percentile interval: the quantiles of a bootstrap distribution that leave (1 − confidence) / 2 on either side (Efron 1979).
 * Too narrow for few values: of 5 normal ones at 0.95 it covers the mean 83 times in 100, of 10 90 times.
 *
 * @param distribution of `bootstrapDistribution`, in any order.
 * @throws RangeError where it is empty or not finite, or at a confidence outside of 0 to 1.
 */
export function percentileInterval(distribution: readonly number[], confidence: number): Interval {
  requireConfidence(confidence);
  return between(distribution, (1 - confidence) / 2, (1 + confidence) / 2);
}

/**
 * Bias-corrected and accelerated interval (Efron 1987): percentiles moved by how far the estimate lies from the median of
 * its bootstrap distribution, ties counting half, and by the skewness of its jackknife values. That mends skewness, not a
 * small n: of 5 normal values at 0.95 it covers the mean 83 times in 100, of 10 89 times; Student's t interval 95 times.
 *
 * @param distribution of `bootstrapDistribution` of the same values and statistic.
 * @returns of width 0 where all values are equal; null with fewer than two values, and where the correction is not defined:
 *   all resamples lie on one side of the estimate, or the acceleration exceeds what the normal quantiles bear.
 * @throws RangeError where a number is not finite, or at a confidence outside of 0 to 1.
 */
export function bcaInterval(
  distribution: readonly number[],
  values: readonly number[],
  statistic: Statistic,
  confidence: number,
): Interval | null {
  requireConfidence(confidence);
  requireFinite(values);
  if (values.length < 2) return null;
  const below = shareBelow(distribution, statistic(values));
  if (below <= 0 || below >= 1) return null;
  const bias = normalQuantile(below);
  const acceleration = jackknifeAcceleration(values, statistic);
  const z = normalQuantile((1 + confidence) / 2);
  const stretches = [1 - acceleration * (bias - z), 1 - acceleration * (bias + z)] as const;
  // Beyond the pole of the correction the ends would change places.
  if (stretches[0] <= 0 || stretches[1] <= 0) return null;
  const lower = normalUpperTail(-(bias + (bias - z) / stretches[0]));
  const upper = normalUpperTail(-(bias + (bias + z) / stretches[1]));
  return between(distribution, lower, upper);
}

/** Σ d³ / (6 (Σ d²)^1.5), d the mean of the statistics without one value each, less each; 0 where they are equal. */
function jackknifeAcceleration(values: readonly number[], statistic: Statistic): number {
  const without = values.map((_, left) => statistic(values.filter((_value, i) => i !== left)));
  const centre = mean(without);
  const deviations = without.map((each) => centre - each);
  const scale = Math.max(...deviations.map(Math.abs));
  if (scale === 0) return 0;
  // In units of the largest one, because cubes overflow and vanish early.
  const squares = deviations.reduce((total, each) => total + (each / scale) ** 2, 0);
  const cubes = deviations.reduce((total, each) => total + (each / scale) ** 3, 0);
  return cubes / (6 * squares ** 1.5);
}

/** Resamples that only reorder the values tie with the estimate; summed in another order they may miss it by rounding. */
function shareBelow(distribution: readonly number[], estimate: number): number {
  requireFinite([estimate, ...distribution]);
  const tie = ROUNDING * distribution.reduce((largest, each) => Math.max(largest, Math.abs(each)), Math.abs(estimate));
  let below = 0;
  for (const each of distribution) below += each < estimate - tie ? 1 : each <= estimate + tie ? 0.5 : 0;
  return below / distribution.length;
}

function between(distribution: readonly number[], lower: number, upper: number): Interval {
  requireFinite(distribution);
  const sorted = distribution.toSorted((a, b) => a - b);
  return { lower: quantileOfSorted(sorted, lower), upper: quantileOfSorted(sorted, upper) };
}

function requireConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`no interval at confidence ${confidence}`);
}

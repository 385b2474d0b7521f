/** A bug, not an input of the user's: whoever calls must keep absent values out. */
export function requireFinite(values: readonly number[]): void {
  for (const value of values) {
    if (!Number.isFinite(value)) throw new RangeError(`a statistic takes finite numbers, not ${value}`);
  }
}

/** The number itself, or the end of the range of numbers that it exceeds; JSON has no infinity. */
export function withinRange(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}

/**
 * A power of two as large as the largest of some finite values: divided by it nothing is rounded, and neither sums nor
 * squares overflow or vanish.
 *
 * @returns 1 where all are 0, or there are none.
 */
export function unitOf(values: readonly number[]): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // The logarithm of the largest number of all rounds up.
  return largest > 0 ? 2 ** Math.min(1023, Math.floor(Math.log2(largest))) : 1;
}

/**
 * Arithmetic mean.
 *
 * @throws RangeError without values, or where one is not finite.
 */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("the mean of no values is not defined");
  requireFinite(values);
  const unit = unitOf(values);
  const scaled = values.map((value) => value / unit);
  const rounded = sum(scaled) / values.length;
  // A second pass takes away the rounding of the first, so that the mean of equal values is that value exactly.
  return unit * (rounded + sum(scaled.map((value) => value - rounded)) / values.length);
}

/**
 * Sample standard deviation, with n − 1 in the denominator; exactly 0 where all values are equal.
 *
 * @throws RangeError with fewer than two values, or where one is not finite.
 */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) throw new RangeError("a standard deviation takes at least two values");
  requireFinite(values);
  const unit = unitOf(values);
  const scaled = values.map((value) => value / unit);
  const centre = mean(scaled);
  const deviations = scaled.map((value) => value - centre);
  // Values far closer to each other than to 0 deviate in a unit of their own.
  const small = unitOf(deviations);
  const root = Math.sqrt(sum(deviations.map((each) => (each / small) ** 2)) / (values.length - 1));
  return withinRange(unit * (small * root));
}

/**
 * The standard deviation that several samples have in common, each about its own mean: √(Σ (n − 1) s² / Σ (n − 1)).
 *
 * @returns null where no sample has two values.
 * @throws RangeError where a value is not finite.
 */
export function pooledStandardDeviation(samples: readonly (readonly number[])[]): number | null {
  const several = samples.filter(({ length }) => length >= 2);
  if (several.length === 0) return null;
  const degrees = several.map(({ length }) => length - 1);
  const roots = several.map(
    (values, i) => standardDeviation(values) * Math.sqrt((degrees[i] as number) / sum(degrees)),
  );
  return withinRange(Math.hypot(...roots));
}

/**
 * first − second, pair by pair.
 *
 * @throws RangeError where the lengths differ.
 */
export function pairedDifferences(first: readonly number[], second: readonly number[]): number[] {
  requireSameLength(first, second);
  return first.map((value, i) => value - (second[i] as number));
}

export function requireSameLength(first: readonly number[], second: readonly number[]): void {
  if (first.length !== second.length) throw new RangeError(`${first.length} values paired with ${second.length}`);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

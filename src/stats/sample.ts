/** A bug, not an input of the user's: whoever calls must keep absent values out. */
export function requireFinite(values: readonly number[]): void {
  for (const value of values) {
    if (!Number.isFinite(value)) throw new RangeError(`a statistic takes finite numbers, not ${value}`);
  }
}

/**
 * Arithmetic mean.
 *
 * @throws RangeError without values, or where one is not finite.
 */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("the mean of no values is not defined");
  requireFinite(values);
  const rounded = sum(values) / values.length;
  // A second pass takes away the rounding of the first, so that the mean of equal values is that value exactly.
  return rounded + sum(values.map((value) => value - rounded)) / values.length;
}

/**
 * Sample standard deviation, with n − 1 in the denominator; exactly 0 where all values are equal.
 *
 * @throws RangeError with fewer than two values, or where one is not finite.
 */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) throw new RangeError("a standard deviation takes at least two values");
  const centre = mean(values);
  return Math.sqrt(sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1));
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

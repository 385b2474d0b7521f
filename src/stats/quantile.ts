/**
 * Quantile of sorted values, linear between the order statistics at (n − 1) p: type 7 of Hyndman & Fan (1996), NumPy's own.
 *
 * @param sorted increasing.
 * @param probability 0 to 1.
 * @throws RangeError without values, or at another probability.
 */
export function quantileOfSorted(sorted: ArrayLike<number>, probability: number): number {
  if (sorted.length === 0) throw new RangeError("no quantile of no values");
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`no quantile at probability ${probability}`);
  const position = (sorted.length - 1) * probability;
  const below = sorted[Math.floor(position)] as number;
  const above = sorted[Math.ceil(position)] as number;
  return below + (position - Math.floor(position)) * (above - below);
}

/** @throws RangeError without values. */
export function median(values: readonly number[]): number {
  return quantileOfSorted(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

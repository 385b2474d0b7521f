/**
 * Holm's step-down adjustment: comparing the results with α bounds the chance of one false discovery among all by α.
 *
 * @param pValues in any order.
 * @returns adjusted p-values in the same order.
 * @throws RangeError where one is not between 0 and 1.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = byValue(pValues);
  const adjusted = new Array<number>(pValues.length);
  let highest = 0;
  for (const [position, i] of order.entries()) {
    highest = Math.max(highest, Math.min(1, (order.length - position) * (pValues[i] as number)));
    adjusted[i] = highest;
  }
  return adjusted;
}

/**
 * Benjamini & Hochberg's step-up adjustment: comparing the results with q bounds the expected share of false
 * discoveries by q, for independent or positively dependent tests.
 *
 * @param pValues in any order.
 * @returns adjusted p-values in the same order.
 * @throws RangeError where one is not between 0 and 1.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = byValue(pValues);
  const adjusted = new Array<number>(pValues.length);
  let lowest = 1;
  for (const [position, i] of [...order.entries()].reverse()) {
    lowest = Math.min(lowest, (order.length / (position + 1)) * (pValues[i] as number));
    adjusted[i] = lowest;
  }
  return adjusted;
}

/** Places of the p-values, smallest first. */
function byValue(pValues: readonly number[]): number[] {
  for (const p of pValues) if (!(p >= 0 && p <= 1)) throw new RangeError(`a p-value is between 0 and 1, not ${p}`);
  return pValues.map((_, i) => i).sort((a, b) => (pValues[a] as number) - (pValues[b] as number));
}

import { requireFinite } from "./sample.ts";

/**
 * Cliff's δ: P(first > second) − P(first < second) over all pairs of two samples.
 *
 * @returns −1 to 1; null where a sample is empty.
 * @throws RangeError where a value is not finite.
 */
export function cliffsDelta(first: readonly number[], second: readonly number[]): number | null {
  requireFinite([...first, ...second]);
  if (first.length === 0 || second.length === 0) return null;
  let dominance = 0;
  for (const a of first) for (const b of second) dominance += Math.sign(a - b);
  return dominance / (first.length * second.length);
}

import type { Interval } from "./interval.ts";
import { normalQuantile } from "./normal.ts";

/**
 * Interval of Kendall's τ of n pairs by Fisher's transformation, with the variance 0.437 / (n − 4) of Fieller, Hartley &
 * Pearson (1957); good for |τ| < 0.8 (Bonett & Wright 2000).
 *
 * @param tau −1 to 1.
 * @returns null with fewer than five pairs; of width 0 at τ = ±1, where the transformation is infinite and says nothing of
 *   how sure that is.
 * @throws RangeError where τ is not between −1 and 1.
 */
export function kendallInterval(tau: number, n: number, confidence: number): Interval | null {
  if (!(tau >= -1 && tau <= 1)) throw new RangeError(`a rank correlation is between −1 and 1, not ${tau}`);
  const quantile = normalQuantile((1 + confidence) / 2);
  if (n < 5) return null;
  const half = quantile * Math.sqrt(0.437 / (n - 4));
  const z = Math.atanh(tau);
  return { lower: Math.tanh(z - half), upper: Math.tanh(z + half) };
}

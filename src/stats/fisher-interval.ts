import type { Interval } from "./interval.ts";
import { normalQuantile } from "./normal.ts";

/** Fisher's transformation of ±1 is infinite. */
const NEAREST_TO_ONE = 1 - 1e-12;

/**
 * Interval of Spearman's ρ of n pairs by Fisher's transformation, with the variance (1 + ρ²/2) / (n − 3) of Bonett & Wright
 * (2000).
 *
 * @returns null with fewer than four pairs.
 */
export function spearmanInterval(rho: number, n: number, confidence: number): Interval | null {
  if (n < 4) return null;
  const z = Math.atanh(Math.max(-NEAREST_TO_ONE, Math.min(NEAREST_TO_ONE, rho)));
  const half = normalQuantile((1 + confidence) / 2) * Math.sqrt((1 + rho ** 2 / 2) / (n - 3));
  return { lower: Math.tanh(z - half), upper: Math.tanh(z + half) };
}

import type { Interval } from "./interval.ts";
import { normalQuantile } from "./normal.ts";

/**
 * Fisher's transform of Spearman's ρ of n pairs, with the variance (1 + ρ²/2) / (n − 3) of Bonett & Wright (2000). That of
 * ±1 is infinite; it is taken halfway from there to the next value that n ranks can have.
 *
 * @returns null with fewer than four pairs.
 */
export function fisherZ(rho: number, n: number): { readonly estimate: number; readonly standardError: number } | null {
  if (n < 4) return null;
  // Two neighbouring ranks exchanged give ρ = 1 − 12 / (n³ − n).
  const most = 1 - 6 / (n ** 3 - n);
  const estimate = Math.atanh(Math.max(-most, Math.min(most, rho)));
  return { estimate, standardError: Math.sqrt((1 + rho ** 2 / 2) / (n - 3)) };
}

/**
 * Interval of Spearman's ρ of n pairs, by Fisher's transform.
 *
 * @returns null with fewer than four pairs.
 */
export function spearmanInterval(rho: number, n: number, confidence: number): Interval | null {
  const transformed = fisherZ(rho, n);
  if (!transformed) return null;
  const { estimate, standardError } = transformed;
  const half = normalQuantile((1 + confidence) / 2) * standardError;
  return { lower: Math.min(rho, Math.tanh(estimate - half)), upper: Math.max(rho, Math.tanh(estimate + half)) };
}

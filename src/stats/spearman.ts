import { rank } from "./ranks.ts";
import { mean, requireSameLength } from "./sample.ts";
import { studentTTwoSided } from "./student-t.ts";

interface Spearman {
  /** −1 to 1. */
  readonly rho: number;
  /** Two-sided, by Student's t with n − 2 degrees of freedom, as SciPy does; rough for few pairs. */
  readonly p: number;
}

/**
 * Spearman's rank correlation; ties share their mean rank.
 *
 * @returns null with fewer than three pairs, or where one side does not vary.
 * @throws RangeError where the lengths differ, or where a value is not finite.
 */
export function spearman(first: readonly number[], second: readonly number[]): Spearman | null {
  requireSameLength(first, second);
  const rho = correlation(rank(first).ranks, rank(second).ranks);
  if (first.length < 3 || rho === null) return null;
  const df = first.length - 2;
  const t = rho * Math.sqrt(df / ((1 - rho) * (1 + rho)));
  return { rho, p: studentTTwoSided(t, df) };
}

/** Pearson's correlation; null where one side does not vary. */
function correlation(first: readonly number[], second: readonly number[]): number | null {
  if (first.length === 0) return null;
  const a = centred(first);
  const b = centred(second);
  const scale = Math.sqrt(product(a, a) * product(b, b));
  return scale === 0 ? null : Math.max(-1, Math.min(1, product(a, b) / scale));
}

function centred(values: readonly number[]): number[] {
  const centre = mean(values);
  return values.map((value) => value - centre);
}

function product(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, i) => total + value * (b[i] as number), 0);
}

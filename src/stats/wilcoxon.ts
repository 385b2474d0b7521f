import { normalUpperTail } from "./normal.ts";
import { rank, tieTerm } from "./ranks.ts";
import { pairedDifferences } from "./sample.ts";

interface Wilcoxon {
  /** The smaller of the rank sums of positive and of negative differences. */
  readonly w: number;
  /** Two-sided. */
  readonly p: number;
  /** Pairs that differ; equal pairs are left out, as Wilcoxon did. */
  readonly n: number;
}

const MOST_EXACT_PAIRS = 50;

/**
 * Wilcoxon's signed-rank test. Exact where no differences are tied or 0 and there are at most 50 pairs, else by the
 * normal distribution, corrected for ties.
 *
 * @returns null where no pair differs.
 * @throws RangeError where the lengths differ, or where a value is not finite.
 */
export function wilcoxon(first: readonly number[], second: readonly number[]): Wilcoxon | null {
  const all = pairedDifferences(first, second);
  const differences = all.filter((difference) => difference !== 0);
  const n = differences.length;
  const { ranks, ties } = rank(differences.map(Math.abs));
  if (n === 0) return null;
  const total = (n * (n + 1)) / 2;
  const positive = ranks.reduce((sum, each, i) => sum + ((differences[i] as number) > 0 ? each : 0), 0);
  const w = Math.min(positive, total - positive);
  if (ties.length === 0 && n === all.length && n <= MOST_EXACT_PAIRS) {
    return { w, p: Math.min(1, 2 * exactLowerTail(w, n)), n };
  }
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tieTerm(ties) / 48;
  return { w, p: Math.min(1, 2 * normalUpperTail((total / 2 - w) / Math.sqrt(variance))), n };
}

/** P(W ≤ w) where each of the ranks 1 … n is positive or negative with probability 1/2. */
function exactLowerTail(w: number, n: number): number {
  let shares = [1];
  for (let each = 1; each <= n; each += 1) {
    const previous = shares;
    shares = Array.from(
      { length: previous.length + each },
      (_, sum) => ((previous[sum] ?? 0) + (previous[sum - each] ?? 0)) / 2,
    );
  }
  return shares.slice(0, w + 1).reduce((total, share) => total + share, 0);
}

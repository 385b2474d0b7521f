import { normalUpperTail } from "./normal.ts";
import { rank, tieTerm } from "./ranks.ts";

interface MannWhitney {
  /** Pairs in which the first sample's value is the greater one; ties count half. */
  readonly u: number;
  /** Two-sided. */
  readonly p: number;
}

const MOST_EXACT_PAIRS = 2500;

/**
 * Mann-Whitney U test of two independent samples. Exact where no values are tied and there are at most 2500 pairs, else
 * by the normal distribution, corrected for ties and continuity.
 *
 * @returns null where a sample is empty.
 * @throws RangeError where a value is not finite.
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): MannWhitney | null {
  const n = first.length;
  const m = second.length;
  const { ranks, ties } = rank([...first, ...second]);
  if (n === 0 || m === 0) return null;
  const u = ranks.slice(0, n).reduce((total, each) => total + each, 0) - (n * (n + 1)) / 2;
  const further = Math.max(u, n * m - u);
  if (ties.length === 0 && n * m <= MOST_EXACT_PAIRS) return { u, p: Math.min(1, 2 * exactUpperTail(further, n, m)) };

  const total = n + m;
  const variance = ((n * m) / 12) * (total + 1 - tieTerm(ties) / (total * (total - 1)));
  if (variance === 0) return { u, p: 1 };
  const z = (further - (n * m) / 2 - 0.5) / Math.sqrt(variance);
  return { u, p: Math.min(1, 2 * normalUpperTail(z)) };
}

/** P(U ≥ u) where every arrangement of n and m values is as likely. */
function exactUpperTail(u: number, n: number, m: number): number {
  // shares[i][v]: probability of U = v for i values of the first sample and the j of the second taken up so far.
  let shares = Array.from({ length: n + 1 }, () => [1]);
  for (let j = 1; j <= m; j += 1) {
    const next: number[][] = [[1]];
    for (let i = 1; i <= n; i += 1) {
      const lastIsFirst = next[i - 1] as number[];
      const lastIsSecond = shares[i] as number[];
      // The largest value is the first sample's with probability i / (i + j); then it exceeds all j of the second.
      next.push(
        Array.from(
          { length: i * j + 1 },
          (_, v) => (i * (lastIsFirst[v - j] ?? 0) + j * (lastIsSecond[v] ?? 0)) / (i + j),
        ),
      );
    }
    shares = next;
  }
  return (shares[n] as number[]).slice(u).reduce((total, share) => total + share, 0);
}

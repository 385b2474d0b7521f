import { mean, requireSameLength, unitOf } from "./sample.ts";

/** How much better two lines describe some points than one. */
export interface ChangePoint {
  /** BIC of one line less that of two; above 0 where two are better. */
  readonly bicDifference: number;
  /** Where the two lines meet: one of the positions. */
  readonly at: number;
}

/** Points beyond the break on either side. */
const LEAST_BEYOND = 2;
/** A sum of squared residuals below this share of the variation counts as no residual at all. */
const SMALLEST_SHARE = 1e-12;
/** Rounding of a value, relative to the largest; the same for what is left of equal values. */
const ROUNDING = 1e-14;

/**
 * One straight line against two that meet at one of the points, by the Bayesian information criterion with Gaussian errors:
 * n ln(RSS / n) + k ln n, with k = 3 (line and variance) against 5 (another slope, and where).
 *
 * @param x increasing.
 * @returns null with fewer than six points; of a perfect line, no gain; of two perfect lines, a finite one.
 * @see Schwarz 1978; Muggeo 2003 for the broken line
 */
export function changePoint(x: readonly number[], y: readonly number[]): ChangePoint | null {
  requireSameLength(x, y);
  const n = x.length;
  if (n < 6) return null;
  // No unit of y changes the difference of BIC.
  const unit = unitOf(y);
  const scaled = y.map((value) => value / unit);
  const centre = mean(scaled);
  const centred = scaled.map((value) => value - centre);
  const rounding = ROUNDING * Math.max(...scaled.map(Math.abs));
  const floor = Math.max(SMALLEST_SHARE * dot(centred, centred), n * rounding ** 2);
  const line = [x.map(() => 1), x];
  const one = residual(line, centred);
  let best = { at: x[LEAST_BEYOND] as number, residual: Number.POSITIVE_INFINITY };
  for (const at of x.slice(LEAST_BEYOND, n - LEAST_BEYOND)) {
    const found = residual([...line, x.map((position) => Math.max(0, position - at))], centred);
    if (found < best.residual) best = { at, residual: found };
  }
  const gain = one <= floor ? 0 : n * Math.log(one / Math.max(best.residual, floor));
  return { bicDifference: gain - 2 * Math.log(n), at: best.at };
}

/** Sum of squared residuals of least squares, by Gram-Schmidt. */
function residual(columns: readonly (readonly number[])[], y: readonly number[]): number {
  const basis: number[][] = [];
  const without = (vector: readonly number[]) => {
    let rest = [...vector];
    for (const unit of basis) {
      const share = dot(rest, unit);
      rest = rest.map((value, i) => value - share * (unit[i] as number));
    }
    return rest;
  };
  for (const column of columns) {
    const rest = without(without(column));
    const length = Math.sqrt(dot(rest, rest));
    if (length > 0) basis.push(rest.map((value) => value / length));
  }
  const left = without(without(y));
  return dot(left, left);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}

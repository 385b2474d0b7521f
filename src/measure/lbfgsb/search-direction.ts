import type { Box } from "./box.ts";
import type { CauchyPoint } from "./cauchy-point.ts";
import { BLOCK_ROWS, type CorrectionHistory } from "./correction-history.ts";
import { byColumn, rowProducts } from "./history-products.ts";
import { AT_LOWER, FREE } from "./projected-path.ts";
import type { SubspaceStep } from "./subspace-minimisation.ts";

/** Where an iteration starts, and what it knows about the way from there. */
export interface Departure {
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  readonly box: Box;
  readonly status: Uint8Array;
  readonly history: CorrectionHistory;
  readonly cauchy: CauchyPoint;
  /** Absent when the Cauchy point is the target. */
  readonly subspace: SubspaceStep | undefined;
}

export interface SearchDirection {
  /** ∇f · direction. */
  readonly slope: number;
  readonly length: number;
  /** The largest step that stays in the box: at least 1; Infinity when no bound is ahead. */
  readonly longestStep: number;
}

/**
 * Writes the model's minimiser, brought back into the box, into `target` and the way there into `direction`.
 *
 * Variable by variable projection is tried first; where it leads uphill, the step from the Cauchy point is cut at the first bound instead.
 *
 * @see Morales, Nocedal 2011, Remark on Algorithm 778, ACM TOMS 38(1).
 */
export function searchDirection(from: Departure, target: Float64Array, direction: Float64Array): SearchDirection {
  const projected = aim(from, 1, target, direction);
  if (projected.slope <= 0 || from.subspace === undefined) return projected;
  return aim(from, shareToFirstBound(from), target, direction);
}

/** Writes target = P(Cauchy point + share·subspace step). */
function aim(
  { x, gradient, box: { lower, upper }, status, history, cauchy, subspace }: Departure,
  share: number,
  target: Float64Array,
  direction: Float64Array,
): SearchDirection {
  const alongGradient = -cauchy.step - share * (subspace?.gradientShare ?? 0);
  const coefficients = subspace === undefined ? undefined : byColumn(history, subspace.coefficients);
  const products = new Float64Array(BLOCK_ROWS);
  let slope = 0;
  let squaredLength = 0;
  let longestStep = Number.POSITIVE_INFINITY;
  for (let start = 0; start < x.length; start += BLOCK_ROWS) {
    const rows = Math.min(BLOCK_ROWS, x.length - start);
    if (coefficients !== undefined) rowProducts(history, coefficients, start, rows, products);
    for (let r = 0; r < rows; r++) {
      const i = start + r;
      const low = lower[i]!;
      const high = upper[i]!;
      const position = x[i]!;
      const held = status[i]!;
      let goal = held === AT_LOWER ? low : high;
      if (held === FREE) {
        goal = position + alongGradient * gradient[i]! + share * products[r]!;
        if (goal < low) goal = low;
        else if (goal > high) goal = high;
      }
      const way = goal - position;
      target[i] = goal;
      direction[i] = way;
      slope += way * gradient[i]!;
      squaredLength += way * way;
      // Of the two only the bound ahead can be reached; 0 · Infinity is NaN and fails both.
      if (way * longestStep < low - position) longestStep = (low - position) / way;
      else if (way * longestStep > high - position) longestStep = (high - position) / way;
    }
  }
  return { slope, length: Math.sqrt(squaredLength), longestStep };
}

/** The share of the subspace step, at most 1, that keeps every free variable between its bounds. */
function shareToFirstBound({ x, gradient, box, status, history, cauchy, subspace }: Departure): number {
  const coefficients = byColumn(history, subspace!.coefficients);
  const products = new Float64Array(BLOCK_ROWS);
  let share = 1;
  for (let start = 0; start < x.length; start += BLOCK_ROWS) {
    const rows = Math.min(BLOCK_ROWS, x.length - start);
    rowProducts(history, coefficients, start, rows, products);
    for (let r = 0; r < rows; r++) {
      const i = start + r;
      if (status[i] !== FREE) continue;
      const step = products[r]! - subspace!.gradientShare * gradient[i]!;
      if (step === 0) continue;
      const room = (step < 0 ? box.lower[i]! : box.upper[i]!) - (x[i]! - cauchy.step * gradient[i]!);
      if (step < 0 ? room >= 0 : room <= 0) share = 0;
      else if (Math.abs(step * share) > Math.abs(room)) share = room / step;
    }
  }
  return share;
}

import { factorCholesky, solveLower } from "./cholesky.ts";
import type { CorrectionHistory } from "./correction-history.ts";

/**
 * The limited-memory BFGS matrix in compact form, B = θ·I − W·M·Wᵀ with W = [Y, θ·S] (Byrd et al. 1995, eq. 3.2).
 *
 * M is split as Tᵀ·diag(−1, …, −1, +1, …, +1)·T. A row w of W enters as its *signed coordinates* T·w, whose first half counts
 * negative and whose second half counts positive: a product wᵀ·M·v then costs 2·pairs multiplications instead of 4·pairs², which is
 * what makes a breakpoint cheap.
 *
 * Rows and coefficients hold y and s by turns, oldest pair first, without θ.
 */
export interface CompactMatrix {
  readonly pairs: number;
  readonly theta: number;
  /** Inner products by age: y_i·y_j is at (2i, 2j), s_i·y_j at (2i + 1, 2j). Float64Array[(2·pairs)²]. */
  readonly gram: Float64Array;
  /** 1 / √(sᵢᵀyᵢ): the first half of T is this diagonal on y. */
  readonly negativeScale: Float64Array;
  /** The second half of T: row i, at i·(i + 1), has the 2·(i + 1) weights of (y₀, s₀, …, yᵢ, sᵢ). */
  readonly positiveRows: Float64Array;
}

/** B before any pair is known: the identity. */
export const IDENTITY: CompactMatrix = {
  pairs: 0,
  theta: 1,
  gram: new Float64Array(0),
  negativeScale: new Float64Array(0),
  positiveRows: new Float64Array(0),
};

/** @returns undefined when rounding has left the matrix not positive definite: the pairs are then useless. */
export function compactMatrix(history: CorrectionHistory): CompactMatrix | undefined {
  const pairs = history.order.length;
  if (pairs === 0) return IDENTITY;
  const size = 2 * pairs;
  const gram = gramByAge(history, history.gram);
  const newest = size - 2;
  const theta = gram[newest * size + newest]! / gram[(newest + 1) * size + newest]!;
  if (!(theta > 0 && theta < Number.POSITIVE_INFINITY)) return undefined;
  const stepChange = (i: number, j: number) => gram[(2 * i + 1) * size + 2 * j]!;

  // J·Jᵀ = θ·SᵀS + L·D⁻¹·Lᵀ, L the strictly lower part of SᵀY and D its diagonal.
  const factor = new Float64Array(pairs * pairs);
  for (let i = 0; i < pairs; i++) {
    if (!(stepChange(i, i) > 0)) return undefined;
    for (let j = 0; j <= i; j++) {
      let value = theta * gram[(2 * i + 1) * size + 2 * j + 1]!;
      for (let k = 0; k < j; k++) value += (stepChange(i, k) * stepChange(j, k)) / stepChange(k, k);
      factor[i * pairs + j] = value;
    }
  }
  if (!factorCholesky(factor, pairs)) return undefined;

  const negativeScale = Float64Array.from({ length: pairs }, (_, i) => 1 / Math.sqrt(stepChange(i, i)));
  const positiveRows = new Float64Array(pairs * (pairs + 1));
  const column = new Float64Array(pairs);
  for (let j = 0; j < pairs; j++) {
    for (let i = 0; i < pairs; i++) column[i] = i > j ? stepChange(i, j) / stepChange(j, j) : 0;
    solveLower(factor, pairs, column);
    for (let i = j; i < pairs; i++) positiveRows[i * (i + 1) + 2 * j] = column[i]!;
    column.fill(0);
    column[j] = theta;
    solveLower(factor, pairs, column);
    for (let i = j; i < pairs; i++) positiveRows[i * (i + 1) + 2 * j + 1] = column[i]!;
  }
  return { pairs, theta, gram, negativeScale, positiveRows };
}

/** Writes T·row into `signed` at `to`; `row` starts at `at`. */
export function signedCoordinates(
  { pairs, negativeScale, positiveRows }: CompactMatrix,
  row: Float64Array,
  at: number,
  signed: Float64Array,
  to: number,
): void {
  for (let i = 0, p = 0; i < pairs; i++) {
    signed[to + i] = negativeScale[i]! * row[at + 2 * i]!;
    let even = 0;
    let odd = 0;
    for (let q = at; q <= at + 2 * i; q += 2, p += 2) {
      even += positiveRows[p]! * row[q]!;
      odd += positiveRows[p + 1]! * row[q + 1]!;
    }
    signed[to + pairs + i] = even + odd;
  }
}

/** The coefficients c with c·row = wᵀ·M·v for every row, given v in signed coordinates. */
export function middleProduct(
  { pairs, negativeScale, positiveRows }: CompactMatrix,
  signed: Float64Array,
): Float64Array {
  const coefficients = new Float64Array(2 * pairs);
  for (let i = 0, p = 0; i < pairs; i++) {
    coefficients[2 * i] = coefficients[2 * i]! - negativeScale[i]! * signed[i]!;
    const weight = signed[pairs + i]!;
    for (let q = 0; q < 2 * (i + 1); q++, p++) coefficients[q] = coefficients[q]! + positiveRows[p]! * weight;
  }
  return coefficients;
}

/** Reorders a Gram matrix of the history's columns by the age of the pairs. */
export function gramByAge(history: CorrectionHistory, gram: Float64Array): Float64Array {
  const size = 2 * history.order.length;
  const columns = history.order.flatMap((slot) => [2 * slot, 2 * slot + 1]);
  const sorted = new Float64Array(size * size);
  columns.forEach((from, row) => {
    columns.forEach((other, column) => {
      sorted[row * size + column] = gram[from * history.width + other]!;
    });
  });
  return sorted;
}

import { BLOCK_ROWS, type CorrectionHistory } from "./correction-history.ts";
import { FREE } from "./projected-path.ts";

/*
 * Products with the n × 2·pairs matrix of all corrections. Vectors of 2·pairs hold y and s by turns, oldest pair first:
 * (y₀, s₀, y₁, s₁, …).
 */

/** Sum over the free variables of −gradient[i] · row i. */
export function descentProduct(history: CorrectionHistory, status: Uint8Array, gradient: Float64Array): Float64Array {
  const sums = new Float64Array(4 * history.slabs.length);
  const block = new Float64Array(BLOCK_ROWS);
  for (let from = 0; from < gradient.length; from += BLOCK_ROWS) {
    const rows = Math.min(BLOCK_ROWS, gradient.length - from);
    for (let r = 0; r < rows; r++) block[r] = status[from + r] === FREE ? -gradient[from + r]! : 0;
    for (let slab = 0; slab < history.slabs.length; slab++) {
      addWeightedRows(history.slabs[slab]!, from, rows, block, sums, 4 * slab);
    }
  }
  return byAge(history, sums);
}

/** Writes coefficients · row i into products[i − from] for `rows` rows, at most {@link BLOCK_ROWS}. */
export function rowProducts(
  history: CorrectionHistory,
  coefficients: Float64Array,
  from: number,
  rows: number,
  products: Float64Array,
): void {
  products.fill(0, 0, rows);
  for (let slab = 0; slab < history.slabs.length; slab++) {
    addRowProducts(history.slabs[slab]!, coefficients, 4 * slab, from, rows, products);
  }
}

/** Reorders a vector of 2·pairs from age to the columns of the slabs, as {@link rowProducts} wants it. */
export function byColumn(history: CorrectionHistory, vector: Float64Array): Float64Array {
  const columns = new Float64Array(history.width);
  history.order.forEach((slot, age) => {
    columns[2 * slot] = vector[2 * age]!;
    columns[2 * slot + 1] = vector[2 * age + 1]!;
  });
  return columns;
}

function byAge(history: CorrectionHistory, columns: Float64Array): Float64Array {
  const vector = new Float64Array(2 * history.order.length);
  history.order.forEach((slot, age) => {
    vector[2 * age] = columns[2 * slot]!;
    vector[2 * age + 1] = columns[2 * slot + 1]!;
  });
  return vector;
}

/**
 * Sum of the outer products of the rows of all variables that are free, or of all that are not: Float64Array[width·width], rows and
 * columns as in {@link CorrectionHistory.gram}.
 */
export function partialGram(history: CorrectionHistory, status: Uint8Array, of: "free" | "bound"): Float64Array {
  const sums = new Float64Array(history.width * history.width);
  const block = new Int32Array(BLOCK_ROWS);
  const wantsFree = of === "free";
  let rows = 0;
  for (let i = 0; i < status.length; i++) {
    if ((status[i] === FREE) === wantsFree) block[rows++] = 4 * i;
    if (rows === BLOCK_ROWS || (i === status.length - 1 && rows > 0)) {
      for (let a = 0; a < history.slabs.length; a++) {
        for (let b = 0; b <= a; b++) {
          addOuterProducts(history.slabs[a]!, history.slabs[b]!, block, rows, sums, history.width, 4 * a, 4 * b);
        }
      }
      rows = 0;
    }
  }
  for (let row = 0; row < history.width; row++) {
    for (let column = row + 1; column < history.width; column++) {
      sums[row * history.width + column] = sums[column * history.width + row]!;
    }
  }
  return sums;
}

function addWeightedRows(
  slab: Float64Array,
  from: number,
  rows: number,
  weights: Float64Array,
  sums: Float64Array,
  at: number,
): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let r = 0, p = 4 * from; r < rows; r++, p += 4) {
    const weight = weights[r]!;
    a += slab[p]! * weight;
    b += slab[p + 1]! * weight;
    c += slab[p + 2]! * weight;
    d += slab[p + 3]! * weight;
  }
  sums[at] = sums[at]! + a;
  sums[at + 1] = sums[at + 1]! + b;
  sums[at + 2] = sums[at + 2]! + c;
  sums[at + 3] = sums[at + 3]! + d;
}

function addRowProducts(
  slab: Float64Array,
  coefficients: Float64Array,
  at: number,
  from: number,
  rows: number,
  products: Float64Array,
): void {
  const a = coefficients[at]!;
  const b = coefficients[at + 1]!;
  const c = coefficients[at + 2]!;
  const d = coefficients[at + 3]!;
  for (let r = 0, p = 4 * from; r < rows; r++, p += 4) {
    products[r] = products[r]! + (a * slab[p]! + b * slab[p + 1]! + (c * slab[p + 2]! + d * slab[p + 3]!));
  }
}

/** One 4 × 4 tile of the Gram matrix, its sixteen sums in registers. */
function addOuterProducts(
  left: Float64Array,
  right: Float64Array,
  places: Int32Array,
  rows: number,
  sums: Float64Array,
  width: number,
  row: number,
  column: number,
): void {
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  let s23 = 0;
  let s30 = 0;
  let s31 = 0;
  let s32 = 0;
  let s33 = 0;
  for (let r = 0; r < rows; r++) {
    const p = places[r]!;
    const b0 = right[p]!;
    const b1 = right[p + 1]!;
    const b2 = right[p + 2]!;
    const b3 = right[p + 3]!;
    const a0 = left[p]!;
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    const a1 = left[p + 1]!;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
    const a2 = left[p + 2]!;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    s23 += a2 * b3;
    const a3 = left[p + 3]!;
    s30 += a3 * b0;
    s31 += a3 * b1;
    s32 += a3 * b2;
    s33 += a3 * b3;
  }
  addRow(sums, row * width + column, s00, s01, s02, s03);
  addRow(sums, (row + 1) * width + column, s10, s11, s12, s13);
  addRow(sums, (row + 2) * width + column, s20, s21, s22, s23);
  addRow(sums, (row + 3) * width + column, s30, s31, s32, s33);
}

function addRow(sums: Float64Array, at: number, a: number, b: number, c: number, d: number): void {
  sums[at] = sums[at]! + a;
  sums[at + 1] = sums[at + 1]! + b;
  sums[at + 2] = sums[at + 2]! + c;
  sums[at + 3] = sums[at + 3]! + d;
}

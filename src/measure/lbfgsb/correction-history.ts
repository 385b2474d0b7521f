/**
 * The last correction pairs (s, y) of a quasi-Newton method, s the step taken and y the change of the gradient, and all their
 * inner products.
 *
 * Every use of the pairs is a pass over n rows or a visit of single rows in no order, so the pairs are stored by row, two pairs
 * to a slab: row i of a slab is (y_a, s_a, y_b, s_b)[i], four neighbours in memory. A slab is allocated when its first pair
 * arrives. Column 2·slot belongs to y, column 2·slot + 1 to s; {@link order} says which slot is how old.
 */
export class CorrectionHistory {
  /** Slots in use, oldest pair first. */
  readonly order: number[] = [];
  /** Slabs in use, each Float64Array[n·4]. */
  readonly slabs: Float64Array[] = [];
  /** Columns of the slabs that could ever be in use: the row length of {@link gram}. */
  readonly width: number;
  /** Inner products of all columns, Float64Array[width·width], symmetric. Meaningful for slots in use only. */
  readonly gram: Float64Array;

  readonly #dimension: number;
  readonly #capacity: number;
  readonly #stepBlock = new Float64Array(BLOCK_ROWS);
  readonly #changeBlock = new Float64Array(BLOCK_ROWS);

  /** @param capacity pairs kept; the oldest makes room for the newest. */
  constructor(dimension: number, capacity: number) {
    this.#dimension = dimension;
    this.#capacity = capacity;
    this.width = 4 * Math.ceil(capacity / 2);
    this.gram = new Float64Array(this.width * this.width);
  }

  /** Forgets all pairs. */
  clear(): void {
    for (const slab of this.slabs) slab.fill(0);
    this.order.length = 0;
  }

  /** Adds the pair s = step·direction, y = gradient − gradientBefore. */
  append(step: number, direction: Float64Array, gradient: Float64Array, gradientBefore: Float64Array): void {
    const slot = this.order.length < this.#capacity ? this.order.length : this.order.shift()!;
    this.order.push(slot);
    if (slot >> 1 >= this.slabs.length) this.slabs.push(new Float64Array(4 * this.#dimension));
    const home = this.slabs[slot >> 1]!;
    const inHome = 2 * (slot & 1);
    const steps = this.#stepBlock;
    const changes = this.#changeBlock;
    const products = new Float64Array(2 * this.width);
    for (let from = 0; from < this.#dimension; from += BLOCK_ROWS) {
      const rows = Math.min(BLOCK_ROWS, this.#dimension - from);
      for (let r = 0, at = 4 * from + inHome; r < rows; r++, at += 4) {
        const change = gradient[from + r]! - gradientBefore[from + r]!;
        const moved = step * direction[from + r]!;
        changes[r] = change;
        steps[r] = moved;
        home[at] = change;
        home[at + 1] = moved;
      }
      for (let slab = 0; slab < this.slabs.length; slab++) {
        addPairProducts(this.slabs[slab]!, from, rows, changes, steps, products, 8 * slab);
      }
    }
    for (let column = 0; column < this.width; column++) {
      const withChange = products[2 * column]!;
      const withStep = products[2 * column + 1]!;
      this.gram[column * this.width + 2 * slot] = withChange;
      this.gram[2 * slot * this.width + column] = withChange;
      this.gram[column * this.width + 2 * slot + 1] = withStep;
      this.gram[(2 * slot + 1) * this.width + column] = withStep;
    }
  }
}

/** Rows handled at a time: few enough that a block of every slab stays in the second-level cache. */
export const BLOCK_ROWS = 256;

function addPairProducts(
  slab: Float64Array,
  from: number,
  rows: number,
  changes: Float64Array,
  steps: Float64Array,
  products: Float64Array,
  at: number,
): void {
  let c0 = 0;
  let c1 = 0;
  let c2 = 0;
  let c3 = 0;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let r = 0, p = 4 * from; r < rows; r++, p += 4) {
    const change = changes[r]!;
    const step = steps[r]!;
    const w0 = slab[p]!;
    const w1 = slab[p + 1]!;
    const w2 = slab[p + 2]!;
    const w3 = slab[p + 3]!;
    c0 += w0 * change;
    c1 += w1 * change;
    c2 += w2 * change;
    c3 += w3 * change;
    s0 += w0 * step;
    s1 += w1 * step;
    s2 += w2 * step;
    s3 += w3 * step;
  }
  products[at] = products[at]! + c0;
  products[at + 1] = products[at + 1]! + s0;
  products[at + 2] = products[at + 2]! + c1;
  products[at + 3] = products[at + 3]! + s1;
  products[at + 4] = products[at + 4]! + c2;
  products[at + 5] = products[at + 5]! + s2;
  products[at + 6] = products[at + 6]! + c3;
  products[at + 7] = products[at + 7]! + s3;
}

import type { BreakpointQueue, QueueBuffers } from "./breakpoint-queue.ts";
import { type CompactMatrix, middleProduct, signedCoordinates } from "./compact-matrix.ts";
import type { CorrectionHistory } from "./correction-history.ts";
import { descentProduct } from "./history-products.ts";
import { AT_LOWER, AT_UPPER, type ProjectedPath } from "./projected-path.ts";

/**
 * The first local minimiser of the quadratic model along the projected gradient path. It is not written out: a free variable is at
 * x − step·∇f, any other at its bound.
 */
export interface CauchyPoint {
  readonly step: number;
  /** Variables between their bounds at the Cauchy point. */
  readonly free: number;
  /** Sum over the free variables of −gradient · row. */
  readonly descent: Float64Array;
  /** The coefficients c with c·row = wᵀ·M·Wᵀ·(cauchy point − x). */
  readonly displacement: Float64Array;
}

/** Rows fetched together, so that their cache misses overlap. */
const BATCH = 64;

/**
 * Walks along the path from breakpoint to breakpoint until the model's slope stops being negative (Byrd et al. 1995, algorithm CP).
 * Variables passed on the way are marked in `status` as held by their bound.
 *
 * Breakpoints are sorted no further than the minimiser of the present segment would reach. A breakpoint costs O(pairs²), with one
 * visit to one row of the history.
 */
export function cauchyPoint(
  path: ProjectedPath,
  gradient: Float64Array,
  breakpoints: Float64Array,
  status: Uint8Array,
  history: CorrectionHistory,
  matrix: CompactMatrix,
  queue: BreakpointQueue,
  buffers: QueueBuffers,
): CauchyPoint {
  const { pairs, theta } = matrix;
  const width = 2 * pairs;
  let descent = pairs > 0 ? descentProduct(history, status, gradient) : new Float64Array(0);
  // p = Wᵀ·direction, c = Wᵀ·(point − x), w = one row of W, in signed coordinates.
  const p = new Float64Array(width);
  const c = new Float64Array(width);
  const w = new Float64Array(width);
  signedCoordinates(matrix, descent, 0, p, 0);
  const leastCurvature = Number.EPSILON * theta * path.descent;
  let slope = -path.descent;
  let curvature = Math.max(leastCurvature, theta * path.descent - signedProduct(p, p, pairs));
  let t = 0;
  let ahead = path.moving > 0 ? -slope / curvature : 0;
  let { moving, free } = path;

  const rows = new Float64Array(BATCH * width);
  let collectedUpTo = -1;
  let reach = 1;
  let found = moving === 0;
  while (!found && t + ahead > collectedUpTo) {
    const upTo = t + reach * ahead;
    const count = queue.collect(breakpoints, collectedUpTo, upTo, buffers);
    const { keys, variables } = queue;
    // Few searches need a second helping; one that needs many must not scan all breakpoints for a handful each time.
    reach *= 2;
    collectedUpTo = upTo;
    for (let k = 0; k < count; k++) {
      if (pairs > 0 && k % BATCH === 0) fetchRows(history, variables, k, Math.min(count, k + BATCH), rows);
      const breakpoint = keys[k]!;
      const length = breakpoint - t;
      if (ahead < length) {
        found = true;
        break;
      }
      t = breakpoint;
      const variable = variables[k]!;
      const direction = -gradient[variable]!;
      status[variable] = direction > 0 ? AT_UPPER : AT_LOWER;
      free--;
      moving--;
      const squared = direction * direction;
      slope += length * curvature + squared - theta * squared * t;
      curvature -= theta * squared;
      if (pairs > 0) {
        const row = (k % BATCH) * width;
        signedCoordinates(matrix, rows, row, w, 0);
        let wc = 0;
        let wp = 0;
        let ww = 0;
        for (let j = 0; j < width; j++) {
          const sign = j < pairs ? -1 : 1;
          const wj = w[j]!;
          const pj = p[j]!;
          const cj = c[j]! + length * pj;
          wc += sign * wj * cj;
          wp += sign * wj * pj;
          ww += sign * wj * wj;
          c[j] = cj;
          p[j] = pj - direction * wj;
          descent[j] = descent[j]! - direction * rows[row + j]!;
        }
        slope += direction * wc;
        curvature += 2 * direction * wp - squared * ww;
      }
      curvature = Math.max(leastCurvature, curvature);
      ahead = moving > 0 ? -slope / curvature : 0;
      if (moving === 0) {
        found = true;
        break;
      }
    }
  }
  ahead = Math.max(0, ahead);
  for (let j = 0; j < width; j++) c[j] = c[j]! + ahead * p[j]!;
  // What is left of a sum after most of its terms were taken away again is mostly rounding: sum the few afresh.
  if (pairs > 0 && path.free - free > free && free > 0) descent = descentProduct(history, status, gradient);
  return { step: t + ahead, free, descent, displacement: middleProduct(matrix, c) };
}

function signedProduct(a: Float64Array, b: Float64Array, pairs: number): number {
  let sum = 0;
  for (let j = 0; j < pairs; j++) sum += a[pairs + j]! * b[pairs + j]! - a[j]! * b[j]!;
  return sum;
}

function fetchRows(
  history: CorrectionHistory,
  variables: Int32Array,
  from: number,
  to: number,
  rows: Float64Array,
): void {
  const { order, slabs } = history;
  const width = 2 * order.length;
  for (let age = 0; age < order.length; age++) {
    const slot = order[age]!;
    const slab = slabs[slot >> 1]!;
    const inSlab = 2 * (slot & 1);
    for (let k = from, row = 2 * age; k < to; k++, row += width) {
      const at = 4 * variables[k]! + inSlab;
      rows[row] = slab[at]!;
      rows[row + 1] = slab[at + 1]!;
    }
  }
}

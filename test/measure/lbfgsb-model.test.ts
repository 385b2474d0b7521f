import fc from "fast-check";
import { expect, test } from "vitest";
import { BreakpointQueue } from "../../src/measure/lbfgsb/breakpoint-queue.ts";
import { cauchyPoint } from "../../src/measure/lbfgsb/cauchy-point.ts";
import { type CompactMatrix, compactMatrix } from "../../src/measure/lbfgsb/compact-matrix.ts";
import { CorrectionHistory } from "../../src/measure/lbfgsb/correction-history.ts";
import { FREE, startPath } from "../../src/measure/lbfgsb/projected-path.ts";
import { subspaceStep } from "../../src/measure/lbfgsb/subspace-minimisation.ts";

// The compact form, the Cauchy walk and the subspace step against the same things written out with a dense matrix.

interface Model {
  readonly n: number;
  readonly history: CorrectionHistory;
  readonly matrix: CompactMatrix;
  /** B by the BFGS recursion, row by row. */
  readonly dense: number[][];
  readonly gradient: Float64Array;
  readonly width: number;
}

function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 2 * (state / 2 ** 32) - 1;
  };
}

const times = (matrix: number[][], vector: ArrayLike<number>) => matrix.map((row) => dot(row, vector));
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Pairs of a convex quadratic with diagonal Hessian; more of them than the history holds when `pairs` exceeds `capacity`. */
function model(n: number, pairs: number, capacity: number, seed: number, width: number): Model {
  const draw = noise(seed);
  const hessian = Float64Array.from({ length: n }, () => 1.5 + draw());
  const history = new CorrectionHistory(n, capacity);
  const kept: { s: Float64Array; y: Float64Array }[] = [];
  for (let k = 0; k < pairs; k++) {
    const direction = Float64Array.from({ length: n }, draw);
    const before = Float64Array.from({ length: n }, draw);
    const s = direction.map((value) => 0.5 * value);
    const after = before.map((value, i) => value + hessian[i]! * s[i]!);
    history.append(0.5, direction, after, before);
    kept.push({ s, y: after.map((value, i) => value - before[i]!) });
  }
  const recent = kept.slice(-capacity);
  const { s, y } = recent.at(-1)!;
  const theta = dot(y, y) / dot(s, y);
  let dense = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? theta : 0)));
  for (const pair of recent) {
    const bs = times(dense, pair.s);
    const [sbs, sy] = [dot(pair.s, bs), dot(pair.s, pair.y)];
    dense = dense.map((row, i) =>
      row.map((value, j) => value - (bs[i]! * bs[j]!) / sbs + (pair.y[i]! * pair.y[j]!) / sy),
    );
  }
  return {
    n,
    history,
    matrix: compactMatrix(history)!,
    dense,
    gradient: Float64Array.from({ length: n }, draw),
    width,
  };
}

const models = fc
  .record({
    n: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(90, 300)),
    pairs: fc.integer({ min: 1, max: 6 }),
    capacity: fc.integer({ min: 1, max: 5 }),
    seed: fc.nat(),
    width: fc.constantFrom(0.02, 0.2, 1, 5),
  })
  .map(({ n, pairs, capacity, seed, width }) => model(n, pairs, capacity, seed, width));

/** x = 0 in a box whose sides take four values only, so that many breakpoints are equal when `ties` are wanted. */
function search({ n, history, matrix, gradient, width }: Model, ties: boolean) {
  const slope = ties ? gradient.map((value) => Math.sign(value) * 0.5) : gradient;
  const side = (i: number) => (ties ? width * (1 + (i % 2)) : width * (1 + Math.abs(gradient[(i + 1) % n]!)));
  const upper = Float64Array.from({ length: n }, (_, i) => (i % 7 === 3 ? Number.POSITIVE_INFINITY : side(i)));
  const lower = Float64Array.from({ length: n }, (_, i) => (i % 5 === 2 ? 0 : -side(i)));
  const status = new Uint8Array(n);
  const breakpoints = new Float64Array(n);
  const x = new Float64Array(n);
  const path = startPath(x, slope, { lower, upper }, status, breakpoints);
  const buffers = { keys: new Float64Array(n), spareKeys: new Float64Array(n) };
  const queue = new BreakpointQueue(n);
  const cauchy = cauchyPoint(path, slope, breakpoints, status, history, matrix, queue, buffers);
  const point = x.map((_, i) =>
    status[i] === FREE ? -cauchy.step * slope[i]! : slope[i]! > 0 ? lower[i]! : upper[i]!,
  );
  return { cauchy, status, slope, lower, upper, point };
}

/** The slope of the model along the projected path just before or just after t, by its definition. */
function modelSlope(
  dense: number[][],
  gradient: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  t: number,
  after: boolean,
) {
  const n = gradient.length;
  const direction = new Float64Array(n);
  const point = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const d = -gradient[i]!;
    const end = d === 0 ? Number.POSITIVE_INFINITY : (d > 0 ? upper[i]! : lower[i]!) / d;
    point[i] = d === 0 ? 0 : d * Math.min(t, end);
    const tolerance = 1e-9 * t;
    direction[i] = (after ? end > t + tolerance : end >= t - tolerance && end > 0) ? d : 0;
  }
  return { slope: dot(direction, gradient) + dot(direction, times(dense, point)), scale: dot(direction, direction) };
}

test("the Cauchy point is a local minimiser on the path, with none before it", () => {
  fc.assert(
    fc.property(models, fc.boolean(), (drawn, ties) => {
      const { cauchy, slope, lower, upper } = search(drawn, ties);
      if (cauchy.step === 0) {
        expect(slope.every((value, i) => value === 0 || (value > 0 ? lower[i] : upper[i]) === 0)).toBe(true);
        return;
      }
      const [before, after] = [false, true].map((side) =>
        modelSlope(drawn.dense, slope, lower, upper, cauchy.step, side),
      );
      expect(before!.slope).toBeLessThanOrEqual(1e-7 * (before!.scale + 1e-3));
      // With many variables at one breakpoint the walk may stop between two of them, as the original does.
      if (!ties) expect(after!.slope).toBeGreaterThanOrEqual(-1e-7 * (after!.scale + 1e-3));
      for (let k = 1; k < 20; k++) {
        const { slope: earlier, scale } = modelSlope(drawn.dense, slope, lower, upper, (k / 20) * cauchy.step, false);
        expect(earlier).toBeLessThanOrEqual(1e-7 * (scale + 1e-3));
      }
    }),
    { numRuns: 60 },
  );
});

test("the sums the Cauchy search hands on are those of its point", () => {
  fc.assert(
    fc.property(models, (drawn) => {
      const { cauchy, status, slope, point } = search(drawn, false);
      const { history, matrix, dense, n } = drawn;
      const rows = rowsByAge(history, n);
      expect(cauchy.free).toBe(status.filter((held) => held === FREE).length);
      for (const [j, sum] of cauchy.descent.entries()) {
        const direct = rows.reduce((total, row, i) => total + (status[i] === FREE ? -slope[i]! * row[j]! : 0), 0);
        expect(Math.abs(sum - direct)).toBeLessThan(1e-9 * n);
      }
      // displacement · row i = (θ·z − B·z)ᵢ, z the way to the Cauchy point.
      const product = times(dense, point);
      const scale = Math.max(...product.map(Math.abs), ...point.map(Math.abs));
      for (const [i, row] of rows.entries()) {
        expect(Math.abs(dot(row, cauchy.displacement) - (matrix.theta * point[i]! - product[i]!))).toBeLessThan(
          1e-8 * (1 + scale),
        );
      }
    }),
    { numRuns: 60 },
  );
});

test("the subspace step solves the reduced system of the free variables", () => {
  fc.assert(
    fc.property(models, (drawn) => {
      const { cauchy, status, slope, point } = search(drawn, false);
      if (cauchy.free === 0) return;
      const step = subspaceStep(cauchy, status, drawn.history, drawn.matrix)!;
      const rows = rowsByAge(drawn.history, drawn.n);
      const move = Float64Array.from({ length: drawn.n }, (_, i) =>
        status[i] === FREE ? dot(rows[i]!, step.coefficients) - step.gradientShare * slope[i]! : 0,
      );
      // The model's gradient after the step is zero on the free variables.
      const end = point.map((value, i) => value + move[i]!);
      const left = times(drawn.dense, end).map((value, i) => value + slope[i]!);
      const scale = Math.max(1, ...end.map(Math.abs));
      for (const [i, value] of left.entries())
        if (status[i] === FREE) expect(Math.abs(value)).toBeLessThan(1e-7 * scale);
    }),
    { numRuns: 60 },
  );
});

function rowsByAge(history: CorrectionHistory, n: number): number[][] {
  return Array.from({ length: n }, (_, i) =>
    history.order.flatMap((slot) => {
      const at = 4 * i + 2 * (slot & 1);
      return [history.slabs[slot >> 1]![at]!, history.slabs[slot >> 1]![at + 1]!];
    }),
  );
}

test("breakpoints come sorted, each in one range only, equal ones by variable", () => {
  const value = fc.oneof(
    fc.double({ min: 0, max: Number.MAX_VALUE, noNaN: true }),
    fc.constantFrom(0, 0.5, 1, 5e-324, Number.POSITIVE_INFINITY),
    fc.double({ min: 1, max: 1 + 1e-12, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 300 }), value, value, (drawn, first, second) => {
      const breakpoints = Float64Array.from(drawn, (t) => t + 0);
      const queue = new BreakpointQueue(drawn.length);
      const buffers = { keys: new Float64Array(drawn.length), spareKeys: new Float64Array(drawn.length) };
      const [low, high] = [Math.min(first, second), Math.max(first, second)];
      const seen: number[] = [];
      for (const [after, upTo] of [
        [-1, low],
        [low, high],
        [high, Number.POSITIVE_INFINITY],
      ] as const) {
        const count = queue.collect(breakpoints, after, upTo, buffers);
        for (let k = 0; k < count; k++) {
          expect(queue.keys[k]).toBe(breakpoints[queue.variables[k]!]);
          seen.push(queue.variables[k]!);
        }
      }
      const sorted = [...drawn.keys()].filter((i) => breakpoints[i]! < Number.POSITIVE_INFINITY);
      sorted.sort((a, b) => breakpoints[a]! - breakpoints[b]! || a - b);
      expect(seen).toEqual(sorted);
    }),
  );
});

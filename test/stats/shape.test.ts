import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { changePoint, spearmanInterval } from "../../src/stats/index.ts";

interface Shape {
  readonly changePoint: readonly { name: string; x: number[]; y: number[]; bicDifference: number; at: number }[];
  readonly spearman: readonly { rho: number; n: number; confidence: number; lower: number; upper: number }[];
}

const shape: Shape = JSON.parse(readFileSync(new URL("../fixtures/stats/shape.json", import.meta.url), "utf8"));

test.each([-1000, 600, 1000])("a break is one in units of 2 to the %d", (exponent) => {
  for (const { x, y } of shape.changePoint) {
    const scaled = y.map((value) => value * 2 ** exponent);
    expect(changePoint(x, scaled)).toEqual(changePoint(x, y));
  }
});

test.each(shape.changePoint)("one line against two that meet: $name", ({ x, y, bicDifference, at }) => {
  expect(changePoint(x, y)).toEqual({ bicDifference: expect.closeTo(bicDifference, 8), at });
});

test.each(shape.spearman)("Fisher's interval of ρ = $rho, n = $n", ({ rho, n, confidence, lower, upper }) => {
  const interval = spearmanInterval(rho, n, confidence);
  expect(interval?.lower).toBeCloseTo(lower, 12);
  expect(interval?.upper).toBeCloseTo(upper, 12);
});

const X = [1, 2, 3, 4, 5, 6, 7, 8];
const PENALTY = 2 * Math.log(X.length);

test.each<[string, (x: number) => number]>([
  ["a line", (x) => 3 - 0.7 * x],
  ["a level", () => 0.1],
  ["a level far from zero", () => 1e9 + 0.1],
  ["a line of values far from zero", (x) => 1e9 + x / 3],
])("of %s nothing is left to explain, whatever rounding leaves", (_, y) => {
  expect(changePoint(X, X.map(y))?.bicDifference).toBeCloseTo(-PENALTY, 12);
});

test("two perfect lines are found, and are finitely better", () => {
  const found = changePoint(
    X,
    X.map((x) => Math.max(0, x - 5)),
  );
  expect(found?.at).toBe(5);
  expect(found?.bicDifference).toBeGreaterThan(100);
  expect(found?.bicDifference).toBeLessThan(8 * Math.log(1e12));
});

test("a break with fewer than two points beyond it is not looked for", () => {
  const atEnd = X.map((x) => Math.max(0, x - 7));
  expect(changePoint(X, atEnd)?.at).toBe(6);
  expect(changePoint([1, 2, 3, 4, 5], [0, 0, 0, 1, 2])).toBeNull();
});

test("shifting and scaling the values changes nothing", () => {
  const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(values, fc.integer({ min: -99, max: 99 }), fc.integer({ min: -9, max: 9 }), (y, shift, power) => {
      const moved = y.map((value) => (value + shift) * 2 ** power);
      expect(changePoint(X, moved)?.bicDifference).toBeCloseTo(changePoint(X, y)?.bicDifference ?? Number.NaN, 6);
    }),
  );
});

test("ρ = ±1 has an interval with width that reaches it, and that of few pairs excludes little", () => {
  const all = spearmanInterval(1, 4, 0.95);
  expect(all?.upper).toBe(1);
  expect(all?.lower).toBeLessThan(0);
  expect(spearmanInterval(1, 20, 0.95)?.lower).toBeGreaterThan(0.99);
  const mirrored = spearmanInterval(-1, 9, 0.95);
  expect(mirrored?.lower).toBe(-1);
  expect(mirrored?.upper).toBeCloseTo(-(spearmanInterval(1, 9, 0.95)?.lower ?? 0), 12);
  expect(spearmanInterval(0.5, 3, 0.95)).toBeNull();
});

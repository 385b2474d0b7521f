import fc from "fast-check";
import { expect, test } from "vitest";
import { normalQuantile, studentTCdf, studentTQuantile } from "../../src/stats/index.ts";
import { normalUpperTail } from "../../src/stats/normal.ts";

function expectRelative(actual: number, reference: number): void {
  expect(Math.abs(actual / reference - 1)).toBeLessThan(1e-10);
}

// SciPy 1.17.
test.each([
  [-0.1, 1, 0.4682744825694465],
  [-2.5, 3.5, 0.03784732190474501],
  [-7, 4, 0.0010960649033464694],
  [-40, 9, 9.491499224669911e-12],
  [-1.96, 199, 0.02569591695208007],
  [1.5, 1000.5, 1 - 0.06696494055711899],
])("P(T ≤ %d) with %d degrees of freedom", (t, df, p) => {
  expectRelative(studentTCdf(t, df), p);
});

test.each([
  [0.975, 1, 12.706204736174694],
  [0.975, 4, 2.7764451051977934],
  [0.9995, 2, 31.599054576445365],
  [0.6, 3.5, 0.27326545405577973],
  [0.975, 199, 1.9719565442517533],
  [1e-6, 9, -10.7201604099095],
])("quantile of t at %d with %d degrees of freedom", (p, df, t) => {
  expectRelative(studentTQuantile(p, df), t);
});

test("Student's t with 1 and 2 degrees of freedom is known in closed form", () => {
  fc.assert(
    fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (t) => {
      expect(studentTCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 13);
      expect(studentTCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 13);
    }),
  );
});

test("a quantile of t is where its distribution function has that value", () => {
  const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  fc.assert(
    fc.property(probability, fc.double({ min: 0.5, max: 500, noNaN: true }), (p, df) => {
      expect(Math.abs(studentTCdf(studentTQuantile(p, df), df) / p - 1)).toBeLessThan(1e-9);
    }),
  );
});

test.each([
  [0.5, 0.3085375387259869],
  [2, 0.022750131948179195],
  [2.999, 0.0013543365337271057],
  [3, 0.0013498980316300933],
  [5, 2.866515718791933e-7],
  [10, 7.61985302416047e-24],
  [37, 5.7255712225239266e-300],
  [-2, 1 - 0.022750131948179195],
])("P(Z > %d)", (z, p) => {
  expectRelative(normalUpperTail(z), p);
});

test.each([
  [1e-12, -7.034483825301131],
  [0.001, -3.090232306167813],
  [0.3, -0.5244005127080409],
  [0.975, 1.959963984540054],
])("quantile of the normal distribution at %d", (p, z) => {
  expectRelative(normalQuantile(p), z);
  expect(Math.abs(normalQuantile(0.5))).toBeLessThan(1e-15);
});

test.each([0, 1, -1, Number.NaN])("no quantile at probability %d", (probability) => {
  expect(() => studentTQuantile(probability, 4)).toThrow(RangeError);
  expect(() => normalQuantile(probability)).toThrow(RangeError);
});

test.each([0, -1, Number.NaN])("no distribution with %d degrees of freedom", (df) => {
  expect(() => studentTCdf(1, df)).toThrow(RangeError);
});

import { expect, test } from "vitest";
import { chiSquaredUpperTail, fisherFUpperTail } from "../../src/stats/index.ts";
import reference from "../fixtures/stats/heterogeneity.json" with { type: "json" };

test.each(reference.chi2)("chi-squared: P(X > $x) at $df degrees of freedom is SciPy's", ({ x, df, p }) => {
  expect(chiSquaredUpperTail(x, df) / p).toBeCloseTo(1, 10);
});

test.each(reference.f)("F: P(X > $x) at $n and $d degrees of freedom is SciPy's", ({ x, n, d, p }) => {
  expect(fisherFUpperTail(x, n, d) / p).toBeCloseTo(1, 9);
});

test("tails begin at 1, end at 0 and ask for degrees of freedom", () => {
  expect([chiSquaredUpperTail(0, 3), chiSquaredUpperTail(-1, 1), fisherFUpperTail(0, 2, 3)]).toEqual([1, 1, 1]);
  expect(chiSquaredUpperTail(1e6, 2)).toBe(0);
  expect(fisherFUpperTail(Number.MAX_VALUE, 2, 3)).toBe(0);
  expect(() => chiSquaredUpperTail(1, 1.5)).toThrow("whole degrees of freedom");
  expect(() => fisherFUpperTail(1, 0, 3)).toThrow("positive degrees of freedom");
});

// SciPy's chi2.sf.
test.each([
  [2000, 2000, 0.4957947558197845],
  [2000, 2001, 0.5021028498580232],
  [3000, 2000, 2.204698611389594e-43],
])("chi-squared: P(X > %d) at %d degrees of freedom, where the first of the terms vanish", (x, df, p) => {
  expect(chiSquaredUpperTail(x, df) / p).toBeCloseTo(1, 10);
});

import { expect, test } from "vitest";
import { heterogeneityOfIndependent, heterogeneityOfPaired } from "../../../src/judge/compare/heterogeneity.ts";
import { mean, pairedT, standardDeviation } from "../../../src/stats/index.ts";
import reference from "../../fixtures/stats/heterogeneity.json" with { type: "json" };

test.each(reference.paired)("machines that share seeds: the reference's Q, I² and p (%#)", ({ rows, ...expected }) => {
  const found = heterogeneityOfPaired(rows);
  expect(found.q).toBeCloseTo(expected.q, 8);
  expect(found.iSquared).toBeCloseTo(expected.iSquared, 8);
  expect(found.chiSquaredP).toBeCloseTo(expected.chiSquaredP, 8);
  expect(found.p / expected.p).toBeCloseTo(1, 6);
});

test.each(reference.independent)("machines with seeds of their own: the reference's Q, I² and p (%#)", (each) => {
  const effects = each.estimates.map((estimate, i) => ({
    estimate,
    standardError: each.standardErrors[i] as number,
    degreesOfFreedom: each.degreesOfFreedom[i] as number,
  }));
  const found = heterogeneityOfIndependent(effects);
  expect(found.q).toBeCloseTo(each.q, 8);
  expect(found.iSquared).toBeCloseTo(each.iSquared, 8);
  expect(found.chiSquaredP).toBeCloseTo(each.chiSquaredP, 8);
  expect(found.p).toBeCloseTo(each.p, 8);
});

test("two machines with seeds of their own: Welch's t test of SciPy", () => {
  const { a, b, p } = reference.welch;
  const effects = [a, b].map((values) => ({
    estimate: mean(values),
    standardError: standardDeviation(values) / Math.sqrt(values.length),
    degreesOfFreedom: values.length - 1,
  }));
  expect(heterogeneityOfIndependent(effects).p).toBeCloseTo(p, 10);
});

test("two machines that share seeds: the paired t test", () => {
  const [a, b] = [
    [1, 2.1, 3.3, 4.2, 5],
    [1.2, 2, 3.9, 4.4, 5.3],
  ] as const;
  expect(heterogeneityOfPaired([a, b]).p).toBeCloseTo(pairedT(a, b, 0.95)?.p as number, 10);
});

test("equal machines are one, and differences without spread are clear", () => {
  expect(
    heterogeneityOfPaired([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]),
  ).toMatchObject({ q: 0, iSquared: 0, p: 1 });
  expect(
    heterogeneityOfPaired([
      [1, 2, 3],
      [2, 3, 4],
    ]),
  ).toMatchObject({ p: 0, q: Number.MAX_VALUE });
});

test.each([1e306, 1e-306])("the unit does not matter, not even %d", (unit) => {
  const rows = [
    [1, 2.1, 3.3, 4.2],
    [1.2, 2, 3.9, 4.4],
    [0.9, 2.4, 3.1, 4.9],
  ];
  const expected = heterogeneityOfPaired(rows);
  const found = heterogeneityOfPaired(rows.map((row) => row.map((value) => value * unit)));
  expect(found.p).toBeCloseTo(expected.p, 10);
  expect(found.q).toBeCloseTo(expected.q, 10);
});

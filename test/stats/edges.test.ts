import fc from "fast-check";
import { expect, test } from "vitest";
import {
  benjaminiHochberg,
  cliffsDelta,
  equivalenceP,
  holm,
  kendall,
  mannWhitney,
  mean,
  meanInterval,
  pairedT,
  predictionInterval,
  spearman,
  standardDeviation,
  welchT,
  wilcoxon,
  wilsonInterval,
} from "../../src/stats/index.ts";

test("one value has no interval", () => {
  expect(meanInterval([3], 0.95)).toBeNull();
  expect(pairedT([3], [4], 0.95)).toBeNull();
  expect(equivalenceP([3], [4], 1)).toBeNull();
  expect(welchT([3], [4, 5], 0.95)).toBeNull();
  expect(predictionInterval({ mean: 3, standardDeviation: 1, n: 1 }, 1, 0.95)).toBeNull();
  expect(spearman([1, 2], [3, 4])).toBeNull();
});

test("equal values have exactly their mean, no spread and an interval of width 0", () => {
  // 0 + x, because a sum has no −0.
  const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((value) => 0 + value);
  fc.assert(
    fc.property(finite, fc.integer({ min: 2, max: 30 }), (value, n) => {
      const values = Array.from({ length: n }, () => value);
      expect(mean(values)).toBe(value);
      expect(standardDeviation(values)).toBe(0);
      const interval = meanInterval(values, 0.95);
      expect([interval?.lower, interval?.upper]).toEqual([value, value]);
    }),
  );
});

test("tests of differences without spread", () => {
  expect(pairedT([2, 3], [1, 2], 0.95)).toMatchObject({
    t: Number.POSITIVE_INFINITY,
    p: 0,
    interval: { lower: 1, upper: 1 },
  });
  expect(pairedT([1, 2], [1, 2], 0.95)).toMatchObject({ t: 0, p: 1 });
  expect(welchT([2, 2], [1, 1], 0.95)).toMatchObject({ t: Number.POSITIVE_INFINITY, df: 2, p: 0 });
  expect(equivalenceP([2, 3], [1, 2], 0.5)).toBe(1);
  expect(equivalenceP([2, 3], [1, 2], 2)).toBe(0);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("%d is no value", (bad) => {
  const one = [1, bad, 3];
  const other = [1, 2, 4];
  const calls = [
    () => mean(one),
    () => standardDeviation(one),
    () => meanInterval(one, 0.95),
    () => pairedT(one, other, 0.95),
    () => welchT(other, one, 0.95),
    () => equivalenceP(one, other, 1),
    () => mannWhitney(one, other),
    () => wilcoxon(one, other),
    () => spearman(other, one),
    () => kendall(other, one),
    () => cliffsDelta(one, other),
    () => predictionInterval({ mean: bad, standardDeviation: 1, n: 5 }, 1, 0.95),
    () => holm([0.1, bad]),
    () => benjaminiHochberg([0.1, bad]),
    () => wilsonInterval(bad, 10, 0.95),
  ];
  for (const call of calls) expect(call).toThrow(RangeError);
});

test("what cannot be paired, or is out of range, is refused", () => {
  const calls = [
    () => mean([]),
    () => standardDeviation([1]),
    () => pairedT([1, 2], [1], 0.95),
    () => wilcoxon([1, 2], [1]),
    () => spearman([1, 2, 3], [1, 2]),
    () => kendall([1, 2, 3], [1, 2]),
    () => equivalenceP([1, 2], [1, 3], 0),
    () => meanInterval([1, 2], 1),
    () => wilsonInterval(11, 10, 0.95),
    () => holm([1.1]),
  ];
  for (const call of calls) expect(call).toThrow(RangeError);
});

test("empty samples give no statistic", () => {
  expect(mannWhitney([], [1])).toBeNull();
  expect(cliffsDelta([1], [])).toBeNull();
  expect(wilsonInterval(0, 0, 0.95)).toBeNull();
  expect([holm([]), benjaminiHochberg([])]).toEqual([[], []]);
});

test("a prediction for a mean of many new values is narrower than for one, and never below the mean's own interval", () => {
  const summary = { mean: 0, standardDeviation: 1, n: 4 };
  const width = (newValues: number) => predictionInterval(summary, newValues, 0.95)!.upper;
  expect(width(1)).toBeGreaterThan(width(5));
  // t of 3 degrees of freedom, 3.182, times 1 / √4.
  expect(width(1e12)).toBeCloseTo(3.182446305284263 / 2, 6);
});

test("Wilson's interval stays within 0 and 1", () => {
  expect(wilsonInterval(0, 3, 0.95)?.lower).toBe(0);
  expect(wilsonInterval(3, 3, 0.95)?.upper).toBe(1);
});

test.each([-1000, -600, 600, 1000])("in units of 2 to the %d the statistics are the same", (exponent) => {
  const unit = 2 ** exponent;
  const inUnits = (values: readonly number[]) => values.map((value) => value * unit);
  const [first, second] = [
    [1, 2, 4, 9],
    [18, 8, 4, 2],
  ] as const;
  expect(mean(inUnits(first))).toBe(4 * unit);
  expect(standardDeviation(inUnits(first))).toBe(standardDeviation(first) * unit);
  // SciPy's ttest_rel and ttest_ind(equal_var=False).
  expect(pairedT(inUnits(first), inUnits(second), 0.95)?.p).toBeCloseTo(0.4887319120537045, 12);
  const { df, p } = welchT(inUnits(first), inUnits(second), 0.95) ?? {};
  expect(df).toBeCloseTo(4.411764705882352, 12);
  expect(p).toBeCloseTo(0.36668301253422914, 12);
});

test("spreads and intervals beyond the range of numbers end at it", () => {
  const ends = [-Number.MAX_VALUE, Number.MAX_VALUE];
  expect(mean(ends)).toBe(0);
  expect(standardDeviation(ends)).toBe(Number.MAX_VALUE);
  expect(meanInterval(ends, 0.95)).toEqual({ lower: -Number.MAX_VALUE, upper: Number.MAX_VALUE });
});

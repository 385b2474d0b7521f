import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import {
  bcaInterval,
  bootstrapDistribution,
  hodgesLehmann,
  hodgesLehmannShift,
  interquartileMean,
  kendallInterval,
  mannWhitneyExactP,
  mean,
  noncentralTUpperTail,
  pairedPermutation,
  pairedTPower,
  pairsForPower,
  percentileInterval,
  stratifiedBootstrapDistribution,
  twoSamplePermutation,
  wilcoxonExactP,
} from "../../src/stats/index.ts";

const random = () => xoroshiro128plus(5);
const points = (n: number) => Array.from({ length: n }, (_, i) => Math.sin(3 * i) + i / 10);

test("one value has no bootstrap, no interval, and differs from nothing", () => {
  expect(bootstrapDistribution([3], mean, 100, random())).toBeNull();
  expect(stratifiedBootstrapDistribution([[3], [4], []], mean, 100, random())).toBeNull();
  expect(bcaInterval([3, 3], [3], mean, 0.95)).toBeNull();
  expect(hodgesLehmann([3], 0.95)).toEqual({ estimate: 3, interval: null });
  expect(hodgesLehmannShift([3], [1], 0.95)).toEqual({ estimate: 2, interval: null });
  expect(interquartileMean([3])).toBe(3);
  expect(pairedPermutation([3], [1], 100, random())).toEqual({ difference: 2, p: 1, exact: true });
  expect(twoSamplePermutation([3], [1], 100, random())).toEqual({ difference: 2, p: 1, exact: true });
  expect(wilcoxonExactP([3], [1])).toBe(1);
  expect(mannWhitneyExactP([3], [1])).toBe(1);
  expect(pairedTPower(1, 1, 0.05)).toBeNull();
  expect(kendallInterval(0.5, 4, 0.95)).toBeNull();
});

test("two values have resamples of three kinds", () => {
  const distribution = bootstrapDistribution([1, 2], mean, 400, random())!;
  expect(new Set(distribution)).toEqual(new Set([1, 1.5, 2]));
  expect(percentileInterval(distribution, 0.95)).toEqual({ lower: 1, upper: 2 });
  expect(bcaInterval(distribution, [1, 2], mean, 0.95)).toEqual({ lower: 1, upper: 2 });
  expect(hodgesLehmann([1, 2], 0.5)).toEqual({ estimate: 1.5, interval: { lower: 1, upper: 2 } });
  expect(pairedPermutation([1, 2], [0, 0], 100, random()).p).toBe(0.5);
});

test("equal values have intervals of width 0 and differ from nothing", () => {
  const values = Array.from({ length: 20 }, () => 0.1);
  const at = { lower: 0.1, upper: 0.1 };
  const distribution = bootstrapDistribution(values, mean, 100, random())!;
  expect(percentileInterval(distribution, 0.95)).toEqual(at);
  expect(bcaInterval(distribution, values, mean, 0.95)).toEqual(at);
  expect(hodgesLehmann(values, 0.95)).toEqual({ estimate: 0.1, interval: at });
  expect(interquartileMean(values)).toBe(0.1);
  expect(pairedPermutation(values, values, 100, random()).p).toBe(1);
  expect(twoSamplePermutation(values, values, 100, random())?.p).toBe(1);
  expect(mannWhitneyExactP(values, values)).toBe(1);
  expect(wilcoxonExactP(values, values)).toBeNull();
});

test("BCa is not defined where all resamples lie on one side of the estimate", () => {
  expect(bcaInterval([1, 2, 3], [1, 2, 9], () => 4, 0.95)).toBeNull();
  expect(bcaInterval([1, 2, 3], [1, 2, 9], () => 0, 0.95)).toBeNull();
});

test("BCa is not defined beyond the pole of its correction", () => {
  // One value that is all of a statistic: the acceleration is 0.13, which 0.95 bears and 1 − 1e-12 does not.
  const values = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
  const distribution = bootstrapDistribution(values, mean, 500, random())!;
  expect(bcaInterval(distribution, values, mean, 0.95)).not.toBeNull();
  expect(bcaInterval(distribution, values, mean, 1 - 1e-15)).toBeNull();
});

test("a stratum of one value stays in every resample", () => {
  const distribution = stratifiedBootstrapDistribution([[7], [1, 2]], (all) => Math.max(...all), 50, random())!;
  expect(new Set(distribution)).toEqual(new Set([7]));
});

test("strata are resampled within themselves", () => {
  const low = [1, 2, 3];
  const high = [101, 102];
  stratifiedBootstrapDistribution(
    [low, high],
    (all) => {
      expect(all.slice(0, 3).every((value) => low.includes(value))).toBe(true);
      expect(all.slice(3).every((value) => high.includes(value))).toBe(true);
      expect(all).toHaveLength(5);
      return 0;
    },
    200,
    random(),
  );
});

test("tasks of different levels do not widen the interval of their interquartile mean", () => {
  const tasks = [0, 10, 20, 30].map((level) => points(5).map((value) => value + level));
  const all = tasks.flat();
  const within = percentileInterval(stratifiedBootstrapDistribution(tasks, interquartileMean, 500, random())!, 0.95);
  const across = percentileInterval(bootstrapDistribution(all, interquartileMean, 500, random())!, 0.95);
  const estimate = interquartileMean(all);
  expect(within.lower < estimate && estimate < within.upper).toBe(true);
  // Each task's own values differ by about 1, the tasks by 10.
  expect(within.upper - within.lower).toBeLessThan((across.upper - across.lower) / 4);
});

test("a seed decides what is drawn", () => {
  const draw = () => bootstrapDistribution(points(9), mean, 50, random());
  expect(draw()).toEqual(draw());
  expect(bootstrapDistribution(points(9), mean, 50, xoroshiro128plus(6))).not.toEqual(draw());
});

test("above 16 pairs, and above 65,536 splits, permutations are drawn and p is never 0", () => {
  const far = points(17).map((value) => value + 100);
  const signs = pairedPermutation(far, points(17), 999, random());
  expect(signs).toMatchObject({ p: 1 / 1000, exact: false });
  expect(pairedPermutation(far.slice(1), points(17).slice(1), 999, random())).toMatchObject({
    p: 2 ** -15,
    exact: true,
  });
  expect(twoSamplePermutation(far, points(17), 999, random())).toMatchObject({ p: 1 / 1000, exact: false });
});

test("the drawn p of a test is near the counted one", () => {
  const first = points(16).map((value) => value + 0.25);
  const second = points(17).slice(1).toReversed();
  const counted = pairedPermutation(first, second, 1, random()).p;
  // Another equal pair changes no sum, only how many signs there are.
  const drawn = pairedPermutation([...first, 0], [...second, 0], 20_000, random());
  expect(drawn.exact).toBe(false);
  expect(Math.abs(drawn.p - counted)).toBeLessThan(4 * Math.sqrt((counted * (1 - counted)) / 20_000));
});

test("ties within and between samples count as they fall", () => {
  // Splits of 1 1 2 into one and two values: the single 2 lies 1 off the other two's mean, either 1 half as far.
  expect(twoSamplePermutation([2], [1, 1], 10, random())?.p).toBeCloseTo(1 / 3, 14);
  expect(twoSamplePermutation([1], [1, 2], 10, random())?.p).toBe(1);
  // |sum| of ±0.1 ± 0.2 ± 0.3 reaches 0.6 for two of eight, though 0.1 + 0.2 + 0.3 rounds past 0.6.
  expect(pairedPermutation([0.3, 0.2, 0.1], [0, 0, 0], 10, random()).p).toBe(0.25);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("%d is no value to resample", (bad) => {
  const values = [1, bad, 3];
  const other = [1, 2, 4];
  const calls = [
    () => bootstrapDistribution(values, mean, 10, random()),
    () => bootstrapDistribution(other, () => bad, 10, random()),
    () => stratifiedBootstrapDistribution([other, values], mean, 10, random()),
    () => percentileInterval(values, 0.95),
    () => bcaInterval(values, other, mean, 0.95),
    () => bcaInterval(other, values, mean, 0.95),
    () => pairedPermutation(values, other, 10, random()),
    () => twoSamplePermutation(other, values, 10, random()),
    () => hodgesLehmann(values, 0.95),
    () => hodgesLehmannShift(values, other, 0.95),
    () => wilcoxonExactP(values, other),
    () => mannWhitneyExactP(other, values),
    () => interquartileMean(values),
    () => kendallInterval(bad, 10, 0.95),
    () => noncentralTUpperTail(bad, 4, 1),
    () => noncentralTUpperTail(1, 4, bad),
    () => pairedTPower(bad, 5, 0.05),
    () => pairsForPower(bad, 0.8, 0.05),
  ];
  for (const call of calls) expect(call).toThrow(RangeError);
});

test("what is out of range is refused", () => {
  const calls = [
    () => bootstrapDistribution([1, 2], mean, 0, random()),
    () => bootstrapDistribution([1, 2], mean, 1.5, random()),
    () => percentileInterval([], 0.95),
    () => percentileInterval([1, 2], 1),
    () => bcaInterval([1, 2], [1, 2], mean, 0),
    () => pairedPermutation([1], [1, 2], 10, random()),
    () => pairedPermutation([], [], 10, random()),
    () => pairedPermutation(points(17), points(17), 0, random()),
    () => twoSamplePermutation(points(17), points(17), 0, random()),
    () => hodgesLehmann([1, 2], 1),
    () => hodgesLehmannShift([1, 2], [1], 0),
    () => interquartileMean([]),
    () => kendallInterval(1.1, 10, 0.95),
    () => kendallInterval(0.5, 10, 1),
    () => noncentralTUpperTail(1, 0, 1),
    () => pairedTPower(1, 2.5, 0.05),
    () => pairedTPower(1, 5, 0),
    () => pairsForPower(1, 0.04, 0.05),
    () => pairsForPower(1, 1, 0.05),
  ];
  for (const [i, call] of calls.entries()) expect(call, `call ${i}`).toThrow(RangeError);
});

test("empty samples give no statistic", () => {
  expect(hodgesLehmann([], 0.95)).toBeNull();
  expect(hodgesLehmannShift([1], [], 0.95)).toBeNull();
  expect(twoSamplePermutation([], [1], 10, random())).toBeNull();
  expect(mannWhitneyExactP([], [1])).toBeNull();
  expect(bootstrapDistribution([], mean, 10, random())).toBeNull();
});

test("power is the level without an effect, and 1 with one beyond measure", () => {
  expect(pairedTPower(0, 7, 0.05)).toBeCloseTo(0.05, 12);
  expect(pairedTPower(1e6, 2, 0.05)).toBe(1);
  expect(pairsForPower(0, 0.8, 0.05)).toBeNull();
  expect(pairsForPower(1e-4, 0.8, 0.05)).toBeNull();
  expect(pairsForPower(100, 0.8, 0.05)).toBe(2);
});

test("a perfect rank correlation has an interval of width 0", () => {
  expect(kendallInterval(1, 10, 0.95)).toEqual({ lower: 1, upper: 1 });
  expect(kendallInterval(-1, 10, 0.95)).toEqual({ lower: -1, upper: -1 });
});

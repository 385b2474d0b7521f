import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import {
  bcaInterval,
  bootstrapDistribution,
  hodgesLehmann,
  hodgesLehmannShift,
  type Interval,
  interquartileMean,
  kendallInterval,
  mannWhitney,
  mannWhitneyExactP,
  mean,
  noncentralTUpperTail,
  pairedPermutation,
  pairedTPower,
  pairsForPower,
  percentileInterval,
  studentTCdf,
  twoSamplePermutation,
  wilcoxon,
  wilcoxonExactP,
} from "../../src/stats/index.ts";

// Whole numbers, shifts and powers of two: arithmetic on them is exact, so that what must be equal is.
const whole = fc.integer({ min: -50, max: 50 }).map((value) => 0 + value);
const sample = fc.array(whole, { minLength: 2, maxLength: 9 });
const shift = fc.integer({ min: -64, max: 64 });
const scale = fc.constantFrom(0.25, 0.5, 2, 8);
const confidence = fc.double({ min: 0.2, max: 0.99, noNaN: true });

const bootstraps = {
  percentile: (values: readonly number[], level: number, seed: number) =>
    percentileInterval(bootstrapDistribution(values, mean, 100, xoroshiro128plus(seed))!, level),
  bca: (values: readonly number[], level: number, seed: number) =>
    bcaInterval(bootstrapDistribution(values, mean, 100, xoroshiro128plus(seed))!, values, mean, level),
};
const intervals = {
  ...bootstraps,
  hodgesLehmann: (values: readonly number[], level: number) => hodgesLehmann(values, level)!.interval,
};
const kinds = fc.constantFrom(...(Object.keys(intervals) as (keyof typeof intervals)[]));
const RUNS = { numRuns: 60 };

function expectMapped(actual: Interval | null, original: Interval | null, map: (value: number) => number): void {
  if (original === null || actual === null) {
    expect(actual).toBe(original);
    return;
  }
  const [lower, upper] = [map(original.lower), map(original.upper)].sort((a, b) => a - b);
  expect(actual.lower).toBeCloseTo(lower!, 8);
  expect(actual.upper).toBeCloseTo(upper!, 8);
}

test("intervals shift and scale with the values", () => {
  fc.assert(
    fc.property(kinds, sample, shift, scale, confidence, fc.integer(), (kind, values, by, factor, level, seed) => {
      const map = (value: number) => factor * value + by;
      expectMapped(intervals[kind](values.map(map), level, seed), intervals[kind](values, level, seed), map);
    }),
    RUNS,
  );
});

test("intervals of negated values are mirrored", () => {
  fc.assert(
    fc.property(kinds, sample, confidence, fc.integer(), (kind, values, level, seed) => {
      const negate = (value: number) => -value;
      expectMapped(intervals[kind](values.map(negate), level, seed), intervals[kind](values, level, seed), negate);
    }),
    RUNS,
  );
});

test("more confidence makes no interval narrower", () => {
  fc.assert(
    fc.property(kinds, sample, confidence, confidence, fc.integer(), (kind, values, one, other, seed) => {
      const narrow = intervals[kind](values, Math.min(one, other), seed);
      const wide = intervals[kind](values, Math.max(one, other), seed);
      if (narrow === null) expect(wide).toBeNull();
      if (narrow === null || wide === null) return;
      expect(wide.lower).toBeLessThanOrEqual(narrow.lower);
      expect(wide.upper).toBeGreaterThanOrEqual(narrow.upper);
    }),
    RUNS,
  );
});

test("the Hodges-Lehmann estimates lie in their intervals and move with the values", () => {
  fc.assert(
    fc.property(sample, sample, shift, scale, (first, second, by, factor) => {
      const map = (value: number) => factor * value + by;
      const one = hodgesLehmann(first, 0.5)!;
      expect(hodgesLehmann(first.map(map), 0.5)!.estimate).toBeCloseTo(map(one.estimate), 10);
      const two = hodgesLehmannShift(first, second, 0.5)!;
      expect(hodgesLehmannShift(first.map(map), second.map(map), 0.5)!.estimate).toBeCloseTo(factor * two.estimate, 10);
      expect(hodgesLehmannShift(second, first, 0.5)!.estimate).toBeCloseTo(-two.estimate, 10);
      for (const { estimate, interval } of [one, two]) {
        if (interval === null) continue;
        expect(estimate).toBeGreaterThanOrEqual(interval.lower);
        expect(estimate).toBeLessThanOrEqual(interval.upper);
      }
    }),
    RUNS,
  );
});

test("a value is in the Hodges-Lehmann interval where the signed-rank test does not refuse it", () => {
  // Distinct powers: no ties among differences or Walsh averages.
  const values = [1, 2, 4, 8, 16, 32, 64, 128];
  const { interval } = hodgesLehmann(values, 0.95)!;
  for (let centre = 0.3; centre < 130; centre += 0.37) {
    const refused =
      wilcoxon(
        values,
        values.map(() => centre),
      )!.p <= 0.05;
    expect(centre > interval!.lower && centre < interval!.upper).toBe(!refused);
  }
});

test("a shift is in the two-sample interval where the Mann-Whitney test does not refuse it", () => {
  const [first, second] = [
    [1, 4, 16, 64, 256],
    [2, 8, 32, 128, 512, 1024],
  ] as const;
  const { interval } = hodgesLehmannShift(first, second, 0.95)!;
  for (let by = -1100.3; by < 300; by += 3.7) {
    const refused =
      mannWhitney(
        first,
        second.map((value) => value + by),
      )!.p <= 0.05;
    expect(by > interval!.lower && by < interval!.upper).toBe(!refused);
  }
});

test("without ties the exact rank tests agree with those that allow none", () => {
  const distinct = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 2, maxLength: 10 });
  fc.assert(
    fc.property(distinct, fc.infiniteStream(fc.boolean()), (magnitudes, signs) => {
      const differences = magnitudes.map((each) => (signs.next().value ? each : -each));
      const zeros = differences.map(() => 0);
      expect(wilcoxonExactP(differences, zeros)).toBeCloseTo(wilcoxon(differences, zeros)!.p, 12);
      const [first, second] = [magnitudes.slice(0, 1), magnitudes.slice(1)];
      expect(mannWhitneyExactP(first, second)).toBeCloseTo(mannWhitney(first, second)!.p, 12);
    }),
    RUNS,
  );
});

test("permutation tests do not depend on unit, order of pairs, or which comes first", () => {
  const pair = fc.array(fc.tuple(whole, whole), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(pair, shift, scale, (pairs, by, factor) => {
      const random = xoroshiro128plus(1);
      const first = pairs.map(([a]) => a);
      const second = pairs.map(([, b]) => b);
      const map = (value: number) => factor * value + by;
      for (const test of [pairedPermutation, twoSamplePermutation]) {
        const { p, difference } = test(first, second, 10, random)!;
        expect(test(first.map(map), second.map(map), 10, random)!.p).toBeCloseTo(p, 12);
        expect(test(second, first, 10, random)!.p).toBeCloseTo(p, 12);
        expect(test(second, first, 10, random)!.difference).toBeCloseTo(-difference, 12);
        expect(test(first.toReversed(), second.toReversed(), 10, random)!.p).toBeCloseTo(p, 12);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
      }
    }),
    RUNS,
  );
});

test("the interquartile mean moves with the values, ignores their order and what lies far out", () => {
  fc.assert(
    fc.property(fc.array(whole, { minLength: 4, maxLength: 20 }), shift, scale, (values, by, factor) => {
      const centre = interquartileMean(values);
      expect(interquartileMean(values.map((value) => factor * value + by))).toBeCloseTo(factor * centre + by, 10);
      expect(interquartileMean(values.map((value) => -value))).toBeCloseTo(-centre, 10);
      expect(interquartileMean(values.toReversed())).toBe(centre);
      const sorted = values.toSorted((a, b) => a - b);
      expect(interquartileMean([...sorted.slice(0, -1), 1e9])).toBeCloseTo(centre, 6);
    }),
    RUNS,
  );
});

test("Kendall's interval holds τ, mirrors with it, and narrows with pairs and less confidence", () => {
  const tau = fc.double({ min: -0.99, max: 0.99, noNaN: true });
  fc.assert(
    fc.property(tau, fc.integer({ min: 5, max: 200 }), confidence, (value, n, level) => {
      const { lower, upper } = kendallInterval(value, n, level)!;
      expect(lower < value && value < upper).toBe(true);
      const mirrored = kendallInterval(-value, n, level)!;
      expect(mirrored.lower).toBeCloseTo(-upper, 12);
      expect(mirrored.upper).toBeCloseTo(-lower, 12);
      expect(kendallInterval(value, n + 1, level)!.upper).toBeLessThan(upper);
      expect(kendallInterval(value, n, level / 2)!.lower).toBeGreaterThan(lower);
    }),
  );
});

test("without noncentrality the noncentral t is Student's", () => {
  const t = fc.double({ min: -20, max: 20, noNaN: true });
  fc.assert(
    fc.property(t, fc.double({ min: 0.5, max: 300, noNaN: true }), (at, df) => {
      expect(Math.abs(noncentralTUpperTail(at, df, 0) - studentTCdf(-at, df))).toBeLessThan(1e-12);
    }),
  );
});

test("the noncentral t mirrors with its noncentrality", () => {
  const number = fc.double({ min: -15, max: 15, noNaN: true });
  fc.assert(
    fc.property(number, fc.double({ min: 0.5, max: 300, noNaN: true }), number, (at, df, noncentrality) => {
      const both = noncentralTUpperTail(at, df, noncentrality) + noncentralTUpperTail(-at, df, -noncentrality);
      expect(Math.abs(both - 1)).toBeLessThan(1e-12);
    }),
    RUNS,
  );
});

test("power grows with pairs, effect and level, and the pairs found are the fewest", () => {
  const effect = fc.double({ min: 0.3, max: 3, noNaN: true });
  const level = fc.constantFrom(0.01, 0.05, 0.1);
  fc.assert(
    fc.property(effect, fc.integer({ min: 2, max: 30 }), level, (size, n, alpha) => {
      const power = pairedTPower(size, n, alpha)!;
      expect(pairedTPower(-size, n, alpha)).toBe(power);
      // Near 1 the gain is below rounding.
      expect(pairedTPower(size, n + 1, alpha)!).toBeGreaterThan(power - 1e-12);
      expect(pairedTPower(size * 1.1, n, alpha)!).toBeGreaterThan(power - 1e-12);
      expect(pairedTPower(size, n, 2 * alpha)!).toBeGreaterThan(power - 1e-12);
      const fewest = pairsForPower(size, 0.8, alpha)!;
      expect(pairedTPower(size, fewest, alpha)!).toBeGreaterThanOrEqual(0.8);
      if (fewest > 2) expect(pairedTPower(size, fewest - 1, alpha)!).toBeLessThan(0.8);
    }),
    RUNS,
  );
});

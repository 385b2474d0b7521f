import { readFileSync } from "node:fs";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import {
  bcaInterval,
  hodgesLehmann,
  hodgesLehmannShift,
  type Interval,
  interquartileMean,
  kendallInterval,
  mannWhitneyExactP,
  mean,
  noncentralTUpperTail,
  pairedPermutation,
  pairedTPower,
  pairsForPower,
  percentileInterval,
  standardDeviation,
  twoSamplePermutation,
  wilcoxonExactP,
} from "../../src/stats/index.ts";

type Ends = [number, number];
interface Samples {
  readonly first: number[];
  readonly second: number[];
}
interface Golden {
  readonly bootstrap: readonly {
    readonly statistic: keyof typeof statistics;
    readonly values: number[];
    readonly confidence: number;
    readonly distribution: number[];
    readonly percentile: Ends;
    readonly bca: Ends;
  }[];
  readonly paired: readonly (Samples & { readonly p: number })[];
  readonly twoSample: readonly (Samples & { readonly p: number })[];
  readonly hodgesLehmann: readonly { values: number[]; confidence: number; estimate: number; interval: Ends | null }[];
  readonly hodgesLehmannShift: readonly (Samples & { confidence: number; estimate: number; interval: Ends | null })[];
  readonly exactRanks: {
    readonly wilcoxon: readonly (Samples & { readonly p: number | null })[];
    readonly mannWhitney: readonly (Samples & { readonly p: number })[];
  };
  readonly kendall: readonly { tau: number; n: number; confidence: number; lower: number; upper: number }[];
  readonly interquartileMean: readonly { values: number[]; mean: number }[];
  readonly noncentralT: readonly { t: number; df: number; noncentrality: number; p: number }[];
  readonly power: readonly { effect: number; n: number; level: number; power: number }[];
  readonly pairs: readonly { effect: number; power: number; level: number; n: number }[];
}

const golden: Golden = JSON.parse(readFileSync(new URL("../fixtures/stats/resampling.json", import.meta.url), "utf8"));

const statistics = {
  mean,
  standardDeviation,
  median: (values: readonly number[]) => {
    const sorted = values.toSorted((a, b) => a - b);
    return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
  },
};

function expectInterval(actual: Interval | null | undefined, ends: Ends | null): void {
  if (ends === null) expect(actual).toBeNull();
  else expect(actual).toEqual({ lower: expect.closeTo(ends[0], 10), upper: expect.closeTo(ends[1], 10) });
}

test.each(golden.bootstrap)("percentile and BCa intervals of a $statistic from the same resamples", (each) => {
  const { values, confidence, distribution, percentile, bca } = each;
  expectInterval(percentileInterval(distribution, confidence), percentile);
  expectInterval(bcaInterval(distribution, values, statistics[each.statistic], confidence), bca);
});

test.each(golden.paired)("all signs of the differences from $first to $second", ({ first, second, p }) => {
  const random = xoroshiro128plus(1);
  expect(pairedPermutation(first, second, 100, random)).toMatchObject({ p: expect.closeTo(p, 12), exact: true });
  expect(random.getState()).toEqual(xoroshiro128plus(1).getState());
});

test.each(golden.twoSample)("all splits of $first and $second", ({ first, second, p }) => {
  const random = xoroshiro128plus(1);
  expect(twoSamplePermutation(first, second, 100, random)).toMatchObject({ p: expect.closeTo(p, 12), exact: true });
  expect(random.getState()).toEqual(xoroshiro128plus(1).getState());
});

test.each(golden.hodgesLehmann)("Hodges-Lehmann centre of $values at $confidence", (each) => {
  const actual = hodgesLehmann(each.values, each.confidence);
  expect(actual?.estimate).toBeCloseTo(each.estimate, 12);
  expectInterval(actual?.interval, each.interval);
});

test.each(golden.hodgesLehmannShift)("Hodges-Lehmann shift from $second to $first at $confidence", (each) => {
  const actual = hodgesLehmannShift(each.first, each.second, each.confidence);
  expect(actual?.estimate).toBeCloseTo(each.estimate, 12);
  expectInterval(actual?.interval, each.interval);
});

test.each(golden.exactRanks.wilcoxon)("exact signed ranks with ties, $first and $second", ({ first, second, p }) => {
  expect(wilcoxonExactP(first, second)).toEqual(p === null ? null : expect.closeTo(p, 12));
});

test.each(golden.exactRanks.mannWhitney)("exact rank sum with ties, $first and $second", ({ first, second, p }) => {
  expect(mannWhitneyExactP(first, second)).toBeCloseTo(p, 12);
});

test.each(golden.kendall)("interval of τ = $tau of $n pairs", ({ tau, n, confidence, lower, upper }) => {
  expectInterval(kendallInterval(tau, n, confidence), [lower, upper]);
});

test.each(golden.interquartileMean)("mean of the middle half of $values", ({ values, mean: reference }) => {
  expect(interquartileMean(values)).toBeCloseTo(reference, 13);
});

test.each(golden.noncentralT)("P(T > $t), $df degrees, noncentrality $noncentrality", (each) => {
  expect(Math.abs(noncentralTUpperTail(each.t, each.df, each.noncentrality) - each.p)).toBeLessThan(1e-11);
});

test.each(golden.power)("power of $n pairs at an effect of $effect, level $level", (each) => {
  expect(Math.abs(pairedTPower(each.effect, each.n, each.level)! - each.power)).toBeLessThan(1e-11);
});

test.each(golden.pairs)("pairs for a power of $power at an effect of $effect, level $level", (each) => {
  expect(pairsForPower(each.effect, each.power, each.level)).toBe(each.n);
});

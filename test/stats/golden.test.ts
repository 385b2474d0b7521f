import { readFileSync } from "node:fs";
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

interface Golden {
  readonly twoSample: readonly {
    readonly a: readonly number[];
    readonly b: readonly number[];
    readonly welch: { t: number; df: number; p: number; ci95: [number, number] };
    readonly paired: { t: number; p: number; ci95: [number, number] };
    readonly mannWhitney: { U: number; p: number };
    readonly wilcoxon: { W: number; p: number };
    readonly spearman: { rho: number; p: number };
    readonly kendall: { tau: number };
    readonly tostPaired: { margin: number; p: number };
    readonly predictionInterval95OfB: [number, number];
    readonly cliffsDelta: number;
  }[];
  readonly multiplicity: { p: number[]; holm: number[]; benjaminiHochberg: number[] };
  readonly wilson95: readonly { successes: number; n: number; ci: [number, number] }[];
}

// SciPy, made by the project's reference scripts.
const golden: Golden = JSON.parse(readFileSync(new URL("../fixtures/golden/stats.json", import.meta.url), "utf8"));

/** Equal to 1e-10, relative where the reference is not close to 0. */
function expectClose(actual: number | undefined, reference: number): void {
  expect(Math.abs((actual ?? Number.NaN) - reference) / Math.max(Math.abs(reference), 1e-3)).toBeLessThan(1e-10);
}

function expectInterval(actual: { lower: number; upper: number } | null | undefined, [lower, upper]: [number, number]) {
  expectClose(actual?.lower, lower);
  expectClose(actual?.upper, upper);
}

const samples = golden.twoSample.map((each) => [each.a.length, each] as const);

test.each(samples)("Welch's t, n = %d", (_, { a, b, welch }) => {
  const actual = welchT(a, b, 0.95);
  expectClose(actual?.t, welch.t);
  expectClose(actual?.df, welch.df);
  expectClose(actual?.p, welch.p);
  expectInterval(actual?.interval, welch.ci95);
});

test.each(samples)("paired t, n = %d", (n, { a, b, paired }) => {
  const actual = pairedT(a, b, 0.95);
  expect(actual?.df).toBe(n - 1);
  expectClose(actual?.t, paired.t);
  expectClose(actual?.p, paired.p);
  expectInterval(actual?.interval, paired.ci95);
});

test.each(samples)("the interval of a mean, of differences, n = %d", (_, { a, b, paired }) => {
  expectInterval(
    meanInterval(
      a.map((value, i) => value - b[i]!),
      0.95,
    ),
    paired.ci95,
  );
});

test.each(samples)("Mann-Whitney's U, exact, n = %d", (_, { a, b, mannWhitney: reference }) => {
  const actual = mannWhitney(a, b);
  expect(actual?.u).toBe(reference.U);
  expectClose(actual?.p, reference.p);
});

test.each(samples)("Wilcoxon's signed ranks, exact, n = %d", (n, { a, b, wilcoxon: reference }) => {
  const actual = wilcoxon(a, b);
  expect(actual).toMatchObject({ w: reference.W, n });
  expectClose(actual?.p, reference.p);
});

test.each(samples)("Spearman's ρ, n = %d", (_, { a, b, spearman: reference }) => {
  const actual = spearman(a, b);
  expectClose(actual?.rho, reference.rho);
  expectClose(actual?.p, reference.p);
});

test.each(samples)("Kendall's τ-b and Cliff's δ, n = %d", (_, { a, b, kendall: { tau }, cliffsDelta: delta }) => {
  expectClose(kendall(a, b) ?? undefined, tau);
  expectClose(cliffsDelta(a, b) ?? undefined, delta);
});

test.each(samples)("two one-sided tests, n = %d", (_, { a, b, tostPaired: { margin, p } }) => {
  expectClose(equivalenceP(a, b, margin) ?? undefined, p);
});

test.each(samples)("prediction interval of one new value, n = %d", (n, { b, predictionInterval95OfB }) => {
  const summary = { mean: mean(b), standardDeviation: standardDeviation(b), n };
  expectInterval(predictionInterval(summary, 1, 0.95), predictionInterval95OfB);
});

test("Holm and Benjamini-Hochberg, in any order of the p-values", () => {
  const { p, holm: stepDown, benjaminiHochberg: stepUp } = golden.multiplicity;
  const shuffled = p.map((_, i) => (3 * i + 2) % p.length);
  expect(new Set(shuffled).size).toBe(p.length);
  for (const [i, place] of shuffled.entries()) {
    expectClose(holm(shuffled.map((k) => p[k]!))[i], stepDown[place]!);
    expectClose(benjaminiHochberg(shuffled.map((k) => p[k]!))[i], stepUp[place]!);
  }
});

test.each(golden.wilson95)("Wilson's interval of $successes in $n", ({ successes, n, ci }) => {
  expectInterval(wilsonInterval(successes, n, 0.95), ci);
});

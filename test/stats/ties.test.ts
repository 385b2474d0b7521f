import { expect, test } from "vitest";
import { cliffsDelta, kendall, mannWhitney, spearman, wilcoxon } from "../../src/stats/index.ts";

const A = [1, 2, 2, 3, 5, 8, 8];
const B = [2, 2, 4, 4, 6, 7, 1];

// SciPy 1.17: mannwhitneyu (asymptotic, continuity), wilcoxon (approx, no correction), spearmanr, kendalltau.
test("rank statistics share the ranks of ties", () => {
  expect(mannWhitney(A, B)).toEqual({ u: 26.5, p: expect.closeTo(0.8458148386257579, 12) });
  expect(wilcoxon(A, B)).toEqual({ w: 8.5, p: expect.closeTo(0.6662276454096188, 12), n: 6 });
  expect(spearman(A, B)).toEqual({
    rho: expect.closeTo(0.29629629629629634, 12),
    p: expect.closeTo(0.5187778224294842, 12),
  });
  expect(kendall(A, B)).toBeCloseTo(0.36842105263157887, 12);
  expect(cliffsDelta(A, B)).toBeCloseTo((26.5 - 22.5) / 49, 12);
});

test("samples that do not vary correlate with nothing", () => {
  expect(spearman([1, 1, 1], [1, 2, 3])).toBeNull();
  expect(kendall([1, 1, 1], [1, 2, 3])).toBeNull();
});

test("equal samples do not differ", () => {
  expect(mannWhitney([1, 1], [1, 1])).toEqual({ u: 2, p: 1 });
  expect(wilcoxon(A, A)).toBeNull();
  expect(cliffsDelta(A, A)).toBe(0);
});

test("p-values stay at most 1 where the two tails overlap", () => {
  expect(mannWhitney([1, 4], [2, 3])).toEqual({ u: 2, p: 1 });
  expect(wilcoxon([1, 0], [0, 2])).toMatchObject({ w: 1, p: 1 });
});

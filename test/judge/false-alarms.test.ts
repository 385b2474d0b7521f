import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import { fillNormal } from "../../src/data/normal.ts";
import { judge } from "../../src/judge/judge.ts";
import type { ResolvedAssertion } from "../../src/spec/run.types.ts";
import { runRecord } from "./run-record.ts";

const RUNS = 2000;
const SEEDS = [0, 1, 2, 3, 4];

const x = (arm: string) => ({ arm, measurement: "x" });
const LIST = ["A", "B", "C", "D", "E", "F", "G", "H"];

/** Shares of the verdicts over many runs whose arms are this, arm by arm, and noise of standard deviation 1 on top. */
function sharesOf(assertion: ResolvedAssertion, means: readonly number[], convert = (value: number) => value) {
  const random = xoroshiro128plus(20);
  const draws = new Float32Array(means.length * SEEDS.length);
  const counts = { pass: 0, fail: 0, inconclusive: 0, "not-measured": 0 };
  for (let run = 0; run < RUNS; run += 1) {
    fillNormal(draws, random);
    const samples = Object.fromEntries(
      means.map((mean, i) => [
        `${LIST[i]}.x`,
        [...draws.slice(i * SEEDS.length, (i + 1) * SEEDS.length)].map((draw) => convert(draw + mean)),
      ]),
    );
    const [verdict] = judge(runRecord({ seeds: SEEDS, samples, assertions: [assertion] }));
    counts[verdict!.status] += 1;
  }
  return { pass: counts.pass / RUNS, fail: counts.fail / RUNS };
}

const ratio: ResolvedAssertion = { kind: "ratio", first: x("A"), second: x("B"), above: 1 };
const difference: ResolvedAssertion = { kind: "difference", first: x("A"), second: x("B"), above: 0 };

// 2.5 % on either side; 0.35 points are one standard error of 2000 runs.
test.each([
  ["ratio", ratio, Math.exp],
  ["difference", difference, (value: number) => value],
] as const)("two equal arms differ by %s in 5 in 100 runs", (_, assertion, convert) => {
  const { pass, fail } = sharesOf(assertion, [0, 0], convert);
  for (const share of [pass, fail]) {
    expect(share).toBeGreaterThan(0.015);
    expect(share).toBeLessThan(0.036);
  }
});

test.each([
  ["ratio", ratio, Math.log(50), Math.exp],
  ["difference", difference, 4, (value: number) => value],
] as const)("a planted effect is found: %s", (_, assertion, effect, convert) => {
  const { pass, fail } = sharesOf(assertion, [effect, 0], convert);
  expect(pass).toBeGreaterThan(0.95);
  expect(fail).toBe(0);
});

const trend = (count: number): ResolvedAssertion => ({
  kind: "trend",
  of: LIST.slice(0, count).map(x) as [ReturnType<typeof x>],
  direction: "increasing",
});
const equal = (count: number) => LIST.slice(0, count).map(() => 0);

test.each([3, 5, 8])("%i equal arms have a trend over five seeds in at most 5 in 100 runs", (count) => {
  const { pass, fail } = sharesOf(trend(count), equal(count));
  expect(pass).toBeLessThan(0.05);
  expect(fail).toBeLessThan(0.05);
});

test.each([
  ["increasing", [0, 1, 2, 3, 4], "pass"],
  ["decreasing", [4, 3, 2, 1, 0], "fail"],
] as const)("a planted trend is found: %s", (_, means, status) => {
  expect(sharesOf(trend(5), means)[status]).toBeGreaterThan(0.95);
});

const equivalent: ResolvedAssertion = {
  kind: "equivalent",
  first: x("A"),
  second: x("B"),
  margin: 3,
  scale: "difference",
};

test("equal arms are equivalent, and arms at the very margin are in at most 5 in 100 runs", () => {
  const alike = sharesOf(equivalent, [0, 0]);
  expect(alike.pass).toBeGreaterThan(0.85);
  expect(alike.fail).toBe(0);
  const atMargin = sharesOf(equivalent, [3, 0]);
  expect(atMargin.pass).toBeLessThan(0.062);
  expect(atMargin.pass).toBeGreaterThan(0.035);
  expect(atMargin.fail).toBeLessThan(0.036);
  expect(sharesOf(equivalent, [8, 0]).fail).toBeGreaterThan(0.95);
});

const breaks: ResolvedAssertion = {
  kind: "change-point",
  of: LIST.map(x) as unknown as Extract<ResolvedAssertion, { kind: "change-point" }>["of"],
  at: [1, 2, 3, 4, 5, 6, 7, 8],
  above: 6,
};

test("noise along a line has no break, and a planted one is found", () => {
  expect(sharesOf(breaks, [0, 1, 2, 3, 4, 5, 6, 7]).pass).toBeLessThan(0.005);
  expect(sharesOf(breaks, [0, 0, 0, 0, 12, 24, 36, 48]).pass).toBeGreaterThan(0.95);
});

const correlated = (arms: number): ResolvedAssertion => ({
  kind: "correlation",
  pairs: LIST.slice(0, arms).map((arm, i) => ({ first: x(arm), second: x(LIST[i + arms]!) })) as never,
  above: 0,
});

test.each([1, 2, 4])("what is unrelated over %i arms correlates in at most 5 in 100 runs", (arms) => {
  const { pass, fail } = sharesOf(correlated(arms), equal(2 * arms));
  expect(pass).toBeLessThan(0.036);
  expect(fail).toBeLessThan(0.036);
});

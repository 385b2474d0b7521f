import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import type { ResolvedAssertion } from "../../src/spec/run.types.ts";
import { diverged, runRecord } from "./run-record.ts";

const sharper: ResolvedAssertion = {
  kind: "ratio",
  first: { arm: "LB", measurement: "x" },
  second: { arm: "SB", measurement: "x" },
  above: 1,
};

function resultOf(first: readonly number[], second: readonly number[]) {
  const seeds = first.map((_, i) => i);
  const [verdict] = judge(runRecord({ seeds, samples: { "LB.x": first, "SB.x": second }, assertions: [sharper] }));
  return verdict!.assertions[0].results[0];
}

test("zeros cannot enter a log-ratio: at best an open question, with the seeds named and the others' ratio", () => {
  expect(resultOf([20, 20, 20, 20], [10, 10, 0, 0])).toMatchObject({
    status: "inconclusive",
    reason:
      "a ratio takes positive values only: SB.x at seeds 2 and 3 is 0; without, ratio 2 (the same at each of 2 seeds), it lies above 1",
    effect: { scale: "ratio", estimate: 2, n: 2 },
    values: [{ seed: 0 }, { seed: 1 }, { seed: 2, second: 0 }, { seed: 3, second: 0 }],
    settle: "positive values at seeds 2 and 3",
  });
});

test("a negative value is told as it is", () => {
  const result = resultOf([20, -0.25], [10, 10]);
  expect(result).toMatchObject({ status: "inconclusive", effect: { n: 1 } });
  expect(result.reason).toContain("LB.x at seed 1 is -0.25");
});

test("ratios of two negative values are not ratios of positive ones", () => {
  expect(resultOf([-20, -21, -20], [-10, -10, -10]).status).toBe("inconclusive");
});

test("without one pair of positive values the difference stands in, and decides nothing", () => {
  expect(resultOf([1, 2, 3], [0, 0, 0])).toMatchObject({
    status: "inconclusive",
    reason:
      "no seed gives a ratio: SB.x at seeds 0, 1 and 2 is 0; difference 2 (95 % interval -0.484 to 4.48, 3 seeds)",
    effect: { scale: "difference", estimate: 2, n: 3 },
  });
});

test("missing seeds are told beside zeros", () => {
  const samples = { "LB.x": [1, 2, 3, 4], "SB.x": [1, 1, 0, 1] };
  const options = { seeds: [0, 1, 2, 3], samples, assertions: [sharper], trials: [diverged("LB", 3, 2)] };
  expect(judge(runRecord(options))[0]?.reason).toMatch(
    /^1 of 4 seeds missing: LB at seed 3 diverged at update 2; a ratio takes positive values only: SB\.x at seed 2 is 0; without, /,
  );
});

test("the interval of a ratio stays finite, however wide", () => {
  const result = resultOf([1, 1e300], [1e300, 1]);
  expect(result).toMatchObject({ status: "inconclusive", effect: { interval: { lower: 0, upper: Number.MAX_VALUE } } });
});

test("a ratio too large for a number is judged on the logarithms", () => {
  expect(resultOf([1e300, 1e300, 1e300], [1e-300, 1e-300, 1e-300]).status).toBe("pass");
});

import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import type { ResolvedAssertion } from "../../src/spec/run.types.ts";
import { runRecord } from "./run-record.ts";

const A = { arm: "A", measurement: "x" };

function settleOf(assertion: ResolvedAssertion, values: readonly number[]) {
  const [verdict] = judge(
    runRecord({ seeds: values.map((_, i) => i), samples: { "A.x": values }, assertions: [assertion] }),
  );
  const result = verdict!.assertions[0].results[0];
  expect(result.status).toBe("inconclusive");
  return "settle" in result ? result.settle : undefined;
}

const above = (second: number, atLeast?: number): ResolvedAssertion => ({
  kind: "greater",
  first: A,
  second,
  ...(atLeast === undefined ? {} : { atLeast }),
});

// Mean 1, standard deviation 1: t₀.₉₇₅ / √n falls below 1 from n = 7 on (2.447 / √7 = 0.925, 2.571 / √6 = 1.050).
const UNIT = [0, 1, 2];

test.each<[string, ResolvedAssertion, readonly number[], string]>([
  [
    "on the claimed side",
    above(0),
    UNIT,
    "about 4 more seeds would decide it for the claim, if effect and spread stay as seen",
  ],
  [
    "on the other side",
    above(2),
    UNIT,
    "about 4 more seeds would decide it against the claim, if effect and spread stay as seen",
  ],
  [
    "one seed is enough",
    above(-1.3),
    UNIT,
    "about 1 more seed would decide it for the claim, if effect and spread stay as seen",
  ],
  ["a small effect", above(0.9), UNIT, "more than 200 more seeds: the effect, if any, is small beside its spread"],
  ["on the bound", above(1), UNIT, "more than 200 more seeds: the effect, if any, is small beside its spread"],
  [
    "short of the minimum",
    above(0, 1.5),
    UNIT,
    "not more seeds alone, if the mean stays short of the minimum 1.5; a smaller minimum, declared before the run, could",
  ],
  [
    "clear of the bound but short",
    above(-9, 12),
    UNIT,
    "not more seeds alone, if the mean stays short of the minimum 12; a smaller minimum, declared before the run, could",
  ],
  [
    "short, and on the other side",
    above(2, 0.5),
    UNIT,
    "about 4 more seeds would decide it against the claim, if effect and spread stay as seen",
  ],
  ["one value", above(0), [1], "more seeds: an interval takes at least two"],
  [
    "inside a range",
    { kind: "within", first: A, lowest: 0, highest: 9 },
    UNIT,
    "about 4 more seeds would decide it for the claim, if effect and spread stay as seen",
  ],
  [
    "outside a range",
    { kind: "within", first: A, lowest: 2, highest: 9 },
    UNIT,
    "about 4 more seeds would decide it against the claim, if effect and spread stay as seen",
  ],
])("what would settle it: %s", (_, assertion, values, settle) => {
  expect(settleOf(assertion, values)).toBe(settle);
});

test("the number of seeds it names is the least that does", () => {
  const mean = 1;
  const verdictWith = (n: number) => {
    // n values of mean 1 and standard deviation 1.
    const signs = Array.from({ length: n }, (_, i) => (n % 2 === 1 && i === n - 1 ? 0 : i % 2 === 0 ? 1 : -1));
    const scale = Math.sqrt((n - 1) / signs.filter((sign) => sign !== 0).length);
    const values = signs.map((sign) => mean + sign * scale);
    return judge(runRecord({ seeds: values.map((_, i) => i), samples: { "A.x": values }, assertions: [above(0)] }))[0];
  };
  expect([5, 6, 7, 8].map((n) => verdictWith(n)?.status)).toEqual(["inconclusive", "inconclusive", "pass", "pass"]);
});

test("passes and fails have nothing to settle", () => {
  const record = runRecord({ seeds: [0, 1, 2], samples: { "A.x": [9, 10, 11] }, assertions: [above(0), above(99)] });
  for (const { results } of judge(record)[0]!.assertions) expect(results[0]).not.toHaveProperty("settle");
});

import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import type { ResolvedAssertion } from "../../src/spec/run.types.ts";
import { runRecord } from "./run-record.ts";

const A = { arm: "A", measurement: "x" };
const B = { arm: "B", measurement: "x" };
const difference = (above: number, atLeast?: number): ResolvedAssertion => ({
  kind: "difference",
  first: A,
  second: B,
  above,
  ...(atLeast === undefined ? {} : { atLeast }),
});
const ratio = (above: number, atLeast?: number): ResolvedAssertion => ({
  ...(difference(above, atLeast) as Extract<ResolvedAssertion, { kind: "difference" }>),
  kind: "ratio",
});
const order = (kind: "greater" | "less", second: number | typeof B, atLeast?: number): ResolvedAssertion => ({
  kind,
  first: A,
  second,
  ...(atLeast === undefined ? {} : { atLeast }),
});
const within = (lowest: number, highest: number, second?: typeof B): ResolvedAssertion => ({
  kind: "within",
  first: A,
  ...(second ? { second } : {}),
  lowest,
  highest,
});

// Differences 3 ± 0.878: t of 4 degrees of freedom at 95 %, 2.776, times √(1/2) / √5.
const FIRST = [12, 13, 13, 13, 14];
const SECOND = [10, 10, 10, 10, 10];

test.each<[string, ResolvedAssertion, readonly number[], readonly number[], string, RegExp]>([
  [
    "difference above",
    difference(0),
    FIRST,
    SECOND,
    "pass",
    /^difference 3 \(95 % interval 2\.12 to 3\.88, 5 seeds\): the whole interval lies above 0$/,
  ],
  [
    "difference that reaches its minimum",
    difference(0, 3),
    FIRST,
    SECOND,
    "pass",
    /above 0, and the minimum 3 is reached$/,
  ],
  [
    "difference short of its minimum",
    difference(0, 3.5),
    FIRST,
    SECOND,
    "inconclusive",
    /above 0, but short of the declared minimum 3\.5$/,
  ],
  ["difference across the bound", difference(2.5), FIRST, SECOND, "inconclusive", /the interval contains 2\.5$/],
  ["difference below", difference(4), FIRST, SECOND, "fail", /the whole interval lies below 4$/],
  ["difference below, minimum named", difference(4, 5), FIRST, SECOND, "fail", /below 4$/],
  [
    "equal differences above",
    difference(2),
    [13, 13, 13],
    [10, 10, 10],
    "pass",
    /^difference 3 \(the same at each of 3 seeds\): it lies above 2$/,
  ],
  ["equal differences below", difference(4), [13, 13, 13], [10, 10, 10], "fail", /it lies below 4$/],
  ["equal differences on the bound", difference(3), [13, 13, 13], [10, 10, 10], "inconclusive", /it is exactly 3$/],
  ["one seed", difference(0), [13], [10], "inconclusive", /^difference 3 \(1 seed\): one seed gives no interval$/],
  ["greater than samples", order("greater", B), FIRST, SECOND, "pass", /above 0$/],
  ["greater than samples by a minimum", order("greater", B, 3), FIRST, SECOND, "pass", /the minimum 3 is reached$/],
  [
    "greater than samples, short of it",
    order("greater", B, 3.1),
    FIRST,
    SECOND,
    "inconclusive",
    /short of the declared minimum 3\.1$/,
  ],
  ["less than samples", order("less", B), SECOND, FIRST, "pass", /^difference -3 .* lies below 0$/],
  ["less than samples by a minimum", order("less", B, 3), SECOND, FIRST, "pass", /the minimum 3 is reached$/],
  [
    "less than samples, short of it",
    order("less", B, 3.1),
    SECOND,
    FIRST,
    "inconclusive",
    /short of the declared minimum 3\.1$/,
  ],
  ["less than samples, but greater", order("less", B), FIRST, SECOND, "fail", /lies above 0$/],
  [
    "greater than a number",
    order("greater", 10),
    FIRST,
    SECOND,
    "pass",
    /^mean 13 \(95 % interval 12\.12 to 13\.88, 5 seeds\): the whole interval lies above 10$/,
  ],
  ["greater than a number by a minimum", order("greater", 10, 3.5), FIRST, SECOND, "inconclusive", /short of/],
  ["less than a number", order("less", 14, 0.5), FIRST, SECOND, "pass", /below 14, and the minimum 0\.5 is reached$/],
  ["less than a number by a minimum", order("less", 14, 1.5), FIRST, SECOND, "inconclusive", /short of/],
  ["ratio above", ratio(1), [20, 40, 80], [10, 20, 20], "inconclusive", /^ratio 2\.52 .*: the interval contains 1$/],
  [
    "equal ratios above",
    ratio(1, 2),
    [20, 40, 80],
    [10, 20, 40],
    "pass",
    /^ratio 2 \(the same at each of 3 seeds\): it lies above 1, and the minimum 2 is reached$/,
  ],
  ["equal ratios on the bound", ratio(3), [3, 30, 300], [1, 10, 100], "inconclusive", /it is exactly 3$/],
  ["ratio below", ratio(1), [10, 11, 12, 10], [20, 21, 22, 23], "fail", /^ratio 0\.499 .* lies below 1$/],
  ["within", within(2, 4, B), FIRST, SECOND, "pass", /the whole interval lies between 2 and 4$/],
  ["within, ends included", within(3, 3, B), [13, 13], [10, 10], "pass", /it lies between 3 and 3$/],
  ["within, one end reached", within(2.5, 4, B), FIRST, SECOND, "inconclusive", /the interval contains 2\.5$/],
  [
    "within a range narrower than the interval",
    within(2.9, 3.1, B),
    FIRST,
    SECOND,
    "inconclusive",
    /contains 2\.9 and 3\.1$/,
  ],
  ["within, but above", within(0, 2, B), FIRST, SECOND, "fail", /lies above 2$/],
  ["within, but below", within(4, 5, B), FIRST, SECOND, "fail", /lies below 4$/],
  ["mean within", within(12, 14), FIRST, SECOND, "pass", /^mean 13 /],
])("%s", (_, assertion, first, second, status, reason) => {
  const samples = { "A.x": first, "B.x": second };
  const [verdict] = judge(runRecord({ seeds: first.map((_, i) => i), samples, assertions: [assertion] }));
  expect(verdict?.reason).toMatch(reason);
  expect(verdict?.status).toBe(status);
});

test("the interval is the paired one: spread that the arms share does not count", () => {
  const shared = [0, 100, -50, 30, 7];
  const samples = { "A.x": shared.map((value, i) => value + FIRST[i]!), "B.x": shared.map((value) => value + 10) };
  const [verdict] = judge(runRecord({ samples, assertions: [difference(0)] }));
  expect(verdict?.status).toBe("pass");
});

test("a higher confidence turns a narrow pass into an open question", () => {
  const samples = { "A.x": FIRST, "B.x": SECOND };
  const at = (confidence: number) => judge(runRecord({ samples, confidence, assertions: [difference(2)] }))[0];
  expect(at(0.95)?.status).toBe("pass");
  expect(at(0.999)).toMatchObject({ status: "inconclusive", reason: expect.stringContaining("99.9 % interval") });
});

test("a verdict tells its effect, interval, values and expression", () => {
  const samples = { "A.x": FIRST, "B.x": SECOND };
  const [verdict] = judge(runRecord({ samples, assertions: [difference(0, 1)] }));
  const half = (2.7764451051977987 * Math.sqrt(0.5)) / Math.sqrt(5);
  expect(verdict?.assertions[0]).toMatchObject({
    expression: "A.x − B.x > 0, at least 1",
    results: [
      {
        effect: {
          scale: "difference",
          estimate: 3,
          interval: { lower: expect.closeTo(3 - half, 12), upper: expect.closeTo(3 + half, 12) },
          n: 5,
        },
        values: FIRST.map((first, seed) => ({ seed, first, second: 10 })),
      },
    ],
  });
});

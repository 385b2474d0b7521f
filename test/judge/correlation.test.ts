import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import type { ResolvedAssertion } from "../../src/spec/run.types.ts";
import { diverged, type RecordOptions, runRecord } from "./run-record.ts";

const of = (arm: string, measurement: string) => ({ arm: `${arm}[F1]`, measurement });
const assertion = (above: number, arms = ["A", "B"]): ResolvedAssertion => ({
  kind: "correlation",
  pairs: arms.map((arm) => ({ first: of(arm, "x"), second: of(arm, "y") })) as Extract<
    ResolvedAssertion,
    { kind: "correlation" }
  >["pairs"],
  above,
});

// Ten trials; ρ = 1 − 6 · 14 / 990 = 0.915.
const X = [
  [1, 2, 3, 4, 5],
  [6, 7, 8, 9, 10],
];
const Y = [
  [1, 2, 5, 4, 3],
  [7, 6, 8, 10, 9],
];

function judged(above: number, y = Y, options: Partial<RecordOptions> = {}) {
  const samples = { "A[F1].x": X[0]!, "B[F1].x": X[1]!, "A[F1].y": y[0]!, "B[F1].y": y[1]! };
  return judge(runRecord({ samples, assertions: [assertion(above)], ...options }))[0]!.assertions[0];
}

test.each<[string, number, readonly number[][], string, RegExp]>([
  [
    "above",
    0.5,
    Y,
    "pass",
    /^correlation 0\.927 \(95 % interval 0\.6\d* to 0\.98\d*, 10 trials\): the whole interval lies above 0\.5$/,
  ],
  ["across", 0.9, Y, "inconclusive", /the interval contains 0\.9$/],
  ["below", 0.9, Y.map((each) => each.map((value) => -value)), "fail", /^correlation -0\.927 .* lies below 0\.9$/],
])("the trials of all arms are taken together: %s", (_, above, y, status, reason) => {
  const verdict = judged(above, y as number[][]);
  expect(verdict.reason).toMatch(reason);
  expect(verdict.status).toBe(status);
});

test("what is judged, and every trial's pair", () => {
  const { judged: by, results, expression } = judged(0.5);
  expect(expression).toBe("ρ of x with y over A[F1], B[F1] > 0.5");
  expect(by).toEqual({
    scale: "correlation",
    region: { kind: "above", bound: 0.5 },
    subject: "ρ of x with y over 2 arms",
  });
  expect(results[0]).toMatchObject({ effect: { n: 10 }, values: { length: 10, 7: { seed: 2, first: 8, second: 8 } } });
});

test("ρ = 1 has a finite interval, and four trials decide nothing", () => {
  expect(judged(0.5, X).status).toBe("pass");
  const four = judged(0, X, { seeds: [0, 1] });
  expect(four.status).toBe("inconclusive");
  expect(four.results[0]).toMatchObject({ effect: { estimate: 1, n: 4, interval: { upper: 1 } } });
});

test("three trials have no interval", () => {
  const samples = { "A[F1].x": [1, 2, 3], "A[F1].y": [1, 2, 3] };
  const verdict = judged(0, Y, { seeds: [0, 1, 2], samples, assertions: [assertion(0, ["A"])] });
  expect(verdict).toMatchObject({ status: "inconclusive", results: [{ effect: { interval: null } }] });
});

test.each<[string, Partial<RecordOptions>, readonly number[][], RegExp]>([
  ["too few trials", { seeds: [0], assertions: [assertion(0)] }, Y, /^2 trials are too few$/],
  [
    "one side is constant",
    {},
    [
      [1, 1, 1, 1, 1],
      [1, 1, 1, 1, 1],
    ],
    /^one of the two does not vary$/,
  ],
])("not measured: %s", (_, options, y, reason) => {
  const verdict = judged(0, y as number[][], options);
  expect(verdict.status).toBe("not-measured");
  expect(verdict.reason).toMatch(reason);
});

test("a trial that is missing leaves the rest in doubt", () => {
  const verdict = judged(0.5, Y, { trials: [diverged("B[F1]", 4, 3)] });
  expect(verdict.status).toBe("inconclusive");
  expect(verdict.reason).toMatch(
    /^B\[F1\] at seed 4 diverged at update 3; correlation .* 9 trials\): what is left may be/,
  );
});

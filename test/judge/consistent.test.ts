import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import { comparePublished } from "../../src/judge/published.ts";
import type { PublishedEntry, PublishedValue, ResolvedAssertion } from "../../src/spec/run.types.ts";
import { type RecordOptions, runRecord } from "./run-record.ts";

const POINTER = "p#/table2/F1";
const first = { arm: "SB[F1]", measurement: "acc" };
const assertion: ResolvedAssertion = { kind: "consistent", of: first, pointer: POINTER, arm: "SB" };

const entry = (arms: Record<string, PublishedValue>): PublishedEntry => ({
  quantity: "q",
  source: "Table 2",
  origin: "stated",
  arms,
});

function recordOf(arms: Record<string, PublishedValue>, options: Partial<RecordOptions> = {}) {
  return runRecord({
    seeds: [0, 1, 2],
    samples: { "SB[F1].acc": [0.979, 0.981, 0.98] },
    assertions: [assertion],
    published: { [POINTER]: entry(arms) },
    ...options,
  });
}

function verdictOf(...of: Parameters<typeof recordOf>) {
  return judge(recordOf(...of))[0]!.assertions[0];
}

// t of 4 degrees of freedom, 2.776 · 0.0007 · √(1/5 + 1/3) = 0.00142.
test.each<[string, number, string, RegExp]>([
  [
    "inside",
    0.9803,
    "pass",
    /^our mean 0\.98 lies in 0\.9789 to 0\.9817, expected of 3 trials from the published 0\.9803 ± 0\.0007 \(5 trials\)$/,
  ],
  ["above", 0.978, "fail", /^our mean 0\.98 lies outside 0\.9766 to 0\.9794, /],
  ["below", 0.99, "fail", /lies outside/],
])("our mean %s what the published trials predict", (_, mean, status, reason) => {
  const verdict = verdictOf({ SB: { mean, std: 0.0007, n: 5 } });
  expect(verdict.reason).toMatch(reason);
  expect(verdict.status).toBe(status);
  expect(verdict.judged.region).toEqual({
    kind: "within",
    lowest: expect.closeTo(mean - 0.0014194, 6),
    highest: expect.closeTo(mean + 0.0014194, 6),
  });
});

test("a single trial of ours is held against the prediction for one", () => {
  const samples = { "SB[F1].acc": [0.982] };
  expect(verdictOf({ SB: { mean: 0.9803, std: 0.0007, n: 5 } }, { samples, seeds: [0] }).status).toBe("pass");
  expect(verdictOf({ SB: { mean: 0.9795, std: 0.0007, n: 5 } }, { samples, seeds: [0] }).status).toBe("fail");
});

test.each<[string, Record<string, PublishedValue>, RegExp]>([
  ["no such arm", { LB: { mean: 0.98, std: 1, n: 5 } }, /^nothing is published of SB at p#\/table2\/F1$/],
  ["no spread", { SB: { mean: 0.98, n: 5 } }, /lacks its spread/],
  ["no number of trials", { SB: { mean: 0.98, std: 0.1 } }, /of how many trials it is$/],
  ["a single trial", { SB: { mean: 0.98, std: 0.1, n: 1 } }, /of one trial, which has no spread$/],
])("not measured: %s", (_, arms, reason) => {
  const verdict = verdictOf(arms);
  expect(verdict.status).toBe("not-measured");
  expect(verdict.reason).toMatch(reason);
});

test("an entry that the record lacks predicts nothing", () => {
  expect(verdictOf({}, { published: {} })).toMatchObject({
    status: "not-measured",
    reason: "nothing is published of SB at p#/table2/F1",
  });
});

test("the published arm may bear another name, and the comparison is with that", () => {
  const record = recordOf(
    { SB: { mean: 9, std: 1, n: 5 }, "batch 256": { mean: 0.9803, std: 0.0007, n: 5 } },
    {
      assertions: [
        { kind: "greater", first, second: 0 },
        { ...assertion, arm: "batch 256" },
      ],
    },
  );
  const [verdict] = judge(record);
  expect(verdict?.assertions[1]?.status).toBe("pass");
  expect(comparePublished(record, verdict!)).toMatchObject([{ publishedEffect: 0.9803, consistent: true }]);
});

test("an entry that another assertion is held against is not that of this one", () => {
  const published = {
    [POINTER]: entry({ SB: { mean: 0.9803, std: 0.0007, n: 5 } }),
    "p#/other": entry({ SB: { mean: 5, std: 1, n: 5 } }),
  };
  const record = recordOf({}, { published });
  expect(comparePublished(record, judge(record)[0]!).map(({ publishedEffect }) => publishedEffect)).toEqual([
    0.9803,
    undefined,
  ]);
});

test("an assertion that is denied stands beside its entry as well", () => {
  const greater: ResolvedAssertion = { kind: "greater", first, second: 1 };
  const record = recordOf(
    { SB: { mean: 0.98, std: 0.001, n: 5 } },
    { assertions: [{ kind: "not", assertion: greater }] },
  );
  expect(comparePublished(record, judge(record)[0]!)).toMatchObject([{ publishedEffect: 0.98, consistent: true }]);
});

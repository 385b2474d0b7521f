import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import { comparePublished } from "../../src/judge/published.ts";
import type { PublishedEntry, ResolvedAssertion } from "../../src/spec/run.types.ts";
import { type RecordOptions, runRecord } from "./run-record.ts";

function compare(options: Partial<RecordOptions> & Pick<RecordOptions, "published" | "assertions">) {
  const record = runRecord({
    seeds: [0, 1, 2],
    samples: {
      "LB[F1].s[0.001,scaled]": [50, 60, 70],
      "LB[F1].s[0.001,paper-literal]": [4, 6, 9],
      "LB[F1].s[0.0005,paper-literal]": [3, 3, 3],
      "SB[F1].s[0.001,scaled]": [1, 1, 1],
      "SB[F1].s[0.001,paper-literal]": [1, 1, 1],
      "SB[F1].s[0.0005,paper-literal]": [1, 1, 1],
      "LB[F1].acc": [0.978, 0.979, 0.977],
      "SB[F1].acc": [0.981, 0.98, 0.98],
    },
    ...options,
  });
  return comparePublished(record, judge(record)[0]!);
}

const entry = (fields: Partial<PublishedEntry>): PublishedEntry => ({
  quantity: "q",
  source: "Table 3",
  origin: "stated",
  arms: {},
  ...fields,
});
const sharpness = (arm: string, epsilon: number) => ({ arm: `${arm}[F1]`, measurement: "s", epsilon });
const ratio = (epsilon: number): ResolvedAssertion => ({
  kind: "ratio",
  first: sharpness("LB", epsilon),
  second: sharpness("SB", epsilon),
  above: 1,
});
const accuracy = (arm: string) => ({ arm: `${arm}[F1]`, measurement: "acc" });
const gap: ResolvedAssertion = { kind: "difference", first: accuracy("SB"), second: accuracy("LB"), above: 0 };
const table3 = entry({
  arms: { SB: { mean: 1.23, std: 0.83, n: 5 }, LB: { mean: 205.14, std: 69.52, n: 5 } },
  effect: { kind: "ratio", of: ["LB", "SB"] },
});

test("the paper's ratio stands beside that of the paper's own maximiser", () => {
  const [comparison] = compare({
    assertions: [ratio(0.001)],
    published: { "p#/table3/F1/0.001": table3 },
    profile: "quick",
  });
  expect(comparison).toMatchObject({
    pointer: "p#/table3/F1/0.001",
    publishedEffect: expect.closeTo(166.78, 2),
    ours: { scale: "ratio", estimate: 6, n: 3 },
    consistent: false,
    wording:
      "the paper's 167 lies outside our interval 2.19 to 16.4 (paper-literal maximiser); another scale, so no verdict hangs on it",
  });
});

test("at the suite's own scale the caveat says no more than it must", () => {
  const published = { "p#/x": entry({ effect: { kind: "ratio", of: ["LB", "SB"], value: 6 } }) };
  expect(compare({ assertions: [ratio(0.001)], published })[0]).toMatchObject({
    consistent: true,
    wording: "the paper's 6 lies in our interval 2.19 to 16.4 (paper-literal maximiser); no verdict hangs on it",
  });
});

test("ε in the pointer picks the assertion", () => {
  const published = { "p#/table3/F1/0.0005": table3, "p#/table3/F1/0.001": table3, "p#/table3/F1/0.5": table3 };
  const comparisons = compare({ assertions: [ratio(0.001), ratio(0.0005)], published });
  expect(comparisons.map(({ ours }) => ours?.estimate)).toEqual([
    expect.closeTo(3, 12),
    expect.closeTo(6, 12),
    undefined,
  ]);
  expect(comparisons[2]?.wording).toBe("the paper's 167; no assertion is about it");
});

test("of two assertions about the same arms, the one without ε, then the one of the same direction, is meant", () => {
  const back: ResolvedAssertion = { kind: "ratio", first: accuracy("LB"), second: accuracy("SB"), above: 0 };
  const forth: ResolvedAssertion = { kind: "ratio", first: accuracy("SB"), second: accuracy("LB"), above: 0 };
  const published = { "p#/text/ratio": entry({ effect: { kind: "ratio", of: ["SB", "LB"], value: 1 } }) };
  const [comparison] = compare({ assertions: [ratio(0.001), back, forth], published });
  expect(comparison?.publishedEffect).toBe(1);
  expect(comparison?.ours?.estimate).toBeCloseTo(0.980333 / 0.978, 5);
  expect(compare({ assertions: [ratio(0.001), back], published })[0]?.ours?.estimate).toBeCloseTo(0.978 / 0.980333, 5);
});

test.each<[string, PublishedEntry["effect"], number | [number, number], boolean]>([
  ["value", { kind: "ratio", of: ["SB", "LB"], value: 0.5 }, 2, false],
  ["range", { kind: "ratio", of: ["SB", "LB"], range: [0.1, 0.25] }, [4, 10], true],
  ["range of the same direction", { kind: "ratio", of: ["LB", "SB"], range: [20, 100] }, [20, 100], false],
])("an effect the other way round is turned: %s", (_, effect, expected, consistent) => {
  const [comparison] = compare({ assertions: [ratio(0.001)], published: { "p#/x": entry({ effect: effect! }) } });
  expect(comparison).toMatchObject({ publishedEffect: expected, consistent });
  if (typeof expected !== "number") {
    expect(comparison?.wording).toMatch(consistent ? / overlaps our interval / : / does not overlap our interval /);
  }
});

test("the paper's difference stands beside ours, whatever assertion makes it", () => {
  const table2 = entry({
    arms: { SB: { mean: 0.9803, std: 0.0007, n: 5 }, LB: { mean: 0.9781, std: 0.0007, n: 5 } },
    effect: { kind: "difference", of: ["SB", "LB"] },
  });
  const less: ResolvedAssertion = { kind: "less", first: accuracy("LB"), second: accuracy("SB") };
  const within: ResolvedAssertion = {
    kind: "within",
    first: accuracy("SB"),
    second: accuracy("LB"),
    lowest: 0,
    highest: 1,
  };
  for (const [assertion, sign] of [
    [gap, 1],
    [less, -1],
    [within, 1],
  ] as const) {
    const [comparison] = compare({ assertions: [assertion], published: { "p#/table2/F1/test-accuracy": table2 } });
    expect(comparison?.publishedEffect).toBeCloseTo(sign * 0.0022, 12);
    expect(comparison?.ours?.estimate).toBeCloseTo((sign * 0.007) / 3, 12);
    expect(comparison?.consistent).toBe(true);
  }
});

test("the mean of an arm is held against where the paper's trials put it", () => {
  const assertion: ResolvedAssertion = { kind: "greater", first: accuracy("SB"), second: 0.9 };
  const at = (mean: number) =>
    compare({
      assertions: [assertion],
      published: { "p#/x": entry({ arms: { SB: { mean, std: 0.0007, n: 5 } } }) },
    })[0];
  // t of 4 degrees of freedom, 2.776 · 0.0007 · √(1/5 + 1/3) = 0.00142.
  expect(at(0.9803)).toMatchObject({
    publishedEffect: 0.9803,
    consistent: true,
    wording:
      "our mean 0.9803 lies in 0.9789 to 0.9817, expected of 3 trials from the paper's 0.9803 ± 0.0007 (5 trials); no verdict hangs on it",
  });
  expect(at(0.9788)).toMatchObject({
    consistent: false,
    wording: expect.stringContaining("lies outside 0.9774 to 0.9802"),
  });
});

test("a reading without spread is held against our interval", () => {
  const assertion: ResolvedAssertion = { kind: "less", first: accuracy("LB"), second: 1 };
  const published = { "p#/x": entry({ origin: "reading", arms: { LB: { mean: 0.97 } } }) };
  expect(compare({ assertions: [assertion], published })[0]).toMatchObject({
    consistent: false,
    wording: "the paper's 0.97 (read off a figure) lies outside our interval 0.9755 to 0.9805; no verdict hangs on it",
  });
});

test.each<[string, Partial<RecordOptions>, RegExp]>([
  [
    "one seed",
    { seeds: [0] },
    /^the paper's 167; ours is 4, of one seed without interval \(paper-literal maximiser\); /,
  ],
  [
    "nothing measured",
    { samples: { "LB[F1].s[0.001,paper-literal]": [] } },
    /^the paper's 167; ours was not measured$/,
  ],
  [
    "no positive values",
    { samples: { "LB[F1].s[0.001,paper-literal]": [1, 2, 3], "SB[F1].s[0.001,paper-literal]": [0, 0, 0] } },
    /^the paper's 167; ours has no ratio, for want of positive values$/,
  ],
])("without an interval of ours nothing is called consistent: %s", (_, options, wording) => {
  const [comparison] = compare({ assertions: [ratio(0.001)], published: { "p#/table3/F1/0.001": table3 }, ...options });
  expect(comparison?.wording).toMatch(wording);
  expect(comparison).not.toHaveProperty("consistent");
});

test("an entry of other arms, without an effect, is shown as it is", () => {
  const published = { "p#/figure4": entry({ arms: { "batch 100": { mean: 4 } } }) };
  expect(compare({ assertions: [gap], published })[0]).toEqual({
    pointer: "p#/figure4",
    entry: published["p#/figure4"],
    wording: "shown as published; no assertion is about it",
  });
});

test("a published mean of 0 gives no ratio", () => {
  const zero = { ...table3, arms: { ...table3.arms, SB: { mean: 0 } } };
  expect(compare({ assertions: [ratio(0.001)], published: { "p#/x": zero } })[0]).not.toHaveProperty("publishedEffect");
});

test("no published value changes a verdict", () => {
  const options = {
    samples: { "LB[F1].acc": [1, 2, 4], "SB[F1].acc": [1, 1, 1] },
    seeds: [0, 1, 2],
    assertions: [gap],
  };
  const published = { "p#/x": entry({ effect: { kind: "difference", of: ["SB", "LB"], value: 9 } }) };
  expect(judge(runRecord({ ...options, published }))).toEqual(judge(runRecord(options)));
});

test("the level is that of the claim, and a verdict that the entry decides says so", () => {
  const published = { "p#/x": entry({ arms: { SB: { mean: 0.9789, std: 0.0007, n: 5 } } }) };
  const consistent: ResolvedAssertion = { kind: "consistent", of: accuracy("SB"), pointer: "p#/x", arm: "SB" };
  const record = runRecord({
    seeds: [0, 1, 2],
    samples: { "SB[F1].acc": [0.981, 0.98, 0.98] },
    assertions: [consistent],
    published,
  });
  const at = (confidence: number) => comparePublished(record, { ...judge(record)[0]!, confidence })[0];
  expect(at(0.95)).toMatchObject({ consistent: false, wording: expect.stringMatching(/; the verdict hangs on it$/) });
  expect(at(0.99)).toMatchObject({ consistent: true });

  const denied: ResolvedAssertion = { kind: "not", assertion: consistent };
  expect(compare({ assertions: [denied], published })[0]?.wording).toMatch(/ outside .*; the verdict hangs on it$/);
});

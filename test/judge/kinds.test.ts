import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import { fillNormal } from "../../src/data/normal.ts";
import { judge } from "../../src/judge/judge.ts";
import type { PublishedValue, ResolvedAssertion, SampleReference } from "../../src/spec/run.types.ts";
import { diverged, type RecordOptions, runRecord } from "./run-record.ts";

// Of a matrix variant: its name is not the axis's business, but the samples'.
const at = (arm: string, measurement = "x"): SampleReference => ({ arm: `${arm}[F1]`, measurement });
const [A, B, C] = [at("A"), at("B"), at("C")];

type Values = readonly (number | string)[];

/** A[F1].x, B[F1].x … */
function named(columns: readonly Values[]): RecordOptions["samples"] {
  return Object.fromEntries(columns.map((values, i) => [`${String.fromCharCode(65 + i)}[F1].x`, values]));
}

function judged(assertion: ResolvedAssertion, columns: readonly Values[], options: Partial<RecordOptions> = {}) {
  const seeds = columns[0]!.map((_, i) => i);
  return judge(runRecord({ seeds, samples: named(columns), assertions: [assertion], ...options }))[0]!.assertions[0];
}

const half: ResolvedAssertion = {
  kind: "combination",
  terms: [
    { factor: 1, of: C },
    { factor: -0.5, of: A },
    { factor: -0.5, of: B },
  ],
  above: 0,
};
const belowOne: ResolvedAssertion = {
  kind: "combination",
  terms: [
    { factor: 2, of: A },
    { factor: 1, of: B },
  ],
  below: 1,
};
const alike: ResolvedAssertion = { kind: "equivalent", first: A, second: B, margin: 1, scale: "difference" };
const alikeBy2: ResolvedAssertion = { kind: "equivalent", first: A, second: B, margin: 2, scale: "ratio" };
const rising: ResolvedAssertion = { kind: "ordered", of: [A, B, C] };
const falls: ResolvedAssertion = { kind: "trend", of: [A, B, C], direction: "decreasing" };
const fallsFar: ResolvedAssertion = { ...falls, atLeast: 0.9 };
const LIST = ["A", "B", "C", "D", "E", "F", "G", "H"].map((arm) => at(arm));
type ChangePoint = Extract<ResolvedAssertion, { kind: "change-point" }>;
const breaks: ChangePoint = {
  kind: "change-point",
  of: LIST as unknown as ChangePoint["of"],
  at: [10, 20, 30, 40, 50, 60, 70, 80],
  above: 6,
};

const DRAWS = new Float32Array(40);
fillNormal(DRAWS, xoroshiro128plus(3));
const noise = (place: number, seed: number) => DRAWS[5 * place + seed]!;

const FLAT = [0, 0, 0];
// Columns are arms, each with a value for three seeds: small wiggles around what f says of the arm's place in the list.
const wiggle = (f: (place: number) => number, size = 0.01): Values[] =>
  LIST.map((_, i) => [0, 1, 2].map((seed) => f(i) + size * noise(i, seed)));
const broken = wiggle((i) => (i < 5 ? 0 : i - 4));
const straight = wiggle((i) => i);

test.each<[string, ResolvedAssertion, readonly Values[], string, RegExp]>([
  [
    "a sum above its bound",
    half,
    [FLAT, [2, 2, 2], [2, 3, 2.5]],
    "pass",
    /^difference 1\.5 \(95 % interval 0\.258 to 2\.74, 3 seeds\): the whole interval lies above 0$/,
  ],
  ["a sum below it", half, [FLAT, [9, 9, 9], [2, 3, 2.5]], "fail", /^difference -2 .* lies below 0$/],
  ["a sum across it", half, [FLAT, [4, 4, 4], [2, 3, 2.5]], "inconclusive", /the interval contains 0$/],
  ["a sum below as asked", belowOne, [[0.1, 0.2, 0.1], FLAT], "pass", /lies below 1$/],
  ["a sum above where below is asked", belowOne, [[5, 6, 5], FLAT], "fail", /lies above 1$/],

  [
    "equivalent",
    alike,
    [[0.1, -0.1, 0.2], FLAT],
    "pass",
    /^difference 0\.0667 \(90 % interval -0\.191 to 0\.324, 3 seeds\): the whole interval lies between -1 and 1$/,
  ],
  ["not equivalent", alike, [[3, 3.2, 3.1], FLAT], "fail", /^difference 3\.1 .* lies above 1$/],
  ["not equivalent, the other way round", alike, [FLAT, [3, 3.2, 3.1]], "fail", /lies below -1$/],
  ["too wide to be equivalent", alike, [[1.5, -1.5, 0], FLAT], "inconclusive", /contains -1 and 1$/],
  [
    "equivalent by a factor",
    alikeBy2,
    [
      [2.1, 1.9, 2],
      [2, 2, 2],
    ],
    "pass",
    /^ratio 0\.999 .* between 0\.5 and 2$/,
  ],
  [
    "too small by a factor",
    alikeBy2,
    [
      [1, 1.1, 1.05],
      [9, 9, 9],
    ],
    "fail",
    /^ratio 0\.117 .* lies below 0\.5$/,
  ],
  ["a factor of nothing", alikeBy2, [FLAT, [1, 1, 1]], "inconclusive", /^no seed gives a ratio: A\[F1\]\.x/],

  [
    "in order",
    rising,
    [FLAT, [1, 1.1, 1.2], [3, 3.1, 3]],
    "pass",
    /^A < B: difference 1\.1 .* lies above 0; B < C: difference 1\.93 /,
  ],
  [
    "one pair the wrong way round",
    rising,
    [FLAT, [5, 5.1, 5], [3, 3.1, 3]],
    "fail",
    /^B < C: difference -2 .* below 0$/,
  ],
  ["one pair open", rising, [FLAT, [1, -1, 1], [3, 3.1, 3]], "inconclusive", /^A < B: .* the interval contains 0$/],

  [
    "falls, but not everywhere",
    falls,
    [
      [3, 3, 3],
      [2, 2, 1],
      [1, 1, 2],
    ],
    "pass",
    /^correlation -0\.833 \(95 % interval -1 to -0\.116, 3 seeds\): the whole interval lies below 0$/,
  ],
  [
    "every seed falls",
    falls,
    [
      [3, 3, 3],
      [2, 2, 2],
      [1, 1, 1],
    ],
    "pass",
    /^correlation -1 \(the same at each of 3 seeds\)/,
  ],
  [
    "every seed rises",
    falls,
    [
      [1, 1, 1],
      [2, 2, 2],
      [3, 3, 3],
    ],
    "fail",
    /^correlation 1 .* it lies above 0$/,
  ],
  [
    "half of them fall",
    falls,
    [
      [1, 3, 1],
      [2, 2, 3],
      [3, 1, 2],
    ],
    "inconclusive",
    /the interval contains 0$/,
  ],
  [
    "a trend short of its minimum",
    fallsFar,
    [
      [3, 3, 3],
      [1, 1, 1],
      [2, 2, 2],
    ],
    "inconclusive",
    /^correlation -0\.5 .* short of the declared minimum 0\.9$/,
  ],
  [
    "a trend that reaches it",
    fallsFar,
    [
      [3, 3, 3],
      [2, 2, 2],
      [1, 1, 1],
    ],
    "pass",
    /the minimum 0\.9 is reached$/,
  ],

  ["a break", breaks, broken, "pass", /^BIC difference .* lies above 6; the best break is at 50 in 3 of 3 seeds$/],
  ["a straight line", breaks, straight, "fail", /^BIC difference .* lies below 6; the best break is at /],
  ["no more than noise", breaks, wiggle((i) => (i < 5 ? 0 : i - 4), 1.2), "inconclusive", /the interval contains 6;/],
])("%s", (_, assertion, columns, status, reason) => {
  const verdict = judged(assertion, columns);
  expect(verdict.reason).toMatch(reason);
  expect(verdict.status).toBe(status);
});

const ALL: ResolvedAssertion[] = [
  half,
  belowOne,
  { ...alike, margin: 3 } as ResolvedAssertion,
  { ...alikeBy2, margin: 3 } as ResolvedAssertion,
  rising,
  falls,
  breaks,
  { kind: "correlation", pairs: [{ first: A, second: C }], above: 0.99 },
  { kind: "consistent", of: A, pointer: "p#/x", arm: "A" },
];
// Rising from arm to arm, five seeds.
const ROWS = LIST.map((_, i) => [0, 1, 2, 3, 4].map((seed) => i + 1 + 0.1 * noise(i, seed)));
const PUBLISHED = { "p#/x": { quantity: "q", source: "", origin: "stated" as const, arms: { A: value(0.5, 9, 5) } } };

function value(mean: number, std: number, n: number): PublishedValue {
  return { mean, std, n };
}

test.each(ALL.map((assertion) => [assertion.kind, assertion] as const))(
  "%s: a missing seed leaves an open question at best, and none of the seeds no measurement",
  (_, assertion) => {
    const options = { published: PUBLISHED };
    expect(["pass", "fail"]).toContain(judged(assertion, ROWS, options).status);

    const gap = judged(assertion, ROWS, { ...options, trials: [diverged("B[F1]", 3, 7), diverged("A[F1]", 3, 7)] });
    expect(gap.status).toBe("inconclusive");
    expect(gap.reason).toContain("at seed 3 diverged at update 7");

    const trials = [0, 1, 2, 3, 4].flatMap((seed) => [diverged("A[F1]", seed, 7), diverged("B[F1]", seed, 7)]);
    const nothing = judged(assertion, ROWS, { ...options, trials });
    expect(nothing.status).toBe("not-measured");
    expect(nothing.results[0].status).toBe("not-measured");
  },
);

test.each(ALL.map((assertion) => [assertion.kind, assertion] as const))("%s, denied", (_, assertion) => {
  const options = { published: PUBLISHED };
  const [plain, denied] = [assertion, { kind: "not" as const, assertion }].map((one) => judged(one, ROWS, options));
  expect(denied?.status).toBe(plain?.status === "pass" ? "fail" : "pass");
  expect(denied?.expression).toBe(`not (${plain?.expression})`);
  expect(denied?.reason).toBe(`what is denied ${plain?.status === "pass" ? "holds" : "fails"}: ${plain?.reason}`);
  expect(denied?.judged).toEqual(plain?.judged);
});

test("what is open stays open when denied, and would be settled the other way", () => {
  const columns = [
    [3, 3.2, 2.9, 0.5, 1.9],
    [0, 0, 0, 0, 0],
  ];
  const above: ResolvedAssertion = { kind: "difference", first: A, second: B, above: 1 };
  const settleOf = (assertion: ResolvedAssertion) => {
    const { status, results } = judged(assertion, columns);
    expect(status).toBe("inconclusive");
    return "settle" in results[0] ? results[0].settle : undefined;
  };
  expect(settleOf(above)).toMatch(/^about \d+ more seeds? would decide it for the claim, /);
  expect(settleOf({ kind: "not", assertion: above })).toMatch(/would decide it against the claim, /);
  expect(settleOf({ kind: "not", assertion: { kind: "not", assertion: above } })).toBe(settleOf(above));
});

test("what is not measured is not measured when denied", () => {
  const verdict = judged({ kind: "not", assertion: alike }, [["no gradient"], [1]]);
  expect(verdict).toMatchObject({ status: "not-measured", results: [{ status: "not-measured" }] });
  expect(verdict.reason).toContain("A[F1].x at seed 0 has no value: no gradient");
});

// Differences 1.2 ± 0.16 at 90 %, ± 0.233 at 95 %: t of 4 degrees of freedom, 2.132 and 2.776, times 0.188 / √5.
const CLOSE = [
  [1.2, 1.4, 1.0, 1.3, 1.1],
  [0, 0, 0, 0, 0],
];

test("that two are not equivalent takes the interval at the suite's confidence, the whole of it outside", () => {
  const margin = (by: number) => judged({ ...alike, margin: by } as ResolvedAssertion, CLOSE);
  expect(margin(0.9).status).toBe("fail");
  const between = margin(1.03);
  expect(between.status).toBe("inconclusive");
  expect(between.reason).toMatch(
    /\(90 % interval 1\.05 to 1\.35, 5 seeds\): .* lies above 1\.03, but that at 95 % does not$/,
  );
  expect(between.results[0]).toMatchObject({
    settle: expect.stringMatching(/^about \d more seeds? would decide it against/),
  });
  expect(margin(1.4).status).toBe("pass");
  expect(margin(1.3).status).toBe("inconclusive");
});

test("an open equivalence at a low confidence is told, too", () => {
  const columns = [[1.2, 1.6, 0.9], FLAT];
  for (const confidence of [0.51, 0.6, 0.7, 0.8]) {
    for (const margin of [0.9, 1, 1.1, 1.2, 1.25, 1.3, 1.6]) {
      const { status } = judged({ ...alike, margin } as ResolvedAssertion, columns, { confidence });
      expect(["pass", "fail", "inconclusive"]).toContain(status);
    }
  }
});

test("what an assertion is judged by goes with its verdict", () => {
  const columns = LIST.map((_, i) => [i, i + 0.1, i + 0.3]);
  const options = { published: PUBLISHED };
  const judgedBy = (assertion: ResolvedAssertion) => judged(assertion, columns, options).judged;
  expect(judgedBy(half)).toEqual({
    scale: "difference",
    region: { kind: "above", bound: 0 },
    subject: "sum of 3 terms, x",
  });
  expect(judgedBy(alikeBy2)).toEqual({
    scale: "ratio",
    region: { kind: "within", lowest: 0.5, highest: 2 },
    subject: "A / B, x",
  });
  expect(judgedBy(rising)).toEqual({
    scale: "difference",
    region: { kind: "above", bound: 0 },
    subject: "differences of neighbours, x",
  });
  expect(judgedBy(fallsFar)).toEqual({
    scale: "correlation",
    region: { kind: "below", bound: 0 },
    minimum: -0.9,
    subject: "ρ of x with position",
  });
  expect(judgedBy(breaks)).toMatchObject({ scale: "BIC difference", region: { kind: "above", bound: 6 } });
  expect(judgedBy(ALL.at(-1)!)).toMatchObject({ scale: "mean", region: { kind: "within" }, subject: "A, x" });
});

test("what orders one arm is told apart by its references", () => {
  const of = ["x", "y"].map((measurement) => ({ arm: "A[F1]", measurement })) as [SampleReference, SampleReference];
  const samples = { "A[F1].x": [1, 1.1], "A[F1].y": [2, 2.3] };
  const record = runRecord({ seeds: [0, 1], samples, assertions: [{ kind: "ordered", of }] });
  expect(judge(record)[0]?.assertions[0].results).toMatchObject([{ label: "A[F1].x < A[F1].y" }]);
});

test("a list that does not vary has no trend", () => {
  const verdict = judged(falls, [
    [1, 3],
    [1, 2],
    [1, 1],
  ]);
  expect(verdict.status).toBe("not-measured");
  expect(verdict.reason).toContain("A[F1].x … C[F1].x at seed 0 do not vary");
});

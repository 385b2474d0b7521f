import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import type { ResolvedAssertion, ResolvedNot, SampleReference } from "../../src/spec/run.types.ts";
import { type RecordOptions, runRecord, seriesSamples } from "./run-record.ts";

const of = (arm: string): SampleReference => ({ arm: `${arm}[F1]`, measurement: "sharpness", epsilon: 0.001 });
const [LB, SB] = [of("LB"), of("SB")];
const MAXIMISERS = ["paper-literal", "scaled"] as const;

type ByMaximiser = readonly [readonly number[], readonly number[]];

/** Values of each arm, by maximiser. */
function samplesOf(arms: Readonly<Record<string, ByMaximiser>>): RecordOptions["samples"] {
  return Object.fromEntries(
    Object.entries(arms).flatMap(([arm, values]) =>
      MAXIMISERS.map((maximiser, i) => [`${arm}[F1].sharpness[0.001,${maximiser}]`, values[i]!]),
    ),
  );
}

function judged(assertion: ResolvedAssertion, samples: RecordOptions["samples"]) {
  return judge(runRecord({ seeds: [0, 1, 2], samples, assertions: [assertion] }))[0]!.assertions[0];
}

const ONE = [1, 1.1, 0.9];
const TWO = [2, 2.1, 2.2];
const FIVE = [5, 5.1, 5.2];
const NOISE = [1, 9, 0.1];

const KINDS: Record<string, ResolvedAssertion> = {
  combination: {
    kind: "combination",
    terms: [
      { factor: 1, of: LB },
      { factor: -1, of: SB },
    ],
    above: 0,
  },
  equivalent: { kind: "equivalent", first: LB, second: SB, margin: 9, scale: "difference" },
  ordered: { kind: "ordered", of: [SB, LB] },
  trend: { kind: "trend", of: [SB, of("MB"), LB], direction: "increasing" },
  "maximisers-agree": { kind: "maximisers-agree", first: LB, second: SB },
  correlation: { kind: "correlation", pairs: [SB, LB].map((first) => ({ first, second: first })) as never, above: 0 },
  not: { kind: "not", assertion: { kind: "less", first: LB, second: SB } },
};

test.each(Object.entries(KINDS))("%s is judged with each maximiser", (_, assertion) => {
  const verdict = judged(assertion, samplesOf({ LB: [FIVE, FIVE], MB: [TWO, TWO], SB: [ONE, ONE] }));
  expect(verdict.status).toBe("pass");
  expect(verdict.results.map(({ maximiser }) => maximiser)).toEqual(MAXIMISERS);
  for (const { expression, maximiser } of verdict.results) expect(expression).toContain(`[0.001,${maximiser}]`);
});

test.each(["combination", "ordered", "trend"])("%s: where the maximisers disagree the verdict is open", (kind) => {
  const arms = { LB: [FIVE, ONE], MB: [TWO, TWO], SB: [ONE, FIVE] } as const;
  const verdict = judged(KINDS[kind]!, samplesOf(arms));
  expect(verdict.status).toBe("inconclusive");
  expect(verdict.reason).toContain("maximiser-dependent: paper-literal ");
  expect(verdict.maximiserDependent).toBe(true);
  const denied = judged({ kind: "not", assertion: KINDS[kind] as ResolvedNot["assertion"] }, samplesOf(arms));
  expect(denied).toMatchObject({ status: "inconclusive", maximiserDependent: true });
});

test("of an order each pair is judged with each maximiser", () => {
  const assertion: ResolvedAssertion = { kind: "ordered", of: [SB, of("MB"), LB] };
  const verdict = judged(assertion, samplesOf({ LB: [FIVE, FIVE], MB: [TWO, NOISE], SB: [ONE, ONE] }));
  expect(verdict.results).toMatchObject([
    { label: "SB < MB", maximiser: "paper-literal", status: "pass" },
    { label: "SB < MB", maximiser: "scaled", status: "inconclusive" },
    { label: "MB < LB", maximiser: "paper-literal", status: "pass" },
    { label: "MB < LB", maximiser: "scaled", status: "inconclusive" },
  ]);
  expect(verdict.status).toBe("inconclusive");
  expect(verdict.reason).toMatch(/^SB < MB: scaled: difference .* contains 0; MB < LB: scaled: difference /);
});

test.each<[string, ByMaximiser, string, readonly string[], RegExp]>([
  [
    "both above",
    [FIVE, TWO],
    "pass",
    ["pass", "pass"],
    /^all on one side: paper-literal ratio 5\.1\d* \(above\), scaled ratio 2\.1\d* \(above\)$/,
  ],
  [
    "both below",
    [
      [0.2, 0.21, 0.2],
      [0.1, 0.11, 0.1],
    ],
    "pass",
    ["pass", "pass"],
    /\(below\), scaled ratio .* \(below\)$/,
  ],
  [
    "on opposite sides",
    [FIVE, [0.1, 0.11, 0.1]],
    "fail",
    ["pass", "fail"],
    /^they disagree: .* \(above\), .* \(below\)$/,
  ],
  ["one undecided", [FIVE, NOISE], "inconclusive", ["pass", "inconclusive"], /scaled ratio .* \(undecided\)$/],
  ["one undecided, one below", [NOISE, [0.1, 0.11, 0.1]], "inconclusive", ["inconclusive", "pass"], /\(below\)$/],
])("whether the maximisers agree: %s", (_, lb, status, statuses, reason) => {
  const verdict = judged(KINDS["maximisers-agree"]!, samplesOf({ LB: lb, SB: [ONE, ONE] }));
  expect(verdict.reason).toMatch(reason);
  expect(verdict.status).toBe(status);
  expect(verdict.results.map((result) => result.status)).toEqual(statuses);
  expect(verdict.expression).toBe(
    "all maximisers see LB[F1].sharpness[0.001] / SB[F1].sharpness[0.001] on one side of 1",
  );
});

test("a maximiser that was not measured cannot agree", () => {
  const { "LB[F1].sharpness[0.001,scaled]": _, ...rest } = samplesOf({ LB: [FIVE, FIVE], SB: [ONE, ONE] });
  const verdict = judged(KINDS["maximisers-agree"]!, rest);
  expect(verdict.status).toBe("not-measured");
  expect(verdict.reason).toMatch(/^scaled: all 3 seeds missing: LB\[F1\]\.sharpness\[0\.001,scaled\]/);
});

test("a series is followed with each maximiser, at its own losses", () => {
  const points = (value: number) => [1, 2, 3].map((step) => ({ value: value * step, loss: 2 / step }));
  const series = (arm: string, values: readonly [number, number]) =>
    MAXIMISERS.map((maximiser, i) =>
      seriesSamples(
        `${arm}[F1].sharpness[0.001,${maximiser}]`,
        [1, 1.1, 1.05].map((factor) => points(factor * values[i]!)),
      ),
    );
  const samples = Object.assign({}, ...series("LB", [8, 2]), ...series("SB", [1, 1]));
  const matched: ResolvedAssertion = { kind: "matched-loss", first: LB, second: SB, loss: "lowest", above: 1 };
  const { status, results } = judged(matched, samples);
  expect(status).toBe("pass");
  expect(results).toMatchObject([
    { maximiser: "paper-literal", effect: { estimate: expect.closeTo(8, 9) } },
    { maximiser: "scaled", effect: { estimate: expect.closeTo(2, 9) } },
  ]);
  const rises: ResolvedAssertion = { kind: "trend", of: [LB], direction: "increasing", against: "epoch" };
  expect(judged(rises, samples)).toMatchObject({ status: "pass", results: { length: 2 } });
  expect(judged({ kind: "no-decay", of: LB, tolerance: 0.1 }, samples)).toMatchObject({
    status: "pass",
    results: { length: 2 },
  });
});

test("the sharpness among a measurement's parts has maximisers, the other parts have none", () => {
  const samples = {
    "LB[F1].rescaled[sharpness,0.001,paper-literal]": FIVE,
    "LB[F1].rescaled[sharpness,0.001,scaled]": TWO,
    "LB[F1].rescaled[loss-change]": [0, 1e-7, 0],
    ...samplesOf({ LB: [ONE, ONE] }),
  };
  const rescaled = { arm: "LB[F1]", measurement: "rescaled" };
  const moved: ResolvedAssertion = {
    kind: "not",
    assertion: {
      kind: "equivalent",
      first: { ...rescaled, part: "sharpness", epsilon: 0.001 },
      second: LB,
      margin: 1.2,
      scale: "ratio",
    },
  };
  const verdict = judged(moved, samples);
  expect(verdict.status).toBe("pass");
  expect(verdict.results.map(({ maximiser }) => maximiser)).toEqual(MAXIMISERS);
  const same: ResolvedAssertion = { kind: "less", first: { ...rescaled, part: "loss-change" }, second: 1e-6 };
  expect(judged(same, samples)).toMatchObject({ status: "pass", results: { length: 1 } });
});

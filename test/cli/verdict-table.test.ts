import { expect, test } from "vitest";
import { renderVerdicts } from "../../src/cli/tables/verdicts.ts";
import { judge } from "../../src/judge/judge.ts";
import type { ClaimVerdict, SingleResult } from "../../src/judge/verdict.ts";
import type { Claim, ResolvedAssertion } from "../../src/spec/run.types.ts";
import { runRecord } from "../judge/run-record.ts";

const greater = (arm: string, second: number): ResolvedAssertion => ({
  kind: "greater",
  first: { arm, measurement: "accuracy" },
  second,
});
const claim = (id: string, ...assertions: [ResolvedAssertion, ...ResolvedAssertion[]]): Claim => ({
  id,
  statement: "A statement.",
  source: "p. 1",
  registry: "C01",
  assertions,
  published: [],
});

function recordOf(claims: readonly Claim[]) {
  const record = runRecord({
    seeds: [0, 1, 2, 3, 4],
    samples: {
      "A.accuracy": [0.9, 0.91, 0.92, 0.9, 0.91],
      "B.accuracy": ["the worker was killed", undefined, undefined, undefined, undefined],
    },
    assertions: [],
  });
  return { ...record, suite: { ...record.suite, claims: [...claims] } };
}

const four = recordOf([
  claim("passes", greater("A", 0.5)),
  claim("fails", greater("A", 0.95)),
  claim("open", greater("A", 0.908)),
  claim("unknown", greater("B", 0.5)),
]);
const table = (columns: number, colour = false, record = four) =>
  renderVerdicts(record, judge(record), columns, colour);

test("all four verdicts, their effects and reasons, and the counts", () => {
  const lines = table(100).split("\n");
  expect(lines.filter((line) => /^\S/.test(line))).toEqual([
    "✓ pass  passes C01",
    "✗ fail  fails C01",
    "? inconclusive  open C01",
    "– not-measured  unknown C01",
    "1 pass · 1 fail · 1 inconclusive · 1 not-measured",
  ]);
  expect(lines[1]).toMatch(/^ {4}A\.accuracy > 0\.5: 0\.908 \[0\.89\d+, 0\.91\d+\], n = 5$/);
  expect(table(100)).toContain("B.accuracy > 0.5: not measured");
  expect(table(100)).toContain("lies below 0.95");
});

test("without a claim there is only an empty count", () => {
  expect(table(100, false, recordOf([])).trim()).toBe("");
});

test.each([40, 60, 80, 120, 300])("fits %i columns", (columns) => {
  const widths = table(columns)
    .split("\n")
    .map((line) => line.length);
  expect(Math.max(...widths)).toBeLessThanOrEqual(Math.min(columns, 120));
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: this is what is looked for
const codes = /\u001b\[[0-9;]*m/g;

test.each([50, 100])("colour changes no line of %i columns", (columns) => {
  const record = recordOf([claim("passes", greater("A", 0.5), greater("A", 0.6)), ...four.suite.claims]);
  const coloured = table(columns, true, record);
  expect(coloured).toMatch(codes);
  expect(table(columns, false, record)).not.toMatch(codes);
  expect(coloured.replace(codes, "")).toBe(table(columns, false, record));
});

test("each of several assertions has its own mark", () => {
  const lines = table(100, false, recordOf([claim("mixed", greater("A", 0.5), greater("A", 0.95))])).split("\n");
  expect(lines.filter((line) => line.startsWith("    ")).slice(0, 2)).toEqual([
    expect.stringMatching(/^ {4}✓ A\.accuracy > 0\.5: /),
    expect.stringMatching(/^ {4}✗ A\.accuracy > 0\.95: /),
  ]);
});

test.each([
  [0, "0"],
  [-0.000_004_2, "-4.20e-6"],
  [0.012_345_6, "0.01235"],
  [123_456, "123500"],
  [12_345_678, "1.23e+7"],
])("the number %d is shown as %s", (estimate, text) => {
  const assertion = greater("A", 0.5);
  const result: SingleResult = {
    status: "inconclusive",
    expression: "e",
    reason: "r",
    values: [],
    effect: { scale: "mean", estimate, interval: null, n: 1 },
  };
  const judged = { scale: "mean", region: { kind: "above", bound: 0.5 }, subject: "A" } as const;
  const verdict: ClaimVerdict = {
    claim: "passes",
    confidence: 0.95,
    seeds: [0],
    finding: false,
    surrogate: false,
    status: "inconclusive",
    reason: "r",
    assertions: [{ assertion, judged, expression: "e", status: "inconclusive", reason: "r", results: [result] }],
  };
  expect(renderVerdicts(four, [verdict], 100, false)).toContain(`    e: ${text}, n = 1\n`);
});

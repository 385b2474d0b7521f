import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import type { ResolvedAssertion, SampleReference } from "../../src/spec/run.types.ts";
import { diverged, runRecord } from "./run-record.ts";

const LB: SampleReference = { arm: "LB", measurement: "sharpness", epsilon: 0.001 };
const SB: SampleReference = { arm: "SB", measurement: "sharpness", epsilon: 0.001 };
const sharper: ResolvedAssertion = { kind: "ratio", first: LB, second: SB, above: 1, atLeast: 2 };

const ABOVE = [8, 8.1, 8.2];
const BELOW = [0.2, 0.21, 0.22];
const OPEN_ABOVE = [1.1, 8, 4];
const OPEN_BELOW = [0.1, 1.2, 0.9];
const ZERO = [0, 0, 0];

function verdictOf(paperLiteral: readonly number[], scaled: readonly number[]) {
  const samples = {
    "LB.sharpness[0.001,paper-literal]": paperLiteral,
    "LB.sharpness[0.001,scaled]": scaled,
    "SB.sharpness[0.001,paper-literal]": [1, 1, 1],
    "SB.sharpness[0.001,scaled]": [1, 1, 1],
  };
  return judge(runRecord({ seeds: [0, 1, 2], samples, assertions: [sharper] }))[0]!.assertions[0];
}

test.each<[string, readonly number[], readonly number[], string, RegExp]>([
  [
    "both pass",
    ABOVE,
    ABOVE,
    "pass",
    /^with each of 2 maximisers: paper-literal ratio 8\.1 \(pass\), scaled ratio 8\.1 \(pass\)$/,
  ],
  ["both fail", BELOW, BELOW, "fail", /^with each of 2 maximisers: /],
  [
    "one passes, one fails",
    ABOVE,
    BELOW,
    "inconclusive",
    /^maximiser-dependent: paper-literal ratio 8\.1 \(pass\), scaled ratio 0\.21 \(fail\)$/,
  ],
  [
    "one passes, one is open on the same side",
    ABOVE,
    OPEN_ABOVE,
    "inconclusive",
    /^scaled: ratio 3\.28 .*: the interval contains 1$/,
  ],
  ["one passes, one is open on the other side", ABOVE, OPEN_BELOW, "inconclusive", /^maximiser-dependent: /],
  ["one fails, one is open on the same side", BELOW, OPEN_BELOW, "inconclusive", /^scaled: ratio/],
  ["one fails, one is open on the other side", OPEN_ABOVE, BELOW, "inconclusive", /^maximiser-dependent: /],
  ["both open on the same side", OPEN_ABOVE, [1.2, 8, 4], "inconclusive", /^paper-literal: .*; scaled: /],
  ["both open on opposite sides", OPEN_ABOVE, OPEN_BELOW, "inconclusive", /^maximiser-dependent: /],
  [
    "zeros of one have no direction",
    ZERO,
    ABOVE,
    "inconclusive",
    /^paper-literal: no seed gives a ratio: LB\.sharpness\[0\.001,paper-literal\]/,
  ],
])("%s", (_, paperLiteral, scaled, status, reason) => {
  const verdict = verdictOf(paperLiteral, scaled);
  expect(verdict.reason).toMatch(reason);
  expect(verdict.status).toBe(status);
});

test("each maximiser has its own result, in the suite's order", () => {
  const verdict = verdictOf(ABOVE, BELOW);
  expect(verdict.expression).toBe("LB.sharpness[0.001] / SB.sharpness[0.001] > 1, at least 2");
  expect(verdict.results).toMatchObject([
    {
      maximiser: "paper-literal",
      status: "pass",
      expression: "LB.sharpness[0.001,paper-literal] / SB.sharpness[0.001,paper-literal] > 1, at least 2",
    },
    { maximiser: "scaled", status: "fail" },
  ]);
});

const samples = {
  "LB.sharpness[0.001,paper-literal]": ABOVE,
  "LB.sharpness[0.001,scaled]": ABOVE,
  "SB.sharpness[0.001,paper-literal]": [1, 1, 1],
  "SB.sharpness[0.001,scaled]": [1, 1, 1],
};

test("a named maximiser is judged alone, whether both operands name it or one", () => {
  for (const second of [SB, { ...SB, maximiser: "scaled" as const }]) {
    const assertion = { ...sharper, first: { ...LB, maximiser: "scaled" as const }, second };
    const verdict = judge(runRecord({ seeds: [0, 1, 2], samples, assertions: [assertion] }))[0]!.assertions[0];
    expect(verdict.status).toBe("pass");
    expect(verdict.results).toHaveLength(1);
    expect(verdict.results[0].expression).toContain("LB.sharpness[0.001,scaled] / SB.sharpness[0.001,scaled]");
  }
});

test("a maximiser that one operand lacks is not measured, not left out", () => {
  const { "SB.sharpness[0.001,paper-literal]": _, ...partial } = samples;
  const verdict = judge(runRecord({ seeds: [0, 1, 2], samples: partial, assertions: [sharper] }))[0]!.assertions[0];
  expect(verdict.status).toBe("not-measured");
  expect(verdict.reason).toMatch(/^paper-literal: all 3 seeds missing: SB\.sharpness\[0\.001,paper-literal\]/);
});

test("a reason that all maximisers share is told once", () => {
  const trials = [0, 1, 2].map((seed) => diverged("LB", seed, 4));
  const verdict = judge(runRecord({ seeds: [0, 1, 2], samples, assertions: [sharper], trials }))[0];
  expect(verdict?.reason).toBe(
    "all 3 seeds missing: LB at seeds 0, 1 and 2 diverged at update 4; nothing is left to judge",
  );
});

test("a sharpness against a number, and within a range, is judged with each maximiser too", () => {
  const greater: ResolvedAssertion = { kind: "greater", first: LB, second: 5 };
  const within: ResolvedAssertion = { kind: "within", first: LB, second: SB, lowest: 7, highest: 8 };
  const [verdict] = judge(runRecord({ seeds: [0, 1, 2], samples, assertions: [greater, within] }));
  expect(verdict?.assertions.map(({ results }) => results.length)).toEqual([2, 2]);
});

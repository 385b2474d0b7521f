import { expect, test } from "vitest";
import { exitCode } from "../../src/cli/exit-code.ts";
import type { VerdictStatus } from "../../src/judge/verdict.ts";

const cases: { verdicts: VerdictStatus[]; plain: number; failOnInconclusive: number }[] = [
  { verdicts: [], plain: 0, failOnInconclusive: 0 },
  { verdicts: ["pass", "pass"], plain: 0, failOnInconclusive: 0 },
  { verdicts: ["pass", "inconclusive"], plain: 0, failOnInconclusive: 3 },
  { verdicts: ["inconclusive", "not-measured"], plain: 4, failOnInconclusive: 4 },
  { verdicts: ["not-measured", "fail", "pass"], plain: 1, failOnInconclusive: 1 },
  { verdicts: ["inconclusive", "fail"], plain: 1, failOnInconclusive: 1 },
];

test.each(cases)("$verdicts ends with $plain, or $failOnInconclusive with --fail-on inconclusive", (row) => {
  expect(exitCode(row.verdicts, false)).toBe(row.plain);
  expect(exitCode(row.verdicts, true)).toBe(row.failOnInconclusive);
});

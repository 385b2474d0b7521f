import type { VerdictStatus } from "../judge/verdict.ts";

/** What the program ends with. */
export const EXIT = { success: 0, claimFails: 1, usage: 2, inconclusive: 3, notMeasured: 4, interrupted: 130 } as const;

export const EXIT_CODES_HELP = `Exit codes
  0    no claim fails
  1    a claim fails, or drifts from its baseline with --gate baseline
  2    wrong usage or specification; nothing was run
  3    something is inconclusive, nothing fails, with --fail-on inconclusive
  4    something could not be measured
  130  interrupted`;

/** @param failOnInconclusive whether an inconclusive claim is worth a code of its own. */
export function exitCode(verdicts: readonly VerdictStatus[], failOnInconclusive: boolean): number {
  if (verdicts.includes("fail")) return EXIT.claimFails;
  if (verdicts.includes("not-measured")) return EXIT.notMeasured;
  if (failOnInconclusive && verdicts.includes("inconclusive")) return EXIT.inconclusive;
  return EXIT.success;
}

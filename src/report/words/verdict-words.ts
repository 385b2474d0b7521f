import type { VerdictStatus } from "../../judge/verdict.ts";

/** A verdict as it is shown: never by colour alone. */
export interface VerdictWords {
  readonly status: VerdictStatus;
  readonly symbol: string;
  readonly words: string;
}

export const STATUSES: readonly VerdictStatus[] = ["pass", "fail", "inconclusive", "not-measured"];

export const VERDICT_SYMBOLS: Readonly<Record<VerdictStatus, string>> = {
  pass: "✓",
  fail: "✗",
  inconclusive: "?",
  "not-measured": "–",
};
const WORDS: Record<VerdictStatus, string> = {
  pass: "pass",
  fail: "fail",
  inconclusive: "inconclusive",
  "not-measured": "not measured",
};

export function verdictWords(status: VerdictStatus): VerdictWords {
  return { status, symbol: VERDICT_SYMBOLS[status], words: WORDS[status] };
}

import type { BaselineComparison } from "../../judge/captured/compare.ts";
import type { ClaimVerdict } from "../../judge/verdict.ts";
import type { RunRecord } from "../../spec/run.types.ts";

/** What a run was to its captured baseline, where that decides and not the claims. */
export interface BaselineOutcome {
  readonly status: "same" | "drifted" | "written" | "updated" | "not-measured";
  /** In words, with line ends. */
  readonly text: string;
  /** Where there was a baseline to compare with. */
  readonly comparison?: BaselineComparison;
}

/** One suite as it is reported. */
export interface ReportedSuite {
  readonly record: RunRecord;
  readonly verdicts: readonly ClaimVerdict[];
  /** What --json prints of it. */
  readonly document: object;
  /** The suite's file as the reader names it, where it is known: records hold no paths. */
  readonly file?: string;
  /** Absent where the claims decide. */
  readonly baseline?: BaselineOutcome;
}

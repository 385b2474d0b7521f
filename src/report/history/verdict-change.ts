import type { VerdictStatus } from "../../judge/verdict.ts";
import type { RunSummary } from "./run-summary.ts";

/** A run whose verdict on a claim is another than the run's before it. */
export interface VerdictChange {
  readonly from: VerdictStatus;
  readonly to: VerdictStatus;
  readonly run: RunSummary;
  readonly before: RunSummary;
  /** What else changed between the two, in words: "claimbench 0.1.0, was 0.0.9". */
  readonly differences: readonly string[];
}

/** @param verdicts on one claim, oldest first. */
export function verdictChanges(
  verdicts: readonly { readonly run: RunSummary; readonly status: VerdictStatus }[],
): VerdictChange[] {
  return verdicts.flatMap(({ run, status }, i) => {
    const before = verdicts[i - 1];
    if (!before || before.status === status) return [];
    const differences = differencesOf(run, before.run);
    return [{ from: before.status, to: status, run, before: before.run, differences }];
  });
}

/** Values that are checksums, or lists of them, say nothing to a reader. */
const UNREADABLE: ReadonlySet<string> = new Set(["suite file", "data files"]);

function differencesOf(run: RunSummary, before: RunSummary): string[] {
  const were = new Map(before.settings);
  return run.settings.flatMap(([what, value]) => {
    const was = were.get(what);
    if (was === undefined || was === value) return [];
    return [UNREADABLE.has(what) ? `another ${what.replace(/s$/, "")}` : `${what} ${value}, was ${was}`];
  });
}

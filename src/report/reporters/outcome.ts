import type { ClaimVerdict, VerdictStatus } from "../../judge/verdict.ts";
import type { Claim } from "../../spec/run.types.ts";
import { type Drift, driftOf } from "./drifted-claims.ts";
import type { BaselineOutcome, ReportedSuite } from "./reported-suite.ts";

/** What a verdict is to a continuous integration: error where nothing could be measured. */
export type Outcome = "passed" | "failed" | "error" | "skipped";

export interface ClaimOutcome {
  readonly claim: Claim;
  readonly verdict: ClaimVerdict;
  readonly outcome: Outcome;
  /** In a few words, such as "fail" or "drifted". */
  readonly label: string;
  readonly message: string;
}

const OUTCOMES: Readonly<Record<VerdictStatus, Outcome>> = {
  pass: "passed",
  fail: "failed",
  inconclusive: "skipped",
  "not-measured": "error",
};

/**
 * Where the claims decide, an outcome is the verdict's. Where a baseline does, what drifted from it failed; what did not is
 * passed or, where the claim does not hold, skipped. Findings are told and pass.
 */
export function claimOutcomes(suite: ReportedSuite): ClaimOutcome[] {
  const { record, verdicts, baseline } = suite;
  const drift = driftOf(suite);
  const claims = new Map(record.suite.claims.map((claim) => [claim.id, claim]));
  return verdicts.flatMap((verdict) => {
    const claim = claims.get(verdict.claim);
    return claim ? [{ claim, verdict, ...outcomeOf(verdict, baseline, drift) }] : [];
  });
}

function outcomeOf(
  { claim, status, reason, finding, surrogate }: ClaimVerdict,
  baseline: BaselineOutcome | undefined,
  drift: Drift,
): Pick<ClaimOutcome, "outcome" | "label" | "message"> {
  const told = surrogate ? `on surrogate data: ${reason}` : reason;
  if (finding) return { outcome: "passed", label: status, message: `finding, not gated: ${status}: ${told}` };
  if (!baseline) return { outcome: OUTCOMES[status], label: status, message: told };
  const drifted = drift.byClaim.get(claim);
  if (drifted) return { outcome: "failed", label: "drifted", message: drifted.join("; ") };
  if (status === "pass") return { outcome: "passed", label: status, message: told };
  return { outcome: "skipped", label: status, message: `${status}, ${toBaseline(baseline)}: ${told}` };
}

function toBaseline({ status }: BaselineOutcome): string {
  if (status === "not-measured") return "compared with no baseline";
  return status === "same" || status === "drifted" ? "not drifted from the baseline" : "and so in the baseline now";
}

/** The comparison with a baseline as a test of its own: what drifted may be what no claim reads. */
export interface BaselineTest {
  readonly outcome: Outcome;
  /** The first line of what there is to say. */
  readonly message: string;
  readonly text: string;
}

export function baselineTest({ status, text }: BaselineOutcome): BaselineTest {
  const words = text.trim().replace(/^baseline: /, "");
  const outcome = status === "drifted" ? "failed" : status === "not-measured" ? "error" : "passed";
  return { outcome, message: words.split("\n", 1)[0] ?? "", text: words };
}

/** How tests are named after their suite: `quick`, `keskar-2017/sharp-minima (nightly)`. */
export function suiteName({ record: { suite } }: Pick<ReportedSuite, "record">): string {
  return suite.profile === undefined ? suite.id : `${suite.id} (${suite.profile})`;
}

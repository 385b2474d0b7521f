import { operandsOf } from "../spec/operands.ts";
import type { Claim, RunRecord } from "../spec/run.types.ts";
import { usableValues } from "./estimate.ts";
import { judge } from "./judge.ts";
import type { AssertionVerdict, ClaimVerdict } from "./verdict.ts";

/** The gated claims that are inconclusive and that more seeds may decide, in the suite's order. */
export function openClaims(record: RunRecord): Claim[] {
  const verdicts = judge(record);
  return record.suite.claims.filter((claim, i) => {
    const verdict = verdicts[i];
    return verdict !== undefined && isOpen(verdict) && !lacksTrials(record, claim, verdict.seeds);
  });
}

function isOpen({ finding, status, assertions, seeds }: ClaimVerdict): boolean {
  return !finding && status === "inconclusive" && !assertions.some((each) => isStuck(each, seeds));
}

/**
 * Inconclusive for another reason than the spread: maximisers that contradict each other, or seeds without a value, which
 * is also one that has no logarithm where a ratio is asked for.
 */
function isStuck({ status, results, judged }: AssertionVerdict, seeds: readonly number[]): boolean {
  const open = results.flatMap((result) => (result.status === "inconclusive" ? [result] : []));
  const lacksValues = open.some(({ values }) => {
    const usable = usableValues(judged.scale, values);
    return usable.length < values.length || new Set(usable.map(({ seed }) => seed)).size < seeds.length;
  });
  return status === "inconclusive" && (open.length === 0 || lacksValues);
}

/** What is left of the seeds where a trial failed may be biased: no number of others makes up for it. */
function lacksTrials({ trials }: RunRecord, { assertions }: Claim, seeds: readonly number[]): boolean {
  const arms = new Set(assertions.flatMap(operandsOf).map(({ arm }) => arm));
  return trials.some(({ arm, seed, state }) => state !== "completed" && arms.has(arm) && seeds.includes(seed));
}

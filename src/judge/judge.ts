import { operandsOf } from "../spec/operands.ts";
import type { Claim, RunRecord } from "../spec/run.types.ts";
import { judgeAssertion } from "./judge-assertion.ts";
import type { AssertionVerdict, ClaimVerdict, VerdictStatus } from "./verdict.ts";

/** The verdicts on a run's claims, in the suite's order. A pure function of the record: no verdict is stored in it. */
export function judge(record: RunRecord): ClaimVerdict[] {
  return record.suite.claims.map((claim) => judgeClaim(record, claim));
}

function judgeClaim(record: RunRecord, claim: Claim): ClaimVerdict {
  const [first, ...rest] = claim.assertions;
  const assertions = [
    judgeAssertion(record, first),
    ...rest.map((assertion) => judgeAssertion(record, assertion)),
  ] as const;
  const status = statusOf(assertions);
  const marks = { finding: claim.finding === true, surrogate: isSurrogate(record, claim) };
  return { claim: claim.id, ...marks, status, reason: reasonOf(assertions, status), assertions };
}

/** Whether data made up by a generator stands in for what a claim is about. */
export function isSurrogate({ suite }: RunRecord, claim: Claim): boolean {
  const arms = new Set(claim.assertions.flatMap(operandsOf).map(({ arm }) => arm));
  return suite.arms.some(({ name, data }) => arms.has(name) && "surrogate" in data);
}

// A claim stands only if all its assertions do, so the first of these that occurs decides.
const BY_WEIGHT = ["fail", "not-measured", "inconclusive", "pass"] as const;

function statusOf(assertions: readonly AssertionVerdict[]): VerdictStatus {
  return BY_WEIGHT.find((status) => assertions.some((assertion) => assertion.status === status)) ?? "not-measured";
}

const COUNTED: Record<VerdictStatus, { readonly one: string; readonly several: string }> = {
  pass: { one: "holds", several: "hold" },
  fail: { one: "fails", several: "fail" },
  inconclusive: { one: "is inconclusive", several: "are inconclusive" },
  "not-measured": { one: "is not measured", several: "are not measured" },
};

function reasonOf(assertions: readonly [AssertionVerdict, ...AssertionVerdict[]], status: VerdictStatus): string {
  if (assertions.length === 1) return assertions[0].reason;
  const deciding = assertions.filter((assertion) => assertion.status === status);
  const counted = COUNTED[status][deciding.length === 1 ? "one" : "several"];
  const count = `${deciding.length} of ${assertions.length} assertions ${counted}`;
  return `${count}: ${deciding.map(({ expression, reason }) => `${expression}: ${reason}`).join("; ")}`;
}

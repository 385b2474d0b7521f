import { operandsOf } from "../spec/operands.ts";
import type { Claim, ResolvedAssertion, RunRecord } from "../spec/run.types.ts";
import { judgeAssertion } from "./judge-assertion.ts";
import { type AssertionVerdict, type ClaimVerdict, OPPOSITE, type VerdictStatus } from "./verdict.ts";

/** What a claim is judged by: some of a record's seeds, and the level of the intervals. */
export interface Grounds {
  readonly seeds: readonly number[];
  readonly confidence: number;
}

/** The record as if it had been judged by these alone. */
export function onGrounds(record: RunRecord, { seeds, confidence }: Grounds): RunRecord {
  return { ...record, suite: { ...record.suite, seeds: [...seeds] as RunRecord["suite"]["seeds"], confidence } };
}

/** One claim alone. */
export function judgeClaim(record: RunRecord, claim: Claim, grounds: Grounds): ClaimVerdict {
  const judged = onGrounds(record, grounds);
  const [first, ...rest] = claim.assertions;
  const assertions = [
    judgeAssertion(judged, first),
    ...rest.map((assertion) => judgeAssertion(judged, assertion)),
  ] as const;
  const status = statusOf(assertions);
  const marks = { finding: claim.finding === true, surrogate: isSurrogate(record, claim) };
  return { claim: claim.id, ...grounds, ...marks, status, reason: reasonOf(assertions, status), assertions };
}

/** Whether a verdict rejects what holds until something speaks against it. */
export function isDecided({ status, assertions }: ClaimVerdict): boolean {
  if (status !== "pass" && status !== "fail") return false;
  return assertions.some((each) => each.status === status && presumed(each.assertion) !== status);
}

/** The verdict that an assertion has without evidence, if any: that a value agrees with a published one is taken to hold. */
function presumed(assertion: ResolvedAssertion): VerdictStatus | undefined {
  if (assertion.kind === "consistent") return "pass";
  const denied = assertion.kind === "not" ? presumed(assertion.assertion) : undefined;
  return denied && OPPOSITE[denied];
}

/** Whether data made up by a generator stands in for what a claim is about. */
function isSurrogate({ suite }: RunRecord, claim: Claim): boolean {
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

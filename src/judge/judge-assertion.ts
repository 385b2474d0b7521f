import { mapOperands } from "../spec/operands.ts";
import type { ResolvedAssertion, ResolvedNot, ResolvedOrdered, RunRecord } from "../spec/run.types.ts";
import { changePointCriterion } from "./assertions/change-point.ts";
import { combinationCriterion } from "./assertions/combination.ts";
import { consistentCriterion, judgeConsistent } from "./assertions/consistent.ts";
import { correlationCriterion, judgeCorrelation } from "./assertions/correlation.ts";
import { differenceCriterion } from "./assertions/difference.ts";
import { equivalentCriterion } from "./assertions/equivalent.ts";
import { matchedLossCriterion } from "./assertions/matched-loss.ts";
import { noDecayCriterion } from "./assertions/no-decay.ts";
import { orderCriterion } from "./assertions/order.ts";
import { stepsOf } from "./assertions/ordered.ts";
import { ratioCriterion } from "./assertions/ratio.ts";
import { trendCriterion } from "./assertions/trend.ts";
import { withinCriterion } from "./assertions/within.ts";
import { agreeOnSide, combineAll, combineMaximisers } from "./combine-maximisers.ts";
import { type Criterion, formatReference, quantityOf } from "./criterion.ts";
import { type Finding, judgeCriterion } from "./judge-criterion.ts";
import { openMaximisers, withMaximiser } from "./maximisers.ts";
import { settleOpposite } from "./settle.ts";
import { type AssertionVerdict, type Judged, OPPOSITE, type SingleResult } from "./verdict.ts";

/** Judges an assertion: once, or once for each maximiser where it is about sharpness and names none. */
export function judgeAssertion(record: RunRecord, assertion: ResolvedAssertion): AssertionVerdict {
  switch (assertion.kind) {
    case "not":
      return judgeNot(record, assertion);
    case "ordered":
      return judgeOrdered(record, assertion);
    default: {
      const criterion = criterionOf(record, assertion);
      const findings = judgeEachMaximiser(record, assertion);
      const { expression } = criterion;
      const base = {
        assertion,
        expression,
        judged: judgedBy(criterion),
        results: allOf(findings.map(({ result }) => result)),
      };
      if (assertion.kind !== "maximisers-agree") return { ...base, ...combineMaximisers(findings) };
      const { results, ...agreement } = agreeOnSide(findings);
      return { ...base, ...agreement, results: allOf(results) };
    }
  }
}

type Results = AssertionVerdict["results"];

/** Of which there is at least one. */
function allOf(results: readonly SingleResult[]): Results {
  return results as unknown as Results;
}

type Simple = Exclude<ResolvedAssertion, { kind: "not" } | { kind: "ordered" }>;

function judgeOnce(record: RunRecord, assertion: Simple): Finding {
  if (assertion.kind === "correlation") return judgeCorrelation(record, assertion);
  if (assertion.kind === "consistent") return judgeConsistent(record, assertion);
  return judgeCriterion(record, criterionOf(record, assertion));
}

/** @returns a finding for each maximiser that the assertion leaves open, or one. */
function judgeEachMaximiser(record: RunRecord, assertion: Simple): Finding[] {
  const maximisers = openMaximisers(record, assertion);
  if (maximisers.length === 0) return [judgeOnce(record, assertion)];
  return maximisers.map((maximiser) => {
    const named = mapOperands(assertion, (reference) => withMaximiser(record, reference, maximiser));
    const { result, side } = judgeOnce(record, named as Simple);
    return { result: { ...result, maximiser }, side };
  });
}

function criterionOf(record: RunRecord, assertion: Simple): Criterion {
  switch (assertion.kind) {
    case "greater":
    case "less":
      return orderCriterion(assertion);
    case "ratio":
      return ratioCriterion(assertion);
    case "difference":
      return differenceCriterion(assertion);
    case "within":
      return withinCriterion(assertion);
    case "combination":
      return combinationCriterion(assertion);
    case "equivalent":
      return equivalentCriterion(assertion);
    case "trend":
      return trendCriterion(assertion);
    case "change-point":
      return changePointCriterion(assertion);
    case "no-decay":
      return noDecayCriterion(assertion);
    case "matched-loss":
      return matchedLossCriterion(assertion);
    case "maximisers-agree": {
      const { first, second } = assertion;
      const expression = `all maximisers see ${formatReference(first)} / ${formatReference(second)} on one side of 1`;
      return { ...ratioCriterion({ kind: "ratio", first, second, above: 1 }), expression };
    }
    case "correlation":
      return correlationCriterion(assertion);
    case "consistent":
      return consistentCriterion(record, assertion);
  }
}

function judgedBy({ scale, region, minimum, subject }: Criterion): Judged {
  return { scale, region, subject, ...(minimum ? { minimum: minimum.estimate } : {}) };
}

/** Each exceeds the one before it. */
function judgeOrdered(record: RunRecord, assertion: ResolvedOrdered): AssertionVerdict {
  const { of } = assertion;
  const steps = stepsOf(assertion).map(({ label, smaller, larger }) => {
    const difference = { kind: "difference" as const, first: larger, second: smaller, above: 0 };
    const findings = judgeEachMaximiser(record, difference).map(({ result, side }) => ({
      result: { ...result, label },
      side,
    }));
    return { label, difference, results: findings.map(({ result }) => result), ...combineMaximisers(findings) };
  });
  const [step] = steps as [(typeof steps)[number]];
  return {
    assertion,
    expression: of.map(formatReference).join(" < "),
    judged: {
      ...judgedBy(differenceCriterion(step.difference)),
      subject: `differences of neighbours, ${quantityOf(of[0])}`,
    },
    ...combineAll(steps),
    results: allOf(steps.flatMap(({ results }) => results)),
  };
}

function judgeNot(record: RunRecord, assertion: ResolvedNot): AssertionVerdict {
  const inner = judgeAssertion(record, assertion.assertion);
  const { status, reason } = inner;
  const denied = { pass: "holds", fail: "fails", inconclusive: "is open", "not-measured": "" }[status];
  return {
    ...inner,
    assertion,
    expression: `not (${inner.expression})`,
    status: OPPOSITE[status],
    reason: denied === "" ? reason : `what is denied ${denied}: ${reason}`,
    results: allOf(inner.results.map(opposite)),
  };
}

function opposite(result: SingleResult): SingleResult {
  const expression = `not (${result.expression})`;
  if (result.status === "not-measured") return { ...result, expression };
  const { settle, status, ...rest } = result;
  return {
    ...rest,
    expression,
    status: OPPOSITE[status] as typeof status,
    ...(settle === undefined ? {} : { settle: settleOpposite(settle) }),
  };
}

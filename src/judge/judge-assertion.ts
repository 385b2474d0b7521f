import type { ResolvedAssertion, RunRecord, SampleReference } from "../spec/run.types.ts";
import type { Maximiser } from "../spec/suite.types.ts";
import { combineMaximisers } from "./combine-maximisers.ts";
import type { Criterion } from "./criterion.ts";
import { differenceCriterion } from "./difference.ts";
import { type Finding, judgeCriterion } from "./judge-criterion.ts";
import { orderCriterion } from "./order.ts";
import { ratioCriterion } from "./ratio.ts";
import type { AssertionVerdict } from "./verdict.ts";
import { withinCriterion } from "./within.ts";

/** Judges an assertion: once, or once for each maximiser where it is about sharpness and names none. */
export function judgeAssertion(record: RunRecord, assertion: ResolvedAssertion): AssertionVerdict {
  const criterion = criterionOf(assertion);
  const [one, ...others] = maximisersOf(record, criterion);
  const { expression } = criterion;
  if (one === undefined) {
    const { result } = judgeCriterion(record, criterion);
    return { assertion, expression, status: result.status, reason: result.reason, results: [result] };
  }
  const withMaximiser = (maximiser: Maximiser): Finding => {
    const { result, side } = judgeCriterion(record, criterionOf(nameMaximiser(record, assertion, maximiser)));
    return { result: { ...result, maximiser }, side };
  };
  const first = withMaximiser(one);
  const rest = others.map(withMaximiser);
  const results = [first.result, ...rest.map(({ result }) => result)] as const;
  return { assertion, expression, ...combineMaximisers([first, ...rest]), results };
}

function criterionOf(assertion: ResolvedAssertion): Criterion {
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
  }
}

/** In the suite's order; all that either operand was measured with, so that one without the other shows as missing. */
function maximisersOf(record: RunRecord, { first, second }: Criterion): Maximiser[] {
  const open = [first, ...(second ? [second] : [])].filter((reference) => isOpen(record, reference));
  const named = [first, second].flatMap((reference) => reference?.maximiser ?? []);
  if (open.length === 0) return [];
  return named.length > 0 ? named : [...new Set(open.flatMap((reference) => measuredWith(record, reference)))];
}

/** Whether a reference leaves the maximiser open. */
function isOpen(record: RunRecord, reference: SampleReference): boolean {
  return reference.maximiser === undefined && measuredWith(record, reference).length > 0;
}

function measuredWith(record: RunRecord, { arm, measurement }: SampleReference): Maximiser[] {
  const measured = record.suite.arms.find(({ name }) => name === arm)?.measure[measurement];
  return measured?.metric === "sharpness" ? measured.maximiser : [];
}

function nameMaximiser(record: RunRecord, assertion: ResolvedAssertion, maximiser: Maximiser): ResolvedAssertion {
  const named = (reference: SampleReference) => (isOpen(record, reference) ? { ...reference, maximiser } : reference);
  const { first, second } = assertion;
  if (second === undefined || typeof second === "number") return { ...assertion, first: named(first) };
  return { ...assertion, first: named(first), second: named(second) };
}

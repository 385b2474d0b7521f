import type { ClaimVerdict } from "../../judge/verdict.ts";
import type { ResolvedAssertion } from "../../spec/run.types.ts";

/** Levels of a claim's intervals, each once: an equivalence tested at both sides has a narrower one. */
export function intervalLevels({ assertions, confidence }: ClaimVerdict): number[] {
  const levels = assertions.map(({ assertion }) => (isEquivalence(assertion) ? 2 * confidence - 1 : confidence));
  return [...new Set(levels)];
}

function isEquivalence(assertion: ResolvedAssertion): boolean {
  return assertion.kind === "not" ? isEquivalence(assertion.assertion) : assertion.kind === "equivalent";
}

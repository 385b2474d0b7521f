import { innermost, operandsOf } from "../spec/operands.ts";
import type { PublishedEntry, ResolvedAssertion } from "../spec/run.types.ts";
import { plainArm } from "./criterion.ts";
import type { AssertionVerdict, Effect, SingleResult } from "./verdict.ts";

/** The assertion of ours that a published entry can stand beside. */
export type Counterpart =
  /** Both compare the same two arms; reversed: ours has the entry's second arm first. */
  | { readonly kind: "effect"; readonly verdict: AssertionVerdict; readonly reversed: boolean }
  /** Ours is about the mean of one arm, which the entry has too. */
  | { readonly kind: "arm"; readonly verdict: AssertionVerdict; readonly arm: string };

/**
 * Arms are matched by name without the matrix variant. ε is the last part of the pointer where that is a number; where it
 * is not, assertions without ε come first. Of several that match, the first counts, and the same direction before the
 * reverse. An assertion that ours is consistent with an entry stands beside that entry, and no other.
 */
export function counterpartOf(
  pointer: string,
  entry: PublishedEntry,
  verdicts: readonly AssertionVerdict[],
): Counterpart | undefined {
  for (const verdict of verdicts) {
    const assertion = innermost(verdict.assertion);
    if (assertion.kind === "consistent" && assertion.pointer === pointer) {
      return { kind: "arm", verdict, arm: assertion.arm };
    }
  }

  const epsilon = epsilonOf(pointer);
  const epsilonsOf = ({ assertion }: AssertionVerdict) => operandsOf(assertion)[0]?.epsilon;
  const equal = verdicts.filter((verdict) => epsilonsOf(verdict) === epsilon);
  const others = verdicts.filter((verdict) => {
    const own = epsilonsOf(verdict);
    return own !== epsilon && (own === undefined || epsilon === undefined);
  });
  const candidates = [...equal, ...others];
  return findEffect(entry, candidates, false) ?? findEffect(entry, candidates, true) ?? findArm(entry, candidates);
}

function epsilonOf(pointer: string): number | undefined {
  const last = pointer.slice(pointer.lastIndexOf("/") + 1);
  return last === "" || Number.isNaN(Number(last)) ? undefined : Number(last);
}

/** Of several maximisers the one that does as the paper did; it is the one to compare with the paper's numbers. */
export function paperLikeResult({ results }: AssertionVerdict): SingleResult {
  return results.find(({ maximiser }) => maximiser === "paper-literal") ?? results[0];
}

function findEffect(
  { effect }: PublishedEntry,
  verdicts: readonly AssertionVerdict[],
  reversed: boolean,
): Counterpart | undefined {
  if (!effect) return undefined;
  const [first, second] = reversed ? effect.of.toReversed() : effect.of;
  const verdict = verdicts.find(({ assertion }) => {
    const comparison = comparisonOf(assertion);
    return comparison?.scale === effect.kind && comparison.arms[0] === first && comparison.arms[1] === second;
  });
  return verdict && { kind: "effect", verdict, reversed };
}

function findArm({ arms }: PublishedEntry, verdicts: readonly AssertionVerdict[]): Counterpart | undefined {
  for (const verdict of verdicts) {
    const comparison = comparisonOf(verdict.assertion);
    const [arm = ""] = comparison?.arms ?? [];
    if (comparison?.scale === "mean" && Object.hasOwn(arms, arm)) return { kind: "arm", verdict, arm };
  }
  return undefined;
}

/** Of assertions about one arm, or about two that are set side by side. */
function comparisonOf(assertion: ResolvedAssertion): { scale: Effect["scale"]; arms: [string, string?] } | undefined {
  switch (assertion.kind) {
    case "not":
      return comparisonOf(assertion.assertion);
    case "greater":
    case "less":
    case "within":
    case "difference":
    case "equivalent":
    case "ratio": {
      const { first, second } = assertion;
      if (second === undefined || typeof second === "number") return { scale: "mean", arms: [plainArm(first)] };
      const isRatio = assertion.kind === "ratio" || (assertion.kind === "equivalent" && assertion.scale === "ratio");
      return { scale: isRatio ? "ratio" : "difference", arms: [plainArm(first), plainArm(second)] };
    }
    default:
      return undefined;
  }
}

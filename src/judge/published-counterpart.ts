import type { PublishedEntry, ResolvedAssertion, SampleReference } from "../spec/run.types.ts";
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
 * reverse.
 */
export function counterpartOf(
  pointer: string,
  entry: PublishedEntry,
  verdicts: readonly AssertionVerdict[],
): Counterpart | undefined {
  const epsilon = epsilonOf(pointer);
  const equal = verdicts.filter(({ assertion: { first } }) => first.epsilon === epsilon);
  const others = verdicts.filter(({ assertion: { first } }) => {
    return first.epsilon !== epsilon && (first.epsilon === undefined || epsilon === undefined);
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
    const { scale, arms } = comparisonOf(assertion);
    return scale === effect.kind && arms[0] === first && arms[1] === second;
  });
  return verdict && { kind: "effect", verdict, reversed };
}

function findArm({ arms }: PublishedEntry, verdicts: readonly AssertionVerdict[]): Counterpart | undefined {
  for (const verdict of verdicts) {
    const { scale, arms: ours } = comparisonOf(verdict.assertion);
    const [arm] = ours;
    if (scale === "mean" && Object.hasOwn(arms, arm)) return { kind: "arm", verdict, arm };
  }
  return undefined;
}

function comparisonOf(assertion: ResolvedAssertion): { scale: Effect["scale"]; arms: [string, string?] } {
  const { first, second } = assertion;
  if (second === undefined || typeof second === "number") return { scale: "mean", arms: [plainName(first)] };
  const scale = assertion.kind === "ratio" ? "ratio" : "difference";
  return { scale, arms: [plainName(first), plainName(second)] };
}

/** SB of SB[F1]. */
function plainName({ arm }: SampleReference): string {
  return arm.replace(/\[.*$/, "");
}

import type { PublishedEntry, ResolvedAssertion, SampleReference } from "../spec/run.types.ts";
import type { AssertionVerdict, Effect, SingleResult } from "./verdict.ts";

/** The assertion of ours that a published entry can stand beside. */
export type Counterpart =
  /** Both compare the same two arms; reversed: ours has the entry's second arm first. */
  | { readonly kind: "effect"; readonly verdict: AssertionVerdict; readonly reversed: boolean }
  /** Ours is about the mean of one arm, which the entry has too. */
  | { readonly kind: "arm"; readonly verdict: AssertionVerdict; readonly arm: string };

/** Arms are matched by name without the matrix variant, ε by the last part of the pointer where that is a number. */
export function counterpartOf(
  pointer: string,
  entry: PublishedEntry,
  verdicts: readonly AssertionVerdict[],
): Counterpart | undefined {
  const last = pointer.slice(pointer.lastIndexOf("/") + 1);
  const epsilon = last === "" ? Number.NaN : Number(last);
  const candidates = verdicts.filter(
    ({ assertion: { first } }) => first.epsilon === undefined || Number.isNaN(epsilon) || first.epsilon === epsilon,
  );
  return findEffect(entry, candidates) ?? findArm(entry, candidates);
}

/** Of several maximisers the one that does as the paper did; it is the one to compare with the paper's numbers. */
export function paperLikeResult({ results }: AssertionVerdict): SingleResult {
  return results.find(({ maximiser }) => maximiser === "paper-literal") ?? results[0];
}

function findEffect({ effect }: PublishedEntry, verdicts: readonly AssertionVerdict[]): Counterpart | undefined {
  if (!effect) return undefined;
  for (const verdict of verdicts) {
    const { scale, arms } = comparisonOf(verdict.assertion);
    const [first, second] = arms;
    if (scale !== effect.kind) continue;
    if (first === effect.of[0] && second === effect.of[1]) return { kind: "effect", verdict, reversed: false };
    if (first === effect.of[1] && second === effect.of[0]) return { kind: "effect", verdict, reversed: true };
  }
  return undefined;
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

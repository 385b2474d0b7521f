import type { ResolvedOrdered, SampleReference } from "../../spec/run.types.ts";
import { formatReference, plainArm } from "../criterion.ts";

/** Two neighbours of an ordering. */
export interface OrderedStep {
  /** Such as "SB < LB". */
  readonly label: string;
  readonly smaller: SampleReference;
  readonly larger: SampleReference;
}

/** ordered: each exceeds the one before it. @returns one step fewer than references, in their order. */
export function stepsOf({ of }: ResolvedOrdered): OrderedStep[] {
  const byArm = new Set(of.map(plainArm)).size === of.length;
  const nameOf = (reference: SampleReference) => (byArm ? plainArm(reference) : formatReference(reference));
  return of.slice(1).map((larger, i) => {
    const smaller = of[i] as SampleReference;
    return { label: `${nameOf(smaller)} < ${nameOf(larger)}`, smaller, larger };
  });
}

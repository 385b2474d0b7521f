import type { ResolvedWithin } from "../spec/run.types.ts";
import { type Criterion, formatReference } from "./criterion.ts";

/** within: the mean, or the mean of first − second, lies in a range. */
export function withinCriterion({ first, second, lowest, highest }: ResolvedWithin): Criterion {
  const left = second === undefined ? formatReference(first) : `${formatReference(first)} − ${formatReference(second)}`;
  return {
    expression: `${left} in [${lowest}, ${highest}]`,
    first,
    ...(second === undefined ? {} : { second }),
    scale: second === undefined ? "mean" : "difference",
    region: { kind: "within", lowest, highest },
  };
}

import type { ResolvedDifference } from "../spec/run.types.ts";
import { type Criterion, formatReference } from "./criterion.ts";

/** difference: the mean of first − second lies above a number. */
export function differenceCriterion({ first, second, above, atLeast }: ResolvedDifference): Criterion {
  const minimum = atLeast === undefined ? "" : `, at least ${atLeast}`;
  return {
    expression: `${formatReference(first)} − ${formatReference(second)} > ${above}${minimum}`,
    first,
    second,
    scale: "difference",
    region: { kind: "above", bound: above },
    ...(atLeast === undefined ? {} : { minimum: { declared: atLeast, estimate: atLeast } }),
  };
}

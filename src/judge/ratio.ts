import type { ResolvedRatio } from "../spec/run.types.ts";
import { type Criterion, formatReference } from "./criterion.ts";

/** ratio: the geometric mean of first / second lies above a number. Judged on the logarithms of the paired ratios. */
export function ratioCriterion({ first, second, above, atLeast }: ResolvedRatio): Criterion {
  const minimum = atLeast === undefined ? "" : `, at least ${atLeast}`;
  return {
    expression: `${formatReference(first)} / ${formatReference(second)} > ${above}${minimum}`,
    first,
    second,
    scale: "ratio",
    region: { kind: "above", bound: above },
    ...(atLeast === undefined ? {} : { minimum: { declared: atLeast, estimate: atLeast } }),
  };
}

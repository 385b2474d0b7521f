import type { ResolvedRatio } from "../../spec/run.types.ts";
import { type Criterion, formatReference, plainArm, plainStatistic, quantityOf, single } from "../criterion.ts";

/** ratio: the geometric mean of first / second lies above a number. Judged on the logarithms of the paired ratios. */
export function ratioCriterion({ first, second, above, atLeast }: ResolvedRatio): Criterion {
  const minimum = atLeast === undefined ? "" : `, at least ${atLeast}`;
  return {
    expression: `${formatReference(first)} / ${formatReference(second)} > ${above}${minimum}`,
    subject: `${plainArm(first)} / ${plainArm(second)}, ${quantityOf(first)}`,
    operands: [single(first), single(second)],
    statistic: plainStatistic,
    scale: "ratio",
    region: { kind: "above", bound: above },
    ...(atLeast === undefined ? {} : { minimum: { declared: atLeast, estimate: atLeast } }),
  };
}

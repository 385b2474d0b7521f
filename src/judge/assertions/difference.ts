import type { ResolvedDifference } from "../../spec/run.types.ts";
import { type Criterion, formatReference, plainArm, plainStatistic, quantityOf, single } from "../criterion.ts";

/** difference: the mean of first − second lies above a number. */
export function differenceCriterion({ first, second, above, atLeast }: ResolvedDifference): Criterion {
  const minimum = atLeast === undefined ? "" : `, at least ${atLeast}`;
  return {
    expression: `${formatReference(first)} − ${formatReference(second)} > ${above}${minimum}`,
    subject: `${plainArm(first)} − ${plainArm(second)}, ${quantityOf(first)}`,
    operands: [single(first), single(second)],
    statistic: plainStatistic,
    scale: "difference",
    region: { kind: "above", bound: above },
    ...(atLeast === undefined ? {} : { minimum: { declared: atLeast, estimate: atLeast } }),
  };
}

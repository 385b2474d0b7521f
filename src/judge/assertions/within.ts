import type { ResolvedWithin } from "../../spec/run.types.ts";
import { type Criterion, formatReference, plainArm, plainStatistic, quantityOf, single } from "../criterion.ts";

/** within: the mean, or the mean of first − second, lies in a range. */
export function withinCriterion({ first, second, lowest, highest }: ResolvedWithin): Criterion {
  const left = second === undefined ? formatReference(first) : `${formatReference(first)} − ${formatReference(second)}`;
  const arms = second === undefined ? plainArm(first) : `${plainArm(first)} − ${plainArm(second)}`;
  return {
    expression: `${left} in [${lowest}, ${highest}]`,
    subject: `${arms}, ${quantityOf(first)}`,
    operands: [single(first), ...(second === undefined ? [] : [single(second)])],
    statistic: plainStatistic,
    scale: second === undefined ? "mean" : "difference",
    region: { kind: "within", lowest, highest },
  };
}

import type { OrderAssertion } from "../../spec/run.types.ts";
import { type Criterion, formatReference, plainArm, plainStatistic, quantityOf, single } from "../criterion.ts";

/** greater and less: the paired difference lies above or below 0, or the mean above or below a number. */
export function greaterOrLessCriterion({ kind, first, second, atLeast }: OrderAssertion): Criterion {
  const sign = kind === "greater" ? 1 : -1;
  const toNumber = typeof second === "number";
  const bound = toNumber ? second : 0;
  const right = toNumber ? String(second) : formatReference(second);
  const minimum = atLeast === undefined ? "" : `, by at least ${atLeast}`;
  const arms = toNumber ? plainArm(first) : `${plainArm(first)} − ${plainArm(second)}`;
  return {
    expression: `${formatReference(first)} ${kind === "greater" ? ">" : "<"} ${right}${minimum}`,
    subject: `${arms}, ${quantityOf(first)}`,
    operands: [single(first), ...(toNumber ? [] : [single(second)])],
    statistic: plainStatistic,
    scale: toNumber ? "mean" : "difference",
    region: { kind: kind === "greater" ? "above" : "below", bound },
    ...(atLeast === undefined ? {} : { minimum: { declared: atLeast, estimate: bound + sign * atLeast } }),
  };
}

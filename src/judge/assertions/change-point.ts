import type { ResolvedChangePoint } from "../../spec/run.types.ts";
import { changePoint } from "../../stats/change-point.ts";
import { type Criterion, formatReference, numbers, quantityOf, single } from "../criterion.ts";

/** change-point: two lines describe a list better than one, by the mean of the seeds' differences of BIC. */
export function changePointCriterion({ of, at, above }: ResolvedChangePoint): Criterion {
  const [first] = of;
  return {
    expression: `${formatReference(first)} … ${formatReference(of.at(-1) ?? first)} (${of.length}) break, ΔBIC > ${above}`,
    subject: `BIC of one line − two, ${quantityOf(first)}`,
    operands: of.map(single),
    statistic(values) {
      const found = changePoint(at, numbers(values));
      if (!found) return { absent: "has too few points for a break" };
      return { first: found.bicDifference, note: `${found.at}` };
    },
    scale: "BIC difference",
    region: { kind: "above", bound: above },
  };
}

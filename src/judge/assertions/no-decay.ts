import type { ResolvedNoDecay } from "../../spec/run.types.ts";
import { type Criterion, formatReference, plainArm, pointsOf, quantityOf, series } from "../criterion.ts";

/** no-decay: a series' peak exceeds its last value by no more than a tolerance. */
export function noDecayCriterion({ of, tolerance }: ResolvedNoDecay): Criterion {
  return {
    expression: `peak − last of ${formatReference(of)} < ${tolerance}`,
    subject: `${plainArm(of)}, peak − last of ${quantityOf(of)}`,
    operands: [series(of)],
    statistic(values) {
      const [points = []] = pointsOf(values);
      const last = points.at(-1);
      if (!last) return { absent: "has no points" };
      return { first: Math.max(...points.map(({ value }) => value)) - last.value };
    },
    scale: "mean",
    region: { kind: "below", bound: tolerance },
  };
}

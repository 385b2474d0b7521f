import type { ResolvedTrend } from "../../spec/run.types.ts";
import { spearman } from "../../stats/spearman.ts";
import {
  type Criterion,
  formatReference,
  numbers,
  plainArm,
  pointsOf,
  quantityOf,
  series,
  single,
} from "../criterion.ts";
import { formatCount } from "../wording.ts";

/** trend: the mean of the seeds' rank correlations lies on one side of 0. */
export function trendCriterion({ of, direction, against, half, atLeast }: ResolvedTrend): Criterion {
  const sign = direction === "increasing" ? 1 : -1;
  const [first] = of;
  const isSeries = against !== undefined;
  const along = isSeries ? `${against}${half ? ", later half" : ""}` : "position";
  const what = isSeries
    ? formatReference(first)
    : `${formatReference(first)} … ${formatReference(of.at(-1) ?? first)} (${of.length})`;
  const minimum = atLeast === undefined ? "" : `, |ρ| at least ${atLeast}`;
  return {
    expression: `${what} ${direction === "increasing" ? "increases" : "decreases"} with ${along}${minimum}`,
    subject: `ρ of ${isSeries ? `${plainArm(first)} ` : ""}${quantityOf(first)} with ${along}`,
    operands: isSeries ? [series(first)] : of.map(single),
    statistic(values) {
      if (!isSeries) {
        const found = spearman(
          numbers(values),
          values.map((_, i) => i),
        );
        return found ? { first: found.rho } : { absent: "do not vary" };
      }
      const [all = []] = pointsOf(values);
      const points = half ? all.slice(Math.floor(all.length / 2)) : all;
      const x = points.map(({ at, loss }) => (against === "loss" ? loss : at));
      if (x.includes(undefined)) return { absent: "has no training loss along it" };
      if (points.length < 3) return { absent: `has ${formatCount(points.length, "point")}, too few for a trend` };
      const found = spearman(
        points.map(({ value }) => value),
        x as number[],
      );
      return found
        ? { first: found.rho }
        : { absent: `does not vary${against === "loss" ? ", or its loss does not" : ""}` };
    },
    scale: "correlation",
    region: { kind: sign > 0 ? "above" : "below", bound: 0 },
    ...(atLeast === undefined ? {} : { minimum: { declared: atLeast, estimate: sign * atLeast } }),
  };
}

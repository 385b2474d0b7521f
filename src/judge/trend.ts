import type { ResolvedTrend } from "../spec/run.types.ts";
import { spearman } from "../stats/spearman.ts";
import {
  type Criterion,
  formatReference,
  numbers,
  plainArm,
  pointsOf,
  quantityOf,
  type SeedStatistic,
  series,
  single,
} from "./criterion.ts";

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
        return correlate(
          numbers(values),
          values.map((_, i) => i),
        );
      }
      const [all = []] = pointsOf(values);
      const points = half ? all.slice(Math.floor(all.length / 2)) : all;
      const x = points.map(({ at, loss }) => (against === "loss" ? loss : at));
      if (x.includes(undefined)) return { absent: "has no training loss along it" };
      return correlate(
        points.map(({ value }) => value),
        x as number[],
      );
    },
    scale: "correlation",
    region: { kind: sign > 0 ? "above" : "below", bound: 0 },
    ...(atLeast === undefined ? {} : { minimum: { declared: atLeast, estimate: sign * atLeast } }),
  };
}

function correlate(values: readonly number[], x: readonly number[]): SeedStatistic {
  const found = spearman(values, x);
  if (found) return { first: found.rho };
  return { absent: values.length < 3 ? `has ${values.length} points, too few for a trend` : "does not vary" };
}

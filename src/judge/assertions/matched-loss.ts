import type { ResolvedMatchedLoss } from "../../spec/run.types.ts";
import { mean } from "../../stats/sample.ts";
import {
  type Criterion,
  formatReference,
  plainArm,
  pointsOf,
  quantityOf,
  type SeedStatistic,
  type SeriesPoint,
  series,
} from "../criterion.ts";

/** matched-loss: the ratio of two series at a training loss that both pass. */
export function matchedLossCriterion({ first, second, loss, above, atLeast }: ResolvedMatchedLoss): Criterion {
  const where = typeof loss === "number" ? `at loss ${loss}` : `at the ${loss} shared loss`;
  const words = loss === "lowest-to-highest" ? "at the lowest over at the highest shared loss" : where;
  const minimum = atLeast === undefined ? "" : `, at least ${atLeast}`;
  return {
    expression: `${formatReference(first)} / ${formatReference(second)} ${words} > ${above}${minimum}`,
    subject: `${plainArm(first)} / ${plainArm(second)}, ${quantityOf(first)} ${words}`,
    operands: [series(first), series(second)],
    statistic(values) {
      const [left = [], right = []] = pointsOf(values);
      if ([...left, ...right].some((point) => point.loss === undefined)) return { absent: "lack a training loss" };
      return compareAt(profileOf(left), profileOf(right), loss);
    },
    scale: "ratio",
    region: { kind: "above", bound: above },
    ...(atLeast === undefined ? {} : { minimum: { declared: atLeast, estimate: atLeast } }),
  };
}

/** Logarithms of loss, ascending, and value. */
type Profile = readonly { readonly x: number; readonly y: number }[];

/**
 * Value by loss, whatever the order in which training passed the losses; points of one loss become their geometric mean.
 * The start, at epoch 0, is left out: the arms of a seed share it. So is what is not positive, which has no logarithm.
 */
function profileOf(points: readonly SeriesPoint[]): Profile {
  const byLoss = new Map<number, number[]>();
  for (const { at, value, loss = 0 } of points) {
    if (at === 0 || !(value > 0) || !(loss > 0)) continue;
    const x = Math.log(loss);
    byLoss.set(x, [...(byLoss.get(x) ?? []), Math.log(value)]);
  }
  return [...byLoss].map(([x, ys]) => ({ x, y: mean(ys) })).toSorted((a, b) => a.x - b.x);
}

function compareAt(left: Profile, right: Profile, loss: ResolvedMatchedLoss["loss"]): SeedStatistic {
  const lowest = Math.max(left[0]?.x ?? Number.POSITIVE_INFINITY, right[0]?.x ?? Number.POSITIVE_INFINITY);
  const highest = Math.min(left.at(-1)?.x ?? Number.NEGATIVE_INFINITY, right.at(-1)?.x ?? Number.NEGATIVE_INFINITY);
  if (left.length === 0 || right.length === 0) return { absent: "are not both above 0 anywhere after the start" };
  if (!(lowest <= highest)) return { absent: "share no training loss" };
  if (loss === "lowest-to-highest") {
    if (lowest === highest) return { absent: "share a single training loss" };
    const ratioAt = (x: number) => Math.exp(valueAt(left, x) - valueAt(right, x));
    return positive({ first: ratioAt(lowest), second: ratioAt(highest) });
  }
  const x = loss === "lowest" ? lowest : loss === "highest" ? highest : Math.log(loss);
  if (x < lowest || x > highest) return { absent: `do not both pass the training loss ${loss}` };
  return positive({ first: Math.exp(valueAt(left, x)), second: Math.exp(valueAt(right, x)) });
}

/** A power may over- or underflow, and has no logarithm then. */
function positive(found: { readonly first: number; readonly second: number }): SeedStatistic {
  const isUsable = (value: number) => value > 0 && Number.isFinite(value);
  return isUsable(found.first) && isUsable(found.second) ? found : { absent: "are too far apart for a ratio" };
}

/** Interpolated linearly. @param x within the profile. */
function valueAt(profile: Profile, x: number): number {
  const after = profile.findIndex((point) => point.x >= x);
  const [a, b] = [profile[Math.max(0, after - 1)], profile[after]];
  if (!a || !b) return Number.NaN;
  if (b.x === a.x) return b.y;
  return a.y + ((x - a.x) / (b.x - a.x)) * (b.y - a.y);
}

import type { Criterion } from "./criterion.ts";
import { type Estimate, onJudgedScale } from "./estimate.ts";
import { boundsOf, formatOutside, formatRegion, placeOf, rescale } from "./region.ts";
import { settleByMinimum, settleBySeeds } from "./settle.ts";

/** On which side of the bound an estimate is; neither where it is on it. */
export type Side = "claimed" | "other" | "neither";

export interface Decision {
  readonly status: "pass" | "fail" | "inconclusive";
  /** Of the estimate, whatever the interval says. */
  readonly side: Side;
  /** Where the interval lies, in words. */
  readonly why: string;
  /** What would settle it; an inconclusive decision has one. */
  readonly settle?: string;
}

/**
 * Pass: the whole interval lies on the claimed side and the estimate reaches the minimum. Fail: the whole interval lies
 * on the other side. Anything else is inconclusive.
 */
export function decide({ effect, judged }: Estimate, criterion: Criterion, confidence: number): Decision {
  const { scale, minimum } = criterion;
  const region = rescale(criterion.region, (bound) => onJudgedScale(scale, bound));
  const pointPlace = placeOf({ lower: judged.point, upper: judged.point }, region);
  const side = pointPlace === "inside" ? "claimed" : pointPlace === "across" ? "neither" : "other";
  if (judged.spread === null) {
    const settle = "more seeds: an interval takes at least two";
    return { status: "inconclusive", side, why: "one seed gives no interval", settle };
  }

  const { interval, standardDeviation } = judged.spread;
  const place = placeOf(interval, region);
  const subject = interval.lower === interval.upper ? "it" : "the whole interval";
  if (place === "outside above" || place === "outside below") {
    return { status: "fail", side, why: `${subject} lies ${formatOutside(criterion.region, place)}` };
  }

  const short = side === "claimed" && !reachesMinimum(judged.point, criterion);
  if (place === "inside") {
    const lies = `${subject} lies ${formatRegion(criterion.region)}`;
    if (!minimum) return { status: "pass", side, why: lies };
    if (!short) return { status: "pass", side, why: `${lies}, and the minimum ${minimum.declared} is reached` };
    const why = `${lies}, but short of the declared minimum ${minimum.declared}`;
    return { status: "inconclusive", side, why, settle: settleByMinimum(effect.scale, minimum.declared) };
  }

  const crossed = boundsOf(criterion.region).filter((_, i) => {
    const bound = boundsOf(region)[i] as number;
    return interval.lower <= bound && bound <= interval.upper;
  });
  const why = `${subject === "it" ? "it is exactly" : "the interval contains"} ${crossed.join(" and ")}`;
  const distance = Math.min(...boundsOf(region).map((bound) => Math.abs(judged.point - bound)));
  const settle =
    short && minimum
      ? settleByMinimum(effect.scale, minimum.declared)
      : settleBySeeds(distance, { standardDeviation, n: judged.n }, confidence, side === "claimed" ? "for" : "against");
  return { status: "inconclusive", side, why, settle };
}

function reachesMinimum(point: number, { scale, region, minimum }: Criterion): boolean {
  if (!minimum) return true;
  const needed = onJudgedScale(scale, minimum.estimate);
  return region.kind === "below" ? point <= needed : point >= needed;
}

import { type Interval, meanInterval } from "../stats/interval.ts";
import { mean, standardDeviation, withinRange } from "../stats/sample.ts";
import type { Effect, SeedValues } from "./verdict.ts";

/** An effect, and the same on the scale it is judged on: logarithms for a ratio, else as it is. */
export interface Estimate {
  readonly effect: Effect;
  readonly judged: {
    readonly point: number;
    /** null with one value. */
    readonly spread: { readonly interval: Interval; readonly standardDeviation: number } | null;
    readonly n: number;
  };
}

/**
 * @param values at least one; paired for a difference or ratio, unless it was made within the seed; positive for a ratio.
 * @param confidence such as 0.95.
 */
export function estimate(scale: Effect["scale"], values: readonly SeedValues[], confidence: number): Estimate {
  const judged = values.map((pair) => judgedValue(scale, pair));
  const point = mean(judged);
  const interval = meanInterval(judged, confidence);
  const n = values.length;
  return {
    effect: {
      scale,
      estimate: fromJudgedScale(scale, point),
      interval: interval && {
        lower: fromJudgedScale(scale, interval.lower),
        upper: fromJudgedScale(scale, interval.upper),
      },
      n,
    },
    judged: { point, spread: interval && { interval, standardDeviation: standardDeviation(judged) }, n },
  };
}

/** An effect, or a bound for it, on the scale it is judged on. */
export function onJudgedScale(scale: Effect["scale"], value: number): number {
  return scale === "ratio" ? Math.log(value) : value;
}

/** The values that there is an estimate of on this scale: a ratio takes pairs of positive ones. */
export function usableValues(scale: Effect["scale"], values: readonly SeedValues[]): readonly SeedValues[] {
  if (scale !== "ratio") return values;
  return values.filter(({ first, second }) => first > 0 && second !== undefined && second > 0);
}

/** What one seed gives, on the scale that is judged: the logarithm of a ratio, else as it is. @param pair usable. */
export function judgedValue(scale: Effect["scale"], { first, second }: SeedValues): number {
  if (second === undefined) return first;
  if (scale !== "ratio") return withinRange(first - second);
  const ratio = first / second;
  // The quotient, where it neither over- nor underflows, keeps equal ratios equal.
  return ratio > 0 && Number.isFinite(ratio) ? Math.log(ratio) : Math.log(first) - Math.log(second);
}

/** The upper end of a log-ratio's interval may exceed every number. */
function fromJudgedScale(scale: Effect["scale"], value: number): number {
  if (scale === "correlation") return Math.max(-1, Math.min(1, value));
  return scale === "ratio" ? withinRange(Math.exp(value)) : value;
}

import { innermost } from "../../spec/operands.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import { spearmanInterval } from "../../stats/fisher-interval.ts";
import { halfWidth, type Interval } from "../../stats/interval.ts";
import { normalQuantile } from "../../stats/normal.ts";
import { predictionInterval } from "../../stats/prediction-interval.ts";
import { criticalT } from "../../stats/student-t.ts";
import { estimate } from "../estimate.ts";
import type { AssertionVerdict, Effect, SeedValues, SingleResult } from "../verdict.ts";

/** An interval with all that it was made of. */
export type ExplainedInterval = StudentInterval | FisherInterval | PredictionInterval;

/** mean ± critical · standardDeviation / √n, on the scale that is judged. */
export interface StudentInterval {
  readonly kind: "student";
  readonly confidence: number;
  readonly n: number;
  readonly degreesOfFreedom: number;
  readonly mean: number;
  readonly standardDeviation: number;
  readonly critical: number;
  readonly halfWidth: number;
  /** On the scale that is judged: of logarithms, where a ratio is. */
  readonly judged: Interval;
  /** In units of the effect. */
  readonly interval: Interval;
}

/** tanh(atanh ρ ± critical · standardError). */
export interface FisherInterval {
  readonly kind: "fisher";
  readonly confidence: number;
  /** Trials. */
  readonly n: number;
  readonly rho: number;
  readonly standardError: number;
  readonly critical: number;
  readonly interval: Interval;
}

/** mean ± critical · standardDeviation · √(1/n + 1/newValues), of the published trials. */
export interface PredictionInterval {
  readonly kind: "prediction";
  readonly confidence: number;
  readonly mean: number;
  readonly standardDeviation: number;
  readonly n: number;
  readonly newValues: number;
  readonly degreesOfFreedom: number;
  readonly critical: number;
  readonly interval: Interval;
}

/** The intervals that a verdict rests on; none where there are too few values. */
export function explainIntervals(
  record: RunRecord,
  verdict: AssertionVerdict,
  result: SingleResult,
): ExplainedInterval[] {
  const { confidence, seeds } = record.suite;
  const assertion = innermost(verdict.assertion);
  if (assertion.kind === "consistent") {
    const published = record.published[assertion.pointer]?.arms[assertion.arm];
    if (published?.std === undefined || published.n === undefined) return [];
    const { mean, std: standardDeviation, n } = published;
    const interval = predictionInterval({ mean, standardDeviation, n }, seeds.length, confidence);
    if (!interval) return [];
    const degreesOfFreedom = n - 1;
    const critical = criticalT(confidence, degreesOfFreedom);
    const newValues = seeds.length;
    return [
      {
        kind: "prediction",
        confidence,
        mean,
        standardDeviation,
        n,
        newValues,
        degreesOfFreedom,
        critical,
        interval,
      },
    ];
  }
  if (result.status === "not-measured") return [];
  const { effect, values } = result;
  if (assertion.kind === "correlation") {
    const interval = spearmanInterval(effect.estimate, effect.n, confidence);
    if (!interval) return [];
    return [
      {
        kind: "fisher",
        confidence,
        n: effect.n,
        rho: effect.estimate,
        standardError: Math.sqrt((1 + effect.estimate ** 2 / 2) / (effect.n - 3)),
        critical: normalQuantile((1 + confidence) / 2),
        interval,
      },
    ];
  }
  const levels = assertion.kind === "equivalent" ? [2 * confidence - 1, confidence] : [confidence];
  return levels.flatMap((level) => studentInterval(effect.scale, judgedValues(effect.scale, values), level));
}

/** Those that have a value on the scale of the effect. */
export function judgedValues(scale: Effect["scale"], values: readonly SeedValues[]): readonly SeedValues[] {
  if (scale !== "ratio") return values;
  return values.filter(({ first, second }) => first > 0 && second !== undefined && second > 0);
}

/** What one seed gives, on the scale that is judged: the logarithm of a ratio, else as it is. */
export function judgedValue(scale: Effect["scale"], pair: SeedValues): number {
  return estimate(scale, [pair], 0.95).judged.point;
}

function studentInterval(scale: Effect["scale"], values: readonly SeedValues[], confidence: number): StudentInterval[] {
  const { effect, judged } = estimate(scale, values, confidence);
  if (!judged.spread || !effect.interval) return [];
  const { interval, standardDeviation } = judged.spread;
  const degreesOfFreedom = judged.n - 1;
  const critical = criticalT(confidence, degreesOfFreedom);
  return [
    {
      kind: "student",
      confidence,
      n: judged.n,
      degreesOfFreedom,
      mean: judged.point,
      standardDeviation,
      critical,
      halfWidth: halfWidth(standardDeviation, judged.n, confidence),
      judged: interval,
      interval: effect.interval,
    },
  ];
}

import { innermost } from "../../spec/operands.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import { fisherZ, spearmanInterval } from "../../stats/fisher-interval.ts";
import { halfWidth, type Interval } from "../../stats/interval.ts";
import { normalQuantile } from "../../stats/normal.ts";
import { criticalT } from "../../stats/student-t.ts";
import { estimate, usableValues } from "../estimate.ts";
import { type PublishedPrediction, publishedPrediction } from "../published-prediction.ts";
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
export interface PredictionInterval extends PublishedPrediction {
  readonly kind: "prediction";
  readonly confidence: number;
  readonly degreesOfFreedom: number;
  readonly critical: number;
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
    const prediction = publishedPrediction(published, seeds.length, confidence);
    if (!prediction) return [];
    const degreesOfFreedom = prediction.n - 1;
    const critical = criticalT(confidence, degreesOfFreedom);
    return [{ kind: "prediction", confidence, ...prediction, degreesOfFreedom, critical }];
  }
  if (result.status === "not-measured") return [];
  const { effect, values } = result;
  if (assertion.kind === "correlation") {
    const interval = spearmanInterval(effect.estimate, effect.n, confidence);
    const transformed = fisherZ(effect.estimate, effect.n);
    if (!interval || !transformed) return [];
    return [
      {
        kind: "fisher",
        confidence,
        n: effect.n,
        rho: effect.estimate,
        standardError: transformed.standardError,
        critical: normalQuantile((1 + confidence) / 2),
        interval,
      },
    ];
  }
  const levels = assertion.kind === "equivalent" ? [2 * confidence - 1, confidence] : [confidence];
  return levels.flatMap((level) => studentInterval(effect.scale, usableValues(effect.scale, values), level));
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

import { regularisedBeta } from "./incomplete-beta.ts";
import { invertTail } from "./invert-tail.ts";
import { logGammaStep } from "./log-gamma.ts";

/** P(T > t) of Student's distribution; the far tail keeps its relative accuracy. @param df degrees of freedom, > 0. */
export function studentTUpperTail(t: number, df: number): number {
  requireDegrees(df);
  if (t < 0) return 1 - studentTUpperTail(-t, df);
  if (t === Number.POSITIVE_INFINITY) return 0;
  const total = df + t * t;
  return total === Number.POSITIVE_INFINITY ? 0 : 0.5 * regularisedBeta(df / total, (t * t) / total, df / 2, 0.5);
}

/** P(T ≤ t) of Student's distribution. @param df degrees of freedom, > 0. */
export function studentTCdf(t: number, df: number): number {
  return studentTUpperTail(-t, df);
}

/** P(|T| ≥ |t|) of Student's distribution. @param df degrees of freedom, > 0. */
export function studentTTwoSided(t: number, df: number): number {
  return 2 * studentTUpperTail(Math.abs(t), df);
}

/** The t with P(T ≤ t) = probability. @param probability between 0 and 1, both excluded. @param df degrees of freedom, > 0. */
export function studentTQuantile(probability: number, df: number): number {
  requireDegrees(df);
  if (!(probability > 0 && probability < 1)) throw new RangeError(`no quantile at probability ${probability}`);
  if (probability < 0.5) return -invertUpperTail(probability, df);
  return invertUpperTail(1 - probability, df);
}

/** Half the width of a two-sided interval in standard errors. @param confidence such as 0.95. */
export function criticalT(confidence: number, df: number): number {
  requireDegrees(df);
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`no interval at confidence ${confidence}`);
  return invertUpperTail((1 - confidence) / 2, df);
}

function invertUpperTail(probability: number, df: number): number {
  const logScale = logGammaStep(df / 2, 0.5) - 0.5 * Math.log(df * Math.PI);
  const density = (t: number) => Math.exp(logScale - ((df + 1) / 2) * Math.log1p((t * t) / df));
  return invertTail((t) => studentTUpperTail(t, df), density, probability);
}

function requireDegrees(df: number): void {
  if (!(df > 0)) throw new RangeError(`Student's distribution needs more than 0 degrees of freedom, not ${df}`);
}

import { chiSquaredUpperTail } from "../../stats/chi-squared.ts";
import { fisherFUpperTail } from "../../stats/fisher-f.ts";
import { tStatistic } from "../../stats/paired-t.ts";
import { mean, unitOf, withinRange } from "../../stats/sample.ts";

/** One machine's effect, on the scale it is judged on. */
export interface MachineEffect {
  readonly estimate: number;
  /** Of the estimate, > 0. */
  readonly standardError: number;
  /** Of the standard error: n − 1 seeds; Infinity where it is known. */
  readonly degreesOfFreedom: number;
}

/** Whether effects on several machines are one. */
export interface Heterogeneity {
  /** Cochran's: the squared distances of the effects from their mean, in squared standard errors. */
  readonly q: number;
  /** Machines − 1. */
  readonly degreesOfFreedom: number;
  /** Share of the variation between machines that is more than the seeds make: max(0, 1 − degreesOfFreedom / Q). */
  readonly iSquared: number;
  /** Of Q as chi-squared, which takes the standard errors for known. */
  readonly chiSquaredP: number;
  /** Chance of effects so far apart where they are one, with standard errors that are estimated from few seeds. */
  readonly p: number;
}

/**
 * Of machines whose seeds have nothing in common: Cochran's Q. Its chi-squared p is too small where standard errors come
 * from few seeds; `p` is Welch's, which for two machines is that of his t test.
 *
 * @param effects of two machines or more.
 * @see Cochran 1954; Higgins & Thompson 2002 for I²; Welch 1951, eq. 30, for p.
 */
export function heterogeneityOfIndependent(effects: readonly MachineEffect[]): Heterogeneity {
  // Weights by the smallest standard error, and distances by the largest estimate: neither then over- or underflows.
  const smallest = Math.min(...effects.map(({ standardError }) => standardError));
  const weights = effects.map(({ standardError }) => (smallest / standardError) ** 2);
  const shares = weights.map((weight) => weight / sum(weights));
  const unit = unitOf(effects.map(({ estimate }) => estimate));
  // Distances from any one effect keep equal effects at exactly 0.
  const origin = (effects[0]?.estimate ?? 0) / unit;
  const distances = effects.map(({ estimate }) => estimate / unit - origin);
  const centre = sum(distances.map((distance, i) => distance * (shares[i] as number)));
  const q = withinRange(
    sum(
      effects.map(({ standardError }, i) => tStatistic((distances[i] as number) - centre, standardError / unit) ** 2),
    ),
  );
  const k = effects.length;
  const leverage = sum(effects.map(({ degreesOfFreedom }, i) => (1 - (shares[i] as number)) ** 2 / degreesOfFreedom));
  const f = q / (k - 1) / (1 + (2 * (k - 2) * leverage) / (k ** 2 - 1));
  const p = leverage === 0 ? chiSquaredUpperTail(q, k - 1) : fisherFUpperTail(f, k - 1, (k ** 2 - 1) / (3 * leverage));
  return heterogeneity(q, k - 1, p);
}

/**
 * Of machines that ran the same seeds, and whose values therefore go up and down together: a two-way analysis of variance
 * with what the seeds have in common taken out. Q = (machines − 1) F, which is Cochran's with the standard error of what is
 * left; degrees of freedom after Greenhouse & Geisser, since some machines may be closer to each other than others are.
 * For two machines it is the paired t test.
 *
 * @param machines values by machine, seed by seed in one order; two machines or more, two seeds or more.
 * @see Greenhouse & Geisser 1959.
 */
export function heterogeneityOfPaired(machines: readonly (readonly number[])[]): Heterogeneity {
  const [k, m] = [machines.length, machines[0]?.length ?? 0];
  // No unit matters to Q.
  const unit = unitOf(machines.flat());
  const scaled = machines.map((values) => values.map((value) => value / unit));
  const effects = scaled.map(mean);
  const grand = mean(effects);
  const seedMeans = Array.from({ length: m }, (_, s) => mean(scaled.map((values) => values[s] as number)));
  const residuals = scaled.map((values, i) =>
    values.map((value, s) => value - (seedMeans[s] as number) - ((effects[i] as number) - grand)),
  );
  const between = (m * sum(effects.map((effect) => (effect - grand) ** 2))) / (k - 1);
  const within = sum(residuals.flat().map((residual) => residual ** 2)) / ((k - 1) * (m - 1));
  if (between === 0) return heterogeneity(0, k - 1, 1);
  if (within === 0) return heterogeneity(Number.MAX_VALUE, k - 1, 0);
  const f = between / within;
  const epsilon = sphericity(residuals);
  const p = fisherFUpperTail(f, epsilon * (k - 1), epsilon * (k - 1) * (m - 1));
  return heterogeneity(Math.min((k - 1) * f, Number.MAX_VALUE), k - 1, p);
}

/** Greenhouse & Geisser's ε, 1 / (machines − 1) to 1, of residuals without machine and seed effects. */
function sphericity(residuals: readonly (readonly number[])[]): number {
  const covariances = residuals.map((a) => residuals.map((b) => sum(a.map((value, s) => value * (b[s] as number)))));
  const trace = sum(covariances.map((row, i) => row[i] as number));
  return trace ** 2 / ((residuals.length - 1) * sum(covariances.flat().map((value) => value ** 2)));
}

function heterogeneity(q: number, degreesOfFreedom: number, p: number): Heterogeneity {
  const iSquared = q === 0 ? 0 : Math.max(0, 1 - degreesOfFreedom / q);
  return { q, degreesOfFreedom, iSquared, chiSquaredP: chiSquaredUpperTail(q, degreesOfFreedom), p };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

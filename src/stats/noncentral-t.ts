import { normalUpperTail } from "./normal.ts";

const LARGEST_NONCENTRALITY = 10_000;
/** Of its largest value; what the density holds beyond is lost. */
const SMALLEST_DENSITY = 1e-20;

/**
 * P(T > t) of the noncentral t distribution, that of T = (Z + δ) / S with S = √(χ² / df): the mean of P(Z > t S − δ) over S.
 *
 * By the trapezoidal rule over u = log S, whose density falls doubly exponentially above and exponentially below; the rule
 * then converges faster than any power of its step (Trefethen & Weideman 2014). Dividing by the same sum of the density
 * alone spares the gamma function. Absolute error below 1e-12.
 *
 * @param df more than 0.
 * @param noncentrality δ, of magnitude 10,000 at most: the time grows with it.
 * @throws RangeError outside of these, or where t is not finite.
 */
export function noncentralTUpperTail(t: number, df: number, noncentrality: number): number {
  if (!(Number.isFinite(t) && df > 0 && Math.abs(noncentrality) <= LARGEST_NONCENTRALITY)) {
    throw new RangeError(`no noncentral t at ${t} with ${df} degrees of freedom and noncentrality ${noncentrality}`);
  }
  // The density is about 1 / √(2 df) wide, the step of the normal tail about 1 / δ.
  const step = Math.min(0.1, 0.4 / Math.sqrt(df), 0.6 / (Math.abs(noncentrality) + 4));
  let all = 0;
  let beyond = 0;
  for (const direction of [1, -1]) {
    for (let k = direction === 1 ? 0 : 1; ; k += 1) {
      const u = direction * k * step;
      const density = Math.exp(df * (u - Math.expm1(2 * u) / 2));
      if (density < SMALLEST_DENSITY) break;
      all += density;
      beyond += density * normalUpperTail(t * Math.exp(u) - noncentrality);
    }
  }
  return beyond / all;
}

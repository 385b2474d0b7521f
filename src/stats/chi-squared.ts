import { normalUpperTail } from "./normal.ts";

/**
 * P(X > x) of the chi-squared distribution: a finite sum of positive terms, so that the far tail keeps its relative accuracy.
 *
 * @param degreesOfFreedom a whole number of at least 1.
 * @see Abramowitz & Stegun 1964, 26.4.4 and 26.4.5.
 */
export function chiSquaredUpperTail(x: number, degreesOfFreedom: number): number {
  if (!(Number.isInteger(degreesOfFreedom) && degreesOfFreedom >= 1)) {
    throw new RangeError(`chi-squared takes whole degrees of freedom of at least 1, not ${degreesOfFreedom}`);
  }
  if (x <= 0) return 1;
  const isOdd = degreesOfFreedom % 2 === 1;
  let total = isOdd ? 2 * normalUpperTail(Math.sqrt(x)) : Math.exp(-x / 2);
  // Of Γ(a + 1, x/2) = a Γ(a, x/2) + (x/2)ᵃ exp(−x/2), step by step up to a = degreesOfFreedom / 2.
  let term = isOdd ? Math.sqrt((2 * x) / Math.PI) * Math.exp(-x / 2) : (x / 2) * Math.exp(-x / 2);
  for (let a = isOdd ? 1.5 : 2; a <= degreesOfFreedom / 2; a += 1) {
    total += term;
    term *= x / 2 / a;
  }
  return Math.min(1, total);
}

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
  if (x === Number.POSITIVE_INFINITY) return 0;
  const isOdd = degreesOfFreedom % 2 === 1;
  let total = isOdd ? 2 * normalUpperTail(Math.sqrt(x)) : Math.exp(-x / 2);
  // Of Γ(a + 1, x/2) = a Γ(a, x/2) + (x/2)ᵃ exp(−x/2), step by step up to a = degreesOfFreedom / 2. By logarithms, as the
  // first of many terms may vanish beside those that count.
  let term = (isOdd ? 0.5 * Math.log((2 * x) / Math.PI) : Math.log(x / 2)) - x / 2;
  for (let a = isOdd ? 1.5 : 2; a <= degreesOfFreedom / 2; a += 1) {
    total += Math.exp(term);
    term += Math.log(x / 2 / a);
  }
  return Math.min(1, total);
}

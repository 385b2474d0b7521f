import { invertTail } from "./invert-tail.ts";

const FAR = 3;

/** P(Z > z) of the standard normal distribution; the far tail keeps its relative accuracy. */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  if (z < FAR) return 0.5 - density(z) * areaOverDensity(z);
  return density(z) * millsRatio(z);
}

/** The z with P(Z ≤ z) = probability. @param probability between 0 and 1, both excluded. */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`no quantile at probability ${probability}`);
  if (probability > 0.5) return -normalQuantile(1 - probability);
  return -invertTail(normalUpperTail, density, probability);
}

function density(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** The area from 0 to z over the density at z: Σ z²ᵏ⁺¹ / (1 · 3 · … · (2k + 1)), all terms positive. */
function areaOverDensity(z: number): number {
  let term = z;
  let total = z;
  for (let k = 1; term > 1e-17 * total; k += 1) {
    term *= (z * z) / (2 * k + 1);
    total += term;
  }
  return total;
}

/** The tail beyond z over the density at z: Laplace's continued fraction 1/(z + 1/(z + 2/(z + …))), from its end. */
function millsRatio(z: number): number {
  let value = z;
  for (let k = 200; k >= 1; k -= 1) value = z + k / value;
  return 1 / value;
}

import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Objective } from "../../engine/engine.ts";
import type { MeasuredValue } from "../measured-value.ts";
import { hessianAt } from "./hessian.ts";
import { lanczos } from "./lanczos.ts";
import { unitSigns } from "./trace.ts";

const PARTS = ["largest", "smallest", "share-above-tenth", "share-negative"] as const;

/** In units of the largest eigenvalue: what is nearer to zero does not count as negative, nor what rounding explains. */
const ZERO = 1e-3;

/**
 * Density of the Hessian's eigenvalues by stochastic Lanczos quadrature: Ritz values of random starts, each with its share
 * of the start, are a quadrature of the density; the mean over starts. Shares are as fine as the quadrature: a node stands
 * for all eigenvalues around it.
 *
 * @param x Float32Array[n]
 * @see Ubaru, Chen & Saad 2017; Yao et al. 2020 for networks
 */
export async function spectrum(
  objective: Objective,
  x: Float32Array,
  { probes, steps }: { probes: number; steps: number },
  random: RandomGenerator,
): Promise<MeasuredValue[]> {
  const hessian = hessianAt(objective, x);
  const found: { value: number; weight: number }[] = [];
  let [products, noise] = [0, 0];
  for (let probe = 0; probe < probes; probe++) {
    const krylov = await lanczos(hessian, unitSigns(x.length, random), steps);
    products += krylov.products;
    noise = Math.max(noise, krylov.noise);
    found.push(...krylov.ritz.map(({ value, weight }) => ({ value, weight: weight / probes })));
  }
  if (!found.every(({ value }) => Number.isFinite(value))) {
    return PARTS.map((part) => ({ part, absent: "products with the Hessian are not finite" }));
  }
  found.sort((a, b) => a.value - b.value);
  const values = found.map(({ value }) => value);
  const largest = Math.max(...values);
  const smallest = Math.min(...values);
  const share = (holds: (value: number) => boolean) =>
    found.reduce((sum, { value, weight }) => sum + (holds(value) ? weight : 0), 0);
  const zero = Math.max(noise, ZERO * Math.max(Math.abs(largest), Math.abs(smallest)));
  const detail = { nodes: values, weights: found.map(({ weight }) => weight), evaluations: 2 * products };
  const shareAboveTenth = share((value) => value > largest / 10);
  const shareNegative = share((value) => value < -zero);
  return [largest, smallest, shareAboveTenth, shareNegative].map((value, i) => ({
    part: PARTS[i] as string,
    value,
    ...(i === 0 ? { detail } : {}),
  }));
}

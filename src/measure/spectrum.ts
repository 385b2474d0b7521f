import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Objective } from "../engine/engine.ts";
import { hessianAt } from "./hessian.ts";
import { lanczos } from "./lanczos.ts";
import type { MeasuredValue } from "./measured-value.ts";
import { unitSigns } from "./trace.ts";

/** Nearer to zero, in units of the largest eigenvalue, than what single precision can tell from it. */
const ZERO = 1e-4;

/**
 * Density of the Hessian's eigenvalues by stochastic Lanczos quadrature: Ritz values of random starts, each with its share
 * of the start, are a quadrature of the density; the mean over starts.
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
  for (let probe = 0; probe < probes; probe++) {
    const ritz = await lanczos(hessian, unitSigns(x.length, random), steps);
    found.push(...ritz.map(({ value, weight }) => ({ value, weight: weight / probes })));
  }
  found.sort((a, b) => a.value - b.value);
  const values = found.map(({ value }) => value);
  const largest = Math.max(...values);
  const smallest = Math.min(...values);
  const share = (holds: (value: number) => boolean) =>
    found.reduce((sum, { value, weight }) => sum + (holds(value) ? weight : 0), 0);
  const zero = ZERO * Math.max(Math.abs(largest), Math.abs(smallest));
  const detail = { nodes: values, weights: found.map(({ weight }) => weight), evaluations: 2 * probes * steps };
  return [
    { part: "largest", value: largest, detail },
    { part: "smallest", value: smallest },
    { part: "share-above-tenth", value: share((value) => value > largest / 10) },
    { part: "share-negative", value: share((value) => value < -zero) },
  ];
}

import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Objective } from "../../engine/engine.ts";
import type { MeasuredValue } from "../measured-value.ts";
import { hessianAt } from "./hessian.ts";

/**
 * tr ∇²f(x) by Hutchinson's estimator: the mean of vᵀ∇²f v over probes v of ±1.
 *
 * @param x Float32Array[n]
 * @see Hutchinson 1989
 */
export async function hessianTrace(
  objective: Objective,
  x: Float32Array,
  { probes }: { probes: number },
  random: RandomGenerator,
): Promise<MeasuredValue[]> {
  const hessian = hessianAt(objective, x);
  const draws: number[] = [];
  for (let probe = 0; probe < probes; probe++) {
    const v = unitSigns(x.length, random);
    const product = await hessian.multiply(v);
    // v has length 1, the probe √n.
    draws.push(x.length * product.reduce((sum, entry, i) => sum + entry * (v[i] as number), 0));
  }
  const value = draws.reduce((sum, draw) => sum + draw, 0) / probes;
  return [{ value, detail: { draws, evaluations: 2 * probes } }];
}

/** ±1/√n at random, Float32Array[n]: of length 1. */
export function unitSigns(n: number, random: RandomGenerator): Float32Array<ArrayBuffer> {
  const size = 1 / Math.sqrt(n);
  const signs = new Float32Array(n);
  for (let i = 0; i < n; i += 30) {
    const bits = uniformInt(random, 0, 2 ** 30 - 1);
    for (let k = 0; k < 30 && i + k < n; k++) signs[i + k] = (bits >> k) & 1 ? size : -size;
  }
  return signs;
}

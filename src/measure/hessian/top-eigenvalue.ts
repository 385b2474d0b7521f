import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { fillNormal } from "../../data/normal.ts";
import type { Objective } from "../../engine/engine.ts";
import { norm } from "../norm.ts";
import { hessianAt } from "./hessian.ts";

export interface TopEigenvalue {
  /** Eigenvalue of largest magnitude of ∇²f, signed. */
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Power iteration.
 *
 * @param random draws the start; equal generators give equal results.
 */
export async function topEigenvalue(
  objective: Objective,
  x: Float32Array,
  { iterations, tolerance }: { iterations: number; tolerance: number },
  random: RandomGenerator,
): Promise<TopEigenvalue> {
  const hessian = hessianAt(objective, x);
  let vector = new Float32Array(x.length);
  fillNormal(vector, random);
  scaleToUnit(vector);
  let value = Number.NaN;
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const product = await hessian.multiply(vector);
    const rayleigh = product.reduce((sum, entry, i) => sum + entry * (vector[i] as number), 0);
    const converged = Math.abs(rayleigh - value) <= tolerance * Math.abs(rayleigh);
    value = rayleigh;
    if (converged || scaleToUnit(product) === 0) return { value, iterations: iteration, converged: true };
    vector = product;
  }
  return { value, iterations, converged: false };
}

/** @returns the length before. */
function scaleToUnit(vector: Float32Array): number {
  const length = norm(vector);
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / length;
  return length;
}

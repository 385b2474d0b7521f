import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Objective } from "../engine/engine.ts";
import { norm } from "./norm.ts";
import { fillNormal } from "./normal.ts";

export interface TopEigenvalue {
  /** Eigenvalue of largest magnitude of ∇²f, signed. */
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Length of the step of the central difference, in units of ‖v‖ = 1: balances float32 rounding against ReLU kinks on the way. */
const DIFFERENCE_STEP = 1e-4;

/**
 * Power iteration on Hessian-vector products Hv ≈ (∇f(x + hv) − ∇f(x − hv)) / 2h, ‖v‖ = 1.
 *
 * @param random draws the start; equal generators give equal results.
 */
export async function topEigenvalue(
  objective: Objective,
  x: Float32Array,
  { iterations, tolerance }: { iterations: number; tolerance: number },
  random: RandomGenerator,
): Promise<TopEigenvalue> {
  const n = x.length;
  let vector = new Float32Array(n);
  fillNormal(vector, random);
  scaleToUnit(vector);
  const forward = new Float32Array(n);
  const backward = new Float32Array(n);
  const theta = new Float32Array(n);
  let value = Number.NaN;
  for (let iteration = 1; iteration <= iterations; iteration++) {
    for (let i = 0; i < n; i++) theta[i] = (x[i] as number) + DIFFERENCE_STEP * (vector[i] as number);
    await objective.lossAndGradient(theta, forward);
    for (let i = 0; i < n; i++) theta[i] = (x[i] as number) - DIFFERENCE_STEP * (vector[i] as number);
    await objective.lossAndGradient(theta, backward);
    const product = new Float32Array(n);
    let rayleigh = 0;
    for (let i = 0; i < n; i++) {
      product[i] = ((forward[i] as number) - (backward[i] as number)) / (2 * DIFFERENCE_STEP);
      rayleigh += (product[i] as number) * (vector[i] as number);
    }
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

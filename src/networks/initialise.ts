import { uniformFloat32 } from "pure-rand/distribution/uniformFloat32";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { ParameterLayout } from "./layout.ts";

/**
 * Draws the start x₀ of a trial.
 *
 * @param random advanced in place; equal generators give equal starts.
 * @returns Float32Array[n], see {@link ParameterLayout}.
 */
export function initialise(layout: ParameterLayout, random: RandomGenerator): Float32Array<ArrayBuffer> {
  const theta = new Float32Array(layout.parameterCount);
  for (const { offset, size, initial } of layout.parameters) {
    if (initial.kind === "constant") {
      theta.fill(initial.value, offset, offset + size);
      continue;
    }
    for (let i = offset; i < offset + size; i++) theta[i] = (2 * uniformFloat32(random) - 1) * initial.bound;
  }
  return theta;
}

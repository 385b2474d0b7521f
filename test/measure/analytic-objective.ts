import type { Objective } from "../../src/engine/engine.ts";

/** An objective with a known f and ∇f, in float64 at float32 points; it keeps where it was asked. */
export function analyticObjective(
  dimension: number,
  f: (theta: Float32Array) => number,
  slope: (theta: Float32Array) => ArrayLike<number> = () => new Float32Array(dimension),
): Objective & { readonly visited: Float32Array[] } {
  const visited: Float32Array[] = [];
  return {
    dimension,
    visited,
    async evaluate(theta) {
      visited.push(theta.slice());
      return { loss: f(theta), accuracy: 1 / (1 + f(theta)) };
    },
    async lossAndGradient(theta, gradient) {
      visited.push(theta.slice());
      gradient.set(slope(theta));
      return f(theta);
    },
  };
}

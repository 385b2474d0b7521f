/**
 * The set Metric 2.1 searches, in its own variables z ∈ Rᵖ: points x + A z of parameter space with |zᵢ| ≤ halfWidthᵢ.
 *
 * @see Keskar 2017, eq. 3
 */
export interface SearchBox {
  /** p. */
  readonly dimension: number;
  /** ε (|(A⁺x)ᵢ| + 1), Float64Array[p]. */
  readonly halfWidth: Float64Array;
  /** Writes x + A z into `theta`, Float32Array[n]. */
  point(z: Float64Array, theta: Float32Array): Promise<void>;
  /** Writes Aᵀ g into `gradient`, Float64Array[p]. @param g gradient by θ, Float32Array[n]. */
  pullBack(g: Float32Array, gradient: Float64Array): Promise<void>;
}

/** The whole space: A is the identity, p = n. @param x Float32Array[n] */
export function fullBox(x: Float32Array, epsilon: number): SearchBox {
  const halfWidth = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) halfWidth[i] = epsilon * (Math.abs(x[i] as number) + 1);
  return {
    dimension: x.length,
    halfWidth,
    async point(z, theta) {
      for (let i = 0; i < theta.length; i++) theta[i] = (x[i] as number) + (z[i] as number);
    },
    async pullBack(g, gradient) {
      gradient.set(g);
    },
  };
}

import { norm } from "../norm.ts";
import type { Hessian } from "./hessian.ts";
import { type RitzValue, tridiagonalRitzValues } from "./tridiagonal.ts";

/** A residual this much smaller than the matrix means that the Krylov space is exhausted. */
const BREAKDOWN = 1e-6;

export interface KrylovSpectrum {
  /** Ascending, with the shares of the start that belong to them; one NaN where a product is not finite. */
  readonly ritz: readonly RitzValue[];
  /** Products with the Hessian that were made. */
  readonly products: number;
  /**
   * About how far rounding in the products moves Ritz values; no bound: 2 √m σ, the edge of the spectrum of a random
   * symmetric matrix [m, m] with entries of deviation σ (Wigner 1958). σ is seen in the parts of a product along vectors
   * before the last two: a symmetric matrix leaves none there. 0 where fewer than three products were made.
   */
  readonly noise: number;
}

/**
 * Lanczos' method with full reorthogonalisation: Ritz values of ∇²f(x) on the Krylov space of a start. It keeps one vector a
 * step: 4 · n · steps bytes.
 *
 * @param start Float32Array[n], of length 1; kept.
 */
export async function lanczos(hessian: Hessian, start: Float32Array, steps: number): Promise<KrylovSpectrum> {
  const basis = [start];
  const diagonal: number[] = [];
  const below: number[] = [];
  let size = 0;
  let [asymmetry, pairs] = [0, 0];
  for (let step = 0; step < Math.min(steps, start.length); step++) {
    const vector = basis[step] as Float32Array;
    const residual = Float64Array.from(await hessian.multiply(Float32Array.from(vector)));
    diagonal.push(dot(residual, vector));
    size = Math.max(size, Math.abs(diagonal.at(-1) ?? 0), below.at(-1) ?? 0);
    // Twice is enough (Kahan and Parlett); float32 products would lose it otherwise.
    for (let pass = 0; pass < 2; pass++) {
      for (const [i, known] of basis.entries()) {
        const share = dot(residual, known);
        if (pass === 0 && i < step - 1) {
          asymmetry += share ** 2;
          pairs++;
        }
        for (let k = 0; k < residual.length; k++) residual[k] = (residual[k] as number) - share * (known[k] as number);
      }
    }
    const length = norm(residual);
    if (!Number.isFinite(length)) return { ritz: [{ value: Number.NaN, weight: 1 }], products: step + 1, noise: 0 };
    if (step === steps - 1 || length <= BREAKDOWN * size) break;
    below.push(length);
    basis.push(Float32Array.from(residual, (value) => value / length));
  }
  const products = diagonal.length;
  const noise = pairs > 0 ? 2 * Math.sqrt((products * asymmetry) / pairs) : 0;
  return { ritz: tridiagonalRitzValues(diagonal, below.slice(0, products - 1)), products, noise };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

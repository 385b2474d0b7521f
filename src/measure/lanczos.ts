import type { Hessian } from "./hessian.ts";
import { norm } from "./norm.ts";
import { type RitzValue, tridiagonalRitzValues } from "./tridiagonal.ts";

/** A residual this much smaller than the matrix means that the Krylov space is exhausted. */
const BREAKDOWN = 1e-6;

/**
 * Lanczos' method with full reorthogonalisation: Ritz values of ∇²f(x) on the Krylov space of a start, ascending, with the
 * shares of the start that belong to them. It keeps one vector a step: 4 · n · steps bytes.
 *
 * @param start Float32Array[n], of length 1; kept.
 */
export async function lanczos(hessian: Hessian, start: Float32Array, steps: number): Promise<RitzValue[]> {
  const basis = [start];
  const diagonal: number[] = [];
  const below: number[] = [];
  let size = 0;
  for (let step = 0; step < Math.min(steps, start.length); step++) {
    const vector = basis[step] as Float32Array;
    const residual = Float64Array.from(await hessian.multiply(Float32Array.from(vector)));
    diagonal.push(dot(residual, vector));
    size = Math.max(size, Math.abs(diagonal.at(-1) ?? 0), below.at(-1) ?? 0);
    // Twice is enough (Kahan and Parlett); float32 products would lose it otherwise.
    for (let pass = 0; pass < 2; pass++) {
      for (const known of basis) {
        const share = dot(residual, known);
        for (let i = 0; i < residual.length; i++) residual[i] = (residual[i] as number) - share * (known[i] as number);
      }
    }
    const length = norm(residual);
    if (step === steps - 1 || length <= BREAKDOWN * size) break;
    below.push(length);
    basis.push(Float32Array.from(residual, (value) => value / length));
  }
  return tridiagonalRitzValues(diagonal, below.slice(0, diagonal.length - 1));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

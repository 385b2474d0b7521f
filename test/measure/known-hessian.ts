import type { Hessian } from "../../src/measure/hessian/hessian.ts";

/** Symmetric, float64 [n][n], with the given eigenvalues: a diagonal matrix between reflections. */
export function symmetricMatrix(eigenvalues: readonly number[]): number[][] {
  const n = eigenvalues.length;
  let matrix = eigenvalues.map((value, i) => eigenvalues.map((_, j) => (i === j ? value : 0)));
  for (const frequency of [1, 2.3, 0.7]) {
    const normal = eigenvalues.map((_, i) => Math.sin(frequency * (i + 1)) + 0.3);
    const squared = normal.reduce((sum, entry) => sum + entry * entry, 0);
    const reflect = (vector: readonly number[]) => {
      const along = vector.reduce((sum, entry, i) => sum + entry * (normal[i] as number), 0) / squared;
      return vector.map((entry, i) => entry - 2 * along * (normal[i] as number));
    };
    // R M R, by rows and, as M is symmetric, by rows of the transpose again.
    const rows = matrix.map(reflect);
    matrix = Array.from({ length: n }, (_, j) => reflect(rows.map((row) => row[j] as number)));
  }
  return matrix;
}

export function product(matrix: readonly (readonly number[])[], vector: ArrayLike<number>): number[] {
  return matrix.map((row) => row.reduce((sum, entry, j) => sum + entry * (vector[j] as number), 0));
}

/** Multiplies by the matrix, in single precision as an engine does; counts. */
export function knownHessian(matrix: readonly (readonly number[])[]): Hessian & { readonly products: number } {
  let products = 0;
  return {
    get products() {
      return products;
    },
    async multiply(vector) {
      products++;
      return Float32Array.from(product(matrix, vector));
    },
  };
}

/**
 * Replaces the lower triangle of a small symmetric matrix by its Cholesky factor L, A = L·Lᵀ.
 *
 * @param matrix Float64Array[size·size], row-major; the upper triangle is neither read nor written.
 * @returns false when the matrix is not positive definite to working precision; it is then left half done.
 */
export function factorCholesky(matrix: Float64Array, size: number): boolean {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let value = matrix[row * size + column]!;
      for (let k = 0; k < column; k++) value -= matrix[row * size + k]! * matrix[column * size + k]!;
      if (column < row) matrix[row * size + column] = value / matrix[column * size + column]!;
      else if (value > 0 && value < Number.POSITIVE_INFINITY) matrix[row * size + row] = Math.sqrt(value);
      else return false;
    }
  }
  return true;
}

/** Solves L·x = b in place, L as left by {@link factorCholesky}. */
export function solveLower(factor: Float64Array, size: number, vector: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let value = vector[row]!;
    for (let k = 0; k < row; k++) value -= factor[row * size + k]! * vector[k]!;
    vector[row] = value / factor[row * size + row]!;
  }
}

/** Solves Lᵀ·x = b in place, L as left by {@link factorCholesky}. */
export function solveLowerTransposed(factor: Float64Array, size: number, vector: Float64Array): void {
  for (let row = size - 1; row >= 0; row--) {
    let value = vector[row]!;
    for (let k = row + 1; k < size; k++) value -= factor[k * size + row]! * vector[k]!;
    vector[row] = value / factor[row * size + row]!;
  }
}

/** An eigenvalue of a symmetric matrix with the square of its unit eigenvector's first entry. */
export interface RitzValue {
  readonly value: number;
  readonly weight: number;
}

const MOST_SWEEPS = 60;

/**
 * Eigenvalues of a symmetric tridiagonal matrix, ascending, with the squares of their eigenvectors' first entries, which add
 * up to 1: the implicit QL method with Wilkinson's shifts.
 *
 * @param diagonal [m]
 * @param below [m − 1]
 * @see Golub & Van Loan, Matrix Computations, section 8.3; Golub & Welsch 1969
 */
export function tridiagonalRitzValues(diagonal: readonly number[], below: readonly number[]): RitzValue[] {
  const d = Float64Array.from(diagonal);
  const e = Float64Array.from([...below, 0]);
  const first = new Float64Array(d.length);
  first[0] = 1;
  for (let l = 0; l < d.length; l++) {
    for (let sweep = 0; ; sweep++) {
      const m = splitAfter(d, e, l);
      if (m === l) break;
      if (sweep === MOST_SWEEPS) throw new Error("the QL method does not converge");
      sweepQl(d, e, first, l, m);
    }
  }
  return Array.from(d, (value, i) => ({ value, weight: (first[i] as number) ** 2 })).toSorted(
    (a, b) => a.value - b.value,
  );
}

/** The end of the block that begins at l and has no negligible entry beside its diagonal. */
function splitAfter(d: Float64Array, e: Float64Array, l: number): number {
  for (let m = l; m < d.length - 1; m++) {
    const scale = Math.abs(d[m] as number) + Math.abs(d[m + 1] as number);
    if (Math.abs(e[m] as number) <= Number.EPSILON * scale) return m;
  }
  return d.length - 1;
}

/** One sweep over the block from l to m, by Givens rotations from its end to its beginning. */
function sweepQl(d: Float64Array, e: Float64Array, first: Float64Array, l: number, m: number): void {
  const at = (vector: Float64Array, i: number) => vector[i] as number;
  const half = (at(d, l + 1) - at(d, l)) / (2 * at(e, l));
  const root = Math.hypot(half, 1);
  let g = at(d, m) - at(d, l) + at(e, l) / (half + (half >= 0 ? root : -root));
  let [sine, cosine, shift] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const f = sine * at(e, i);
    const b = cosine * at(e, i);
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] = at(d, i + 1) - shift;
      e[m] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = at(d, i + 1) - shift;
    const turned = (at(d, i) - g) * sine + 2 * cosine * b;
    shift = sine * turned;
    d[i + 1] = g + shift;
    g = cosine * turned - b;
    const [upper, lower] = [at(first, i + 1), at(first, i)];
    first[i + 1] = sine * lower + cosine * upper;
    first[i] = cosine * lower - sine * upper;
  }
  d[l] = at(d, l) - shift;
  e[l] = g;
  e[m] = 0;
}

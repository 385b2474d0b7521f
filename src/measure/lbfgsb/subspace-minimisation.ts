import type { CauchyPoint } from "./cauchy-point.ts";
import { factorCholesky, solveLower, solveLowerTransposed } from "./cholesky.ts";
import { type CompactMatrix, gramByAge } from "./compact-matrix.ts";
import type { CorrectionHistory } from "./correction-history.ts";
import { partialGram } from "./history-products.ts";

/**
 * The step from the Cauchy point to the model's minimiser over the free variables, the bounds aside. It is not written out: free
 * variable i moves by −gradientShare·gradient[i] + coefficients·row i.
 */
export interface SubspaceStep {
  readonly gradientShare: number;
  readonly coefficients: Float64Array;
}

/**
 * The direct primal method (Byrd et al. 1995, section 5.1). With Z the free variables' columns of the identity and r the model's
 * reduced gradient at the Cauchy point, negated, the step is r/θ + ZᵀW·v/θ², where (M⁻¹ − WᵀZZᵀW/θ)·v = WᵀZ·r. The Cauchy search knows
 * Σ −gradient·row over the free variables already, so WᵀZ·r follows from numbers of the size of the history, without a pass over n.
 *
 * @returns undefined when rounding has left the reduced matrix indefinite: the pairs are then useless.
 */
export function subspaceStep(
  cauchy: CauchyPoint,
  status: Uint8Array,
  history: CorrectionHistory,
  matrix: CompactMatrix,
): SubspaceStep | undefined {
  const { pairs, theta, gram } = matrix;
  const size = 2 * pairs;
  const share = 1 - theta * cauchy.step;
  const { free, bound } = splitGram(history, status, cauchy.free, gram);

  const rightChanges = new Float64Array(pairs);
  const rightSteps = new Float64Array(pairs);
  for (let i = 0; i < pairs; i++) {
    let change = share * cauchy.descent[2 * i]!;
    let step = share * cauchy.descent[2 * i + 1]!;
    for (let j = 0; j < size; j++) {
      change += free[2 * i * size + j]! * cauchy.displacement[j]!;
      step += free[(2 * i + 1) * size + j]! * cauchy.displacement[j]!;
    }
    rightChanges[i] = change;
    rightSteps[i] = theta * step;
  }

  // M⁻¹ − WᵀZZᵀW/θ = [−P, Qᵀ; Q, R]: P and, once P is eliminated, R + Q·P⁻¹·Qᵀ are positive definite.
  const p = new Float64Array(pairs * pairs);
  for (let i = 0; i < pairs; i++) {
    for (let j = 0; j < pairs; j++) p[i * pairs + j] = free[2 * i * size + 2 * j]! / theta;
    p[i * pairs + i] = p[i * pairs + i]! + gram[(2 * i + 1) * size + 2 * i]!;
  }
  if (!factorCholesky(p, pairs)) return undefined;
  // Row i of Q, and below it P's factor applied to that row.
  const q = Array.from({ length: pairs }, (_, i) =>
    Float64Array.from({ length: pairs }, (_, j) =>
      i > j ? bound[(2 * i + 1) * size + 2 * j]! : -free[(2 * i + 1) * size + 2 * j]!,
    ),
  );
  for (const row of q) solveLower(p, pairs, row);
  solveLower(p, pairs, rightChanges);
  const schur = new Float64Array(pairs * pairs);
  const v = new Float64Array(pairs);
  for (let i = 0; i < pairs; i++) {
    for (let j = 0; j <= i; j++) {
      schur[i * pairs + j] = theta * bound[(2 * i + 1) * size + 2 * j + 1]! + dot(q[i]!, q[j]!);
    }
    v[i] = rightSteps[i]! + dot(q[i]!, rightChanges);
  }
  if (!factorCholesky(schur, pairs)) return undefined;
  solveLower(schur, pairs, v);
  solveLowerTransposed(schur, pairs, v);
  const onChanges = new Float64Array(pairs);
  for (let j = 0; j < pairs; j++) {
    let value = -rightChanges[j]!;
    for (let i = 0; i < pairs; i++) value += q[i]![j]! * v[i]!;
    onChanges[j] = value;
  }
  solveLowerTransposed(p, pairs, onChanges);

  const coefficients = new Float64Array(size);
  for (let i = 0; i < pairs; i++) {
    coefficients[2 * i] = (cauchy.displacement[2 * i]! + onChanges[i]! / theta) / theta;
    coefficients[2 * i + 1] = (cauchy.displacement[2 * i + 1]! + v[i]!) / theta;
  }
  return { gradientShare: share / theta, coefficients };
}

/** The Gram matrix over the free and over the bound variables, by age; the rarer kind is summed, the other is the difference. */
function splitGram(history: CorrectionHistory, status: Uint8Array, freeCount: number, whole: Float64Array) {
  const boundCount = status.length - freeCount;
  if (boundCount === 0) return { free: whole, bound: new Float64Array(whole.length) };
  const rarer = freeCount <= boundCount ? "free" : "bound";
  const summed = gramByAge(history, partialGram(history, status, rarer));
  const rest = whole.map((value, k) => value - summed[k]!);
  return rarer === "free" ? { free: summed, bound: rest } : { free: rest, bound: summed };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { fillNormal } from "../../data/normal.ts";
import type { Engine } from "../../engine/engine.ts";
import type { RandomSubspace } from "../../spec/suite.types.ts";
import type { SearchBox } from "./search-box.ts";

/** Columns of A and (A⁺x); the same for every ε. */
export interface RandomSubspaceAt {
  box(epsilon: number): SearchBox;
  release(): Promise<void>;
}

const LEAST_SQUARES_TOLERANCE = 1e-8;
const LEAST_SQUARES_ITERATIONS = 50;

/**
 * Draws A ∈ R^{n×p} and solves for A⁺x.
 *
 * @param x Float32Array[n]
 * @param random advanced by n · p normal numbers; equal generators give equal A.
 */
export async function randomSubspace(
  engine: Engine,
  x: Float32Array,
  { random: p, columns = "gaussian" }: RandomSubspace,
  random: RandomGenerator,
): Promise<RandomSubspaceAt> {
  const n = x.length;
  const transposed = new Float32Array(p * n);
  fillNormal(transposed, random);
  if (columns === "unit") {
    for (let column = 0; column < p; column++) normalise(transposed.subarray(column * n, (column + 1) * n));
  }
  const map = await engine.linearMap(transposed, p, n);
  const coefficients = await leastSquares(map, x, p);
  const combination = new Float32Array(n);
  const products = new Float32Array(p);
  return {
    box: (epsilon) => ({
      dimension: p,
      halfWidth: coefficients.map((coefficient) => epsilon * (Math.abs(coefficient) + 1)),
      async point(z, theta) {
        await map.combineRows(Float32Array.from(z), combination);
        for (let i = 0; i < n; i++) theta[i] = (x[i] as number) + (combination[i] as number);
      },
      async pullBack(g, gradient) {
        await map.multiply(g, products);
        gradient.set(products);
      },
    }),
    release: () => map.release(),
  };
}

/**
 * A⁺x by conjugate gradients on AᵀA c = Aᵀx. Random columns with p ≪ n are nearly orthogonal, so a few iterations do.
 */
async function leastSquares(
  map: Awaited<ReturnType<Engine["linearMap"]>>,
  x: Float32Array,
  p: number,
): Promise<Float64Array> {
  const solution = new Float64Array(p);
  const product = new Float32Array(p);
  const combination = new Float32Array(x.length);
  await map.multiply(x, product);
  const residual = Float64Array.from(product);
  const direction = residual.slice();
  let squared = dot(residual, residual);
  const target = squared * LEAST_SQUARES_TOLERANCE ** 2;
  for (let iteration = 0; iteration < LEAST_SQUARES_ITERATIONS && squared > target; iteration++) {
    await map.combineRows(Float32Array.from(direction), combination);
    await map.multiply(combination, product);
    const step = squared / dot(direction, product);
    for (let i = 0; i < p; i++) {
      solution[i] = (solution[i] as number) + step * (direction[i] as number);
      residual[i] = (residual[i] as number) - step * (product[i] as number);
    }
    const next = dot(residual, residual);
    for (let i = 0; i < p; i++) direction[i] = (residual[i] as number) + (next / squared) * (direction[i] as number);
    squared = next;
  }
  return solution;
}

function normalise(column: Float32Array): void {
  const length = Math.sqrt(dot(column, column));
  for (let i = 0; i < column.length; i++) column[i] = (column[i] as number) / length;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

import { expect, test } from "vitest";
import { fillNormal } from "../../src/data/normal.ts";
import { lanczos } from "../../src/measure/hessian/lanczos.ts";
import { unitSigns } from "../../src/measure/hessian/trace.ts";
import { generator } from "../../src/train/seeds.ts";
import { knownHessian, symmetricMatrix } from "./known-hessian.ts";

const start = (n: number, seed = 0) => unitSigns(n, generator("probes", seed));
const unitVector = (n: number, ...ones: number[]) =>
  Float32Array.from({ length: n }, (_, i) => (ones.includes(i) ? 1 / Math.sqrt(ones.length) : 0));
const diagonal = (values: readonly number[]) => values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));

test("as many steps as dimensions find every eigenvalue of a dense matrix", async () => {
  const eigenvalues = Array.from({ length: 24 }, (_, i) => -3 + 0.5 * i + 0.01 * i * i);
  const { ritz: found } = await lanczos(knownHessian(symmetricMatrix(eigenvalues)), start(24), 24);
  expect(found).toHaveLength(24);
  for (const [i, { value }] of found.entries()) {
    expect(Math.abs(value - (eigenvalues[i] as number))).toBeLessThan(1e-5 * 14);
  }
});

test("a few steps give the ends of the spectrum and a quadrature of its low moments", async () => {
  const eigenvalues = Array.from({ length: 200 }, (_, i) => (i < 195 ? i / 195 : 10 * (i - 190)));
  const from = start(200);
  const matrix = symmetricMatrix(eigenvalues);
  const { ritz: found } = await lanczos(knownHessian(matrix), from, 20);
  expect(found).toHaveLength(20);
  expect(Math.abs((found.at(-1)?.value as number) / 90 - 1)).toBeLessThan(1e-5);
  const power = (vector: ArrayLike<number>, times: number): number[] =>
    times === 0
      ? Array.from(vector)
      : power(
          matrix.map((row) => row.reduce((sum, entry, j) => sum + entry * (vector[j] as number), 0)),
          times - 1,
        );
  for (const moment of [0, 1, 2, 3, 6]) {
    const exact = power(from, moment).reduce((sum, entry, i) => sum + entry * (from[i] as number), 0);
    const quadrature = found.reduce((sum, { value, weight }) => sum + weight * value ** moment, 0);
    expect(Math.abs(quadrature / exact - 1)).toBeLessThan(1e-5);
  }
});

test("an isolated eigenvalue is found once, however many steps follow its convergence", async () => {
  const eigenvalues = Array.from({ length: 150 }, (_, i) => (i === 149 ? 1000 : i / 149));
  const { ritz: found } = await lanczos(knownHessian(symmetricMatrix(eigenvalues)), start(150), 80);
  expect(found.filter(({ value }) => value > 2)).toHaveLength(1);
});

test("it stops where the Krylov space ends", async () => {
  const hessian = knownHessian(diagonal([4, -1, 2, 7, 7, 7]));
  const { ritz: found } = await lanczos(hessian, unitVector(6, 0, 1, 2), 6);
  expect(hessian.products).toBe(3);
  expect(found).toHaveLength(3);
  for (const [i, expected] of [-1, 2, 4].entries()) {
    expect(found[i]?.value).toBeCloseTo(expected, 5);
    expect(found[i]?.weight).toBeCloseTo(1 / 3, 5);
  }
});

test("an eigenvector as the start, the zero matrix, and more steps than dimensions", async () => {
  const eigenvector = await lanczos(knownHessian(diagonal([4, -1])), unitVector(2, 1), 5);
  expect(eigenvector).toEqual({ ritz: [{ value: -1, weight: 1 }], products: 1, noise: 0 });
  expect((await lanczos(knownHessian(diagonal([0, 0, 0])), start(3), 3)).ritz).toEqual([{ value: 0, weight: 1 }]);
  const hessian = knownHessian(symmetricMatrix([1, 2, 3]));
  expect((await lanczos(hessian, start(3), 40)).ritz.map(({ value }) => Math.round(value))).toEqual([1, 2, 3]);
  expect(hessian.products).toBe(3);
});

test("noise is the edge of what disturbances of the products scatter", async () => {
  const n = 400;
  const matrix = diagonal(Array.from({ length: n }, (_, i) => i + 1));
  const deviation = 1e-4;
  const random = generator("directions", 0);
  const disturbed = {
    async multiply(vector: Float32Array) {
      const disturbance = new Float32Array(n);
      fillNormal(disturbance, random);
      const product = await knownHessian(matrix).multiply(vector);
      return product.map((value, i) => value + deviation * (disturbance[i] as number));
    },
  };
  const { noise, products } = await lanczos(disturbed, start(n), 40);
  expect(products).toBe(40);
  // Both products of a pair of vectors disturb what is seen of it.
  expect(Math.abs(noise / (2 * Math.sqrt(40) * Math.SQRT2 * deviation) - 1)).toBeLessThan(0.1);
  expect((await lanczos(knownHessian(matrix), start(n), 40)).noise).toBeLessThan(noise / 10);
});

test("products that are not finite give one NaN", async () => {
  const { ritz } = await lanczos(knownHessian(diagonal([1, Number.NaN, 1])), start(3), 3);
  expect(ritz).toEqual([{ value: Number.NaN, weight: 1 }]);
});

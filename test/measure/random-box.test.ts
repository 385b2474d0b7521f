import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import { fillNormal } from "../../src/data/normal.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { randomSubspace } from "../../src/measure/sharpness/random-box.ts";

const n = 400;
const p = 6;
const x = new Float32Array(n);
fillNormal(x, xoroshiro128plus(1));
for (let i = 0; i < n; i++) x[i] = 10 * (x[i] as number);
const engine = onnxEngine({ threads: 1 });
const draw = (columns: "gaussian" | "unit", seed = 2) =>
  randomSubspace(engine, x, { random: p, columns }, xoroshiro128plus(seed));
/** A itself, column by column, as the images of unit vectors. */
async function columnsOf(subspace: Awaited<ReturnType<typeof draw>>) {
  const box = subspace.box(1);
  const columns: number[][] = [];
  for (let j = 0; j < p; j++) {
    const unit = new Float64Array(p);
    unit[j] = 1;
    const theta = new Float32Array(n);
    await box.point(unit, theta);
    columns.push(Array.from(theta, (value, i) => value - (x[i] as number)));
  }
  return columns;
}
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * (b[i] as number), 0);

test("the half-width is ε (|A⁺x| + 1), with A⁺x the least-squares solution", async () => {
  const subspace = await draw("gaussian");
  const columns = await columnsOf(subspace);
  const box = subspace.box(0.01);
  const magnitudes = Array.from(box.halfWidth, (half) => half / 0.01 - 1);
  // x − A c is orthogonal to every column for one choice of the signs of c: the normal equations hold.
  const residuals = Array.from({ length: 2 ** p }, (_, signs) => {
    const c = magnitudes.map((magnitude, j) => ((signs >> j) & 1 ? -magnitude : magnitude));
    const rest = Array.from(
      x,
      (value, i) => value - columns.reduce((sum, column, j) => sum + (column[i] as number) * (c[j] as number), 0),
    );
    return Math.max(...columns.map((column) => Math.abs(dot(column, rest))));
  });
  expect(Math.min(...residuals)).toBeLessThan(0.05);
  expect(residuals.toSorted((a, b) => a - b)[1]).toBeGreaterThan(1);
  await subspace.release();
});

test("the gradient in the subspace is Aᵀ g", async () => {
  const subspace = await draw("gaussian");
  const columns = await columnsOf(subspace);
  const g = new Float32Array(n);
  fillNormal(g, xoroshiro128plus(9));
  const gradient = new Float64Array(p);
  await subspace.box(1).pullBack(g, gradient);
  for (const [j, column] of columns.entries()) expect(gradient[j]).toBeCloseTo(dot(column, g), 3);
  await subspace.release();
});

test("columns follow the declared law", async () => {
  const gaussian = await draw("gaussian");
  const unit = await draw("unit");
  for (const column of await columnsOf(gaussian)) expect(Math.abs(dot(column, column) / n - 1)).toBeLessThan(0.3);
  for (const column of await columnsOf(unit)) expect(dot(column, column)).toBeCloseTo(1, 3);
  await gaussian.release();
  await unit.release();
});

test("equal generators give the same subspace, others another", async () => {
  const [one, same, other] = [await draw("gaussian"), await draw("gaussian"), await draw("gaussian", 3)];
  expect(same.box(1).halfWidth).toEqual(one.box(1).halfWidth);
  expect(other.box(1).halfWidth).not.toEqual(one.box(1).halfWidth);
  for (const subspace of [one, same, other]) await subspace.release();
});

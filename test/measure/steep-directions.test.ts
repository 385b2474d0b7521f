import { expect, test } from "vitest";
import { steepDirections } from "../../src/measure/steep-directions.ts";
import { parameterLayout } from "../../src/networks/layout.ts";
import { generator } from "../../src/train/seeds.ts";
import { analyticObjective } from "./analytic-objective.ts";

// Weight [2, 2], two filters, then bias [2]; the first filter has norm 5.
const layout = parameterLayout({ name: "tiny", input: [2], layers: [{ layer: "dense", units: 2 }] });
const x = Float32Array.of(3, 4, 1, 0, 2, 2);
const random = (seed = 0) => generator("directions", seed);
const moved = (theta: Float32Array, i: number) => (theta[i] as number) - (x[i] as number);

test("the share of steep directions of a parabola in one parameter is the exact one", async () => {
  // The part of the first filter is uniform on a circle of radius 5, so |cos φ| > cos π/8 in a quarter of directions.
  const objective = analyticObjective(6, (theta) => 0.5 * moved(theta, 0) ** 2);
  const distance = 0.1;
  const rise = 0.5 * (distance * 5 * Math.cos(Math.PI / 8)) ** 2;
  const [found] = await steepDirections(objective, x, layout, { directions: 4000, distance, rise }, random());
  // Three standard errors.
  const error = 3 * Math.sqrt((0.25 * 0.75) / 4000);
  expect(Math.abs((found as { value: number }).value - 0.25)).toBeLessThan(error);
});

test("each filter moves by the distance times its norm; biases never", async () => {
  const objective = analyticObjective(6, () => 0);
  await steepDirections(objective, x, layout, { directions: 20, distance: 0.1, rise: 1 }, random());
  const [centre, ...steps] = objective.visited as [Float32Array, ...Float32Array[]];
  expect(centre).toEqual(x);
  expect(steps).toHaveLength(20);
  for (const theta of steps) {
    expect(Math.hypot(moved(theta, 0), moved(theta, 1))).toBeCloseTo(0.5, 5);
    expect(Math.hypot(moved(theta, 2), moved(theta, 3))).toBeCloseTo(0.1, 5);
    expect(theta.slice(4)).toEqual(x.slice(4));
  }
});

test("a rise of just so much is not steep", async () => {
  const level = analyticObjective(6, (theta) => (theta.every((value, i) => value === x[i]) ? 0 : 0.25));
  const share = async (rise: number) => {
    const [found] = await steepDirections(level, x, layout, { directions: 5, distance: 0.1, rise }, random());
    return (found as { value: number }).value;
  };
  expect(await share(0.25)).toBe(0);
  expect(await share(0.2)).toBe(1);
});

test("equal generators give the same directions, others give others", async () => {
  const visitedWith = async (seed: number) => {
    const objective = analyticObjective(6, () => 0);
    await steepDirections(objective, x, layout, { directions: 3, distance: 0.1, rise: 1 }, random(seed));
    return objective.visited;
  };
  expect(await visitedWith(1)).toEqual(await visitedWith(1));
  expect(await visitedWith(2)).not.toEqual(await visitedWith(1));
});

test("without a loss at the minimiser there is no share", async () => {
  const objective = analyticObjective(6, () => Number.NaN);
  const found = await steepDirections(objective, x, layout, { directions: 5, distance: 0.1, rise: 1 }, random());
  expect(found).toEqual([{ absent: expect.stringContaining("NaN") }]);
});

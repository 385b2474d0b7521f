import { expect, test } from "vitest";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { adaptiveSharpness, type BallScale } from "../../src/measure/sharpness/adaptive-sharpness.ts";
import { parameterLayout } from "../../src/networks/layout.ts";
import { rescaled } from "../../src/networks/rescale.ts";
import { golden } from "../fixtures/golden-networks.ts";
import { analyticObjective } from "./analytic-objective.ts";

// Weight [2, 2], two filters, then bias [2].
const layout = parameterLayout({ name: "tiny", input: [2], layers: [{ layer: "dense", units: 2 }] });
const x = Float32Array.of(3, -4, 0, 2, -0.5, 0);
const slope = Float32Array.of(1, 2, -3, 0.5, 2, 1);
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
const scales: readonly [BallScale, readonly number[]][] = [
  ["element", [3, 4, 0, 2, 0.5, 0]],
  ["filter", [5, 5, 2, 2, 0.5, 0]],
  ["none", [1, 1, 1, 1, 1, 1]],
];

test.each(scales)("%s: of a linear function it is ρ ‖T g‖₂, and e stays in the ball", async (scale, units) => {
  const plane = analyticObjective(
    6,
    (theta) => dot(theta, slope),
    () => slope,
  );
  const rho = 0.1;
  const [found] = await adaptiveSharpness(plane, x, layout, { rho, scale, steps: 5 });
  const expected = rho * Math.hypot(...units.map((unit, i) => unit * (slope[i] as number)));
  expect(Math.abs((found as { value: number }).value / expected - 1)).toBeLessThan(1e-6);
  for (const theta of plane.visited) {
    const parts = units.map((unit, i) => {
      const moved = (theta[i] as number) - (x[i] as number);
      if (unit === 0) expect(moved).toBe(0);
      return unit === 0 ? 0 : moved / unit;
    });
    expect(Math.hypot(...parts)).toBeLessThan(rho * (1 + 1e-5));
  }
});

test("of a bowl around another point it is the rise at the ball's far side", async () => {
  const bowl = analyticObjective(
    6,
    (theta) => 0.5 * dot(theta, theta),
    (theta) => theta,
  );
  const [found] = await adaptiveSharpness(bowl, x, layout, { rho: 0.5, scale: "none", steps: 3 });
  const length = Math.hypot(...x);
  expect((found as { value: number }).value).toBeCloseTo(0.5 * ((length + 0.5) ** 2 - length ** 2), 5);
});

test("it takes the best of all steps, not the last", async () => {
  // The slope of a plane that turns about after the second point.
  let asked = 0;
  const turning = analyticObjective(
    6,
    (theta) => (theta[0] as number) - 3,
    () => {
      asked++;
      return Float32Array.of(asked === 1 ? 1 : -1, 0, 0, 0, 0, 0);
    },
  );
  const [found] = await adaptiveSharpness(turning, x, layout, { rho: 0.5, scale: "none", steps: 4 });
  expect((found as { value: number }).value).toBe(0.5);
  expect(turning.visited.at(-1)?.[0]).toBe(2.5);
});

test("where the gradient is zero there is nothing to climb", async () => {
  const flat = analyticObjective(6, () => 2);
  const [found] = await adaptiveSharpness(flat, x, layout, { rho: 0.5, scale: "element", steps: 4 });
  expect(found).toMatchObject({ value: 0, detail: { loss: 2, iterations: 0 } });
});

test.each(["mlp-plain", "mlp-bn", "conv-c1"])("%s: rescaling changes the plain value only", async (name) => {
  const { network, samples, theta } = golden(name);
  const model = onnxEngine({ threads: 1 }).load(network);
  const objective = model.objective(samples, 5000);
  const same = rescaled(network, model.layout, theta, 8);
  const change = async (scale: BallScale, rho: number) => {
    const at = async (point: Float32Array) => {
      const [found] = await adaptiveSharpness(objective, point, model.layout, { rho, scale, steps: 5 });
      return (found as { value: number }).value;
    };
    const before = await at(theta);
    expect(before).toBeGreaterThan(1e-4);
    return Math.abs((await at(same)) / before - 1);
  };
  expect(await change("element", 0.1)).toBeLessThan(1e-6);
  expect(await change("filter", 0.05)).toBeLessThan(1e-6);
  expect(await change("none", 0.05)).toBeGreaterThan(0.1);
  await model.dispose();
});

import { expect, test } from "vitest";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { sharpness } from "../../src/measure/sharpness/sharpness.ts";
import { generator } from "../../src/train/seeds.ts";
import { golden, networks } from "../fixtures/golden-networks.ts";

const engine = onnxEngine({ threads: 1 });

test.each(Object.keys(networks))("%s: the scaled maximiser agrees with SciPy's on PyTorch", async (name) => {
  const { values, network, samples, theta } = golden(name);
  const model = engine.load(network);
  const found = await sharpness(
    engine,
    model.objective(samples, 5000),
    theta,
    { space: "full", epsilon: [1e-3, 5e-4, 5e-3], maximiser: ["scaled"] },
    generator("subspace", 0),
  );
  for (const { epsilon, value, detail } of found) {
    const expected = values.sharpness[String(epsilon)]?.scaledLbfgsb as number;
    expect(Math.abs(value / expected - 1), `ε = ${epsilon}: ${value}, expected ${expected}`).toBeLessThan(0.02);
    expect(detail.gradientNorm).toBeCloseTo(values.gradientNorm, 5);
  }
  await model.dispose();
});

test.each(Object.keys(networks))("%s: sign ascent finds the reference's maximum", async (name) => {
  const { values, network, samples, theta } = golden(name);
  const model = engine.load(network);
  const [found] = await sharpness(
    engine,
    model.objective(samples, 5000),
    theta,
    { space: "full", epsilon: [1e-3], maximiser: ["sign-ascent"] },
    generator("subspace", 0),
  );
  const expected = values.sharpness["0.001"]?.signAscent30 as number;
  expect(Math.abs((found?.value as number) / expected - 1)).toBeLessThan(0.01);
  await model.dispose();
});

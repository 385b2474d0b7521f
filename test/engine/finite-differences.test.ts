import { expect, test } from "vitest";
import { fillNormal } from "../../src/data/normal.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { norm } from "../../src/measure/norm.ts";
import { layerCases, layerProbe } from "../fixtures/layer-cases.ts";

// The runtime's optimiser rewrites the backward graph: one network per layer kind is held against finite differences.
test.each(layerCases)("gradient of %s", async (_, layers, image) => {
  const { network, samples, running, theta, random } = layerProbe(layers, image);
  const model = onnxEngine({ threads: 1 }).load(network);
  const objective = model.objective(samples, 7, running);
  const gradient = new Float32Array(theta.length);
  await objective.lossAndGradient(theta, gradient);

  const at = async (direction: Float32Array, step: number) =>
    (await objective.evaluate(theta.map((value, i) => value + step * (direction[i] as number)))).loss;
  for (let probe = 0; probe < 6; probe++) {
    const direction = new Float32Array(theta.length);
    fillNormal(direction, random);
    const length = norm(direction);
    for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] as number) / length;
    const slope = gradient.reduce((sum, value, i) => sum + value * (direction[i] as number), 0);
    const step = 2e-3;
    const difference = ((await at(direction, step)) - (await at(direction, -step))) / (2 * step);
    expect(Math.abs(difference - slope)).toBeLessThan(2e-3 * norm(gradient));
  }
  await model.dispose();
});

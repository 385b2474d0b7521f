import { expect, test } from "vitest";
import { onnxEngine } from "../../../src/engine/onnx/engine.ts";
import { topEigenvalue } from "../../../src/measure/hessian/top-eigenvalue.ts";
import { norm } from "../../../src/measure/norm.ts";
import type { Layer } from "../../../src/spec/network.types.ts";
import { generator } from "../../../src/train/seeds.ts";
import { golden } from "../../fixtures/golden-networks.ts";
import { layerCases, layerProbe } from "../../fixtures/layer-cases.ts";
import { withTensorflow } from "./installed.ts";

const onnx = onnxEngine({ threads: 1 });

function distance(a: Float32Array, b: Float32Array): number {
  return norm(a.map((value, i) => value - (b[i] as number)));
}

const conv: Layer = { layer: "conv", filters: 3, kernel: 3, padding: 1 };
const dense: Layer = { layer: "dense", units: 4 };
const pools: typeof layerCases = [
  { size: 3, stride: 2, padding: 1 },
  { size: 2, stride: 1 },
  { size: 2, stride: 3 },
].map((pool) => [
  `max-pool ${JSON.stringify(pool)}`,
  [conv, { layer: "relu" }, { layer: "max-pool", ...pool }, { layer: "flatten" }, dense],
  [2, 7, 6],
]);

await withTensorflow((engine, { tf }) => {
  test.each([...layerCases, ...pools])(
    "with patterns of another point, loss and gradient of %s are the onnx engine's",
    async (_, layers, image) => {
      const { network, samples, running, theta } = layerProbe(layers, image);
      const patternsAt = theta.map((value, i) => value + 0.2 * Math.sin(i * i));
      const results = [];
      for (const { load } of [onnx, engine]) {
        const model = load(network);
        const objective = model.objective(samples, 7, running);
        const gradient = new Float32Array(theta.length);
        results.push({ loss: await objective.lossAndGradient(theta, gradient, patternsAt), gradient });
        await model.dispose();
      }
      const [expected, actual] = results as [(typeof results)[0], (typeof results)[0]];
      expect(Math.abs(actual.loss / expected.loss - 1)).toBeLessThan(1e-6);
      expect(distance(actual.gradient, expected.gradient)).toBeLessThan(1e-4 * norm(expected.gradient));
    },
  );

  test("power iteration finds PyTorch's dominant eigenvalue", async () => {
    const { network, samples, theta } = golden("conv-vgg");
    const model = engine.load(network);
    const options = { iterations: 300, tolerance: 1e-6 };
    const { value } = await topEigenvalue(model.objective(samples, 5000), theta, options, generator("eigenvector", 0));
    expect(Math.abs(value / 37.1881 - 1)).toBeLessThan(1e-3);
    await model.dispose();
  });

  test("nothing is left behind in the runtime's memory", async () => {
    const { network, samples, theta } = layerProbe([
      conv,
      { layer: "relu" },
      { layer: "max-pool", size: 2 },
      { layer: "flatten" },
      dense,
    ]);
    const model = engine.load(network);
    const objective = model.objective(samples, 7);
    const gradient = new Float32Array(theta.length);
    await objective.lossAndGradient(theta, gradient, theta);
    const before = tf.memory().numTensors;
    await objective.lossAndGradient(theta, gradient, theta);
    expect(tf.memory().numTensors).toBe(before);
    await model.dispose();
  });
});

import { expect, test } from "vitest";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { topEigenvalue } from "../../src/measure/top-eigenvalue.ts";
import { generator } from "../../src/train/seeds.ts";
import { golden, networks } from "../fixtures/golden-networks.ts";

test.each(Object.keys(networks))("%s: power iteration finds PyTorch's dominant eigenvalue", async (name) => {
  const { values, network, samples, theta } = golden(name);
  const model = onnxEngine({ threads: 1 }).load(network);
  const options = { iterations: 300, tolerance: 1e-6 };
  const { value } = await topEigenvalue(model.objective(samples, 5000), theta, options, generator("eigenvector", 0));
  expect(Math.abs(value / values.topEigenvalueMagnitudeByPowerIteration - 1)).toBeLessThan(0.01);
  await model.dispose();
});

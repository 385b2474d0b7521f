import { expect, test } from "vitest";
import { golden, networks } from "../../fixtures/golden-networks.ts";
import { withTensorflow } from "./installed.ts";

await withTensorflow((engine) => {
  test.each(Object.keys(networks))("%s: loss, accuracy and gradient are PyTorch's", async (name) => {
    const { values, network, samples, theta, gradient: expected } = golden(name);
    const model = engine.load(network);
    const objective = model.objective(samples, 5000);
    const gradient = new Float32Array(theta.length);
    const loss = await objective.lossAndGradient(theta, gradient);
    expect(Math.abs(loss / values.loss - 1)).toBeLessThan(1e-6);
    const error = Math.hypot(...gradient.map((value, i) => value - (expected[i] as number)));
    expect(error / values.gradientNorm).toBeLessThan(1e-5);
    const evaluation = await objective.evaluate(theta);
    expect(evaluation.loss).toBe(loss);
    expect(evaluation.accuracy).toBeCloseTo(values.accuracy, 12);
    await model.dispose();
  });
});

import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { onnxEngine, openOnnxEngine } from "../../src/engine/onnx/engine.ts";
import { probeNetwork } from "../../src/engine/probe.ts";
import { norm } from "../../src/measure/norm.ts";
import { generator } from "../../src/train/seeds.ts";
import { golden, networks } from "../fixtures/golden-networks.ts";
import { layerCases, layerProbe } from "../fixtures/layer-cases.ts";

// WebGPU for real, on a Vulkan device in software: SwiftShader, which Debian's chromium brings. Slow, so everything is tiny.
process.env["VK_ICD_FILENAMES"] ??= "/usr/lib/chromium/vk_swiftshader_icd.json";
const cpu = onnxEngine({ threads: 1 });
const webgpu = await openOnnxEngine({ device: "webgpu", threads: 1 });

test("there is a Vulkan device to test with", () => {
  expect(existsSync(process.env["VK_ICD_FILENAMES"] as string)).toBe(true);
});

function distance(a: Float32Array, b: Float32Array): number {
  return norm(a.map((value, i) => value - (b[i] as number)));
}

test.each(layerCases)("loss and gradient of %s are the CPU's", async (_, layers) => {
  const { network, samples, running, theta } = layerProbe(layers);
  const [expected, found] = [new Float32Array(theta.length), new Float32Array(theta.length)];
  const onCpu = cpu.load(network);
  const onGpu = webgpu.load(network);
  const expectedLoss = await onCpu.objective(samples, 7, running).lossAndGradient(theta, expected);
  const objective = onGpu.objective(samples, 7, running);
  const loss = await objective.lossAndGradient(theta, found);
  expect(Math.abs(loss / expectedLoss - 1)).toBeLessThan(1e-5);
  expect(distance(found, expected)).toBeLessThan(1e-4 * norm(expected));
  expect((await objective.evaluate(theta)).accuracy).toBe(
    (await onCpu.objective(samples, 7, running).evaluate(theta)).accuracy,
  );
  await onCpu.dispose();
  await onGpu.dispose();
});

test.each(Object.keys(networks))("%s: loss and gradient are PyTorch's", async (name) => {
  const { values, network, samples, theta, gradient: expected } = golden(name);
  const model = webgpu.load(network);
  const gradient = new Float32Array(theta.length);
  const loss = await model.objective(samples, 5000).lossAndGradient(theta, gradient);
  expect(Math.abs(loss / values.loss - 1)).toBeLessThan(1e-6);
  expect(distance(gradient, expected)).toBeLessThan(1e-5 * values.gradientNorm);
  await model.dispose();
});

test("twenty updates with dropout, momentum, clipping and running statistics go the CPU's way", async () => {
  const { samples } = golden("conv-c1");
  const network = {
    ...networks["conv-c1"],
    name: "probe",
    input: samples.shape,
    layers: [
      { layer: "conv", filters: 4, kernel: 3, padding: "same" } as const,
      { layer: "batch-norm", statistics: "running" } as const,
      { layer: "relu" } as const,
      { layer: "max-pool", size: 3, stride: 2, padding: 1 } as const,
      { layer: "flatten" } as const,
      { layer: "dropout", rate: 0.3 } as const,
      { layer: "dense", units: 5 } as const,
    ],
  };
  const train = async (engine: typeof cpu) => {
    const model = engine.load(network);
    const optimizer = { sgd: { learningRate: 0.05, momentum: 0.9, clipNorm: 1, weightDecay: 1e-3 } };
    const trainer = model.trainer(samples, optimizer, generator("dropout", 0), 5);
    const start = model.initialise(generator("start", 0));
    const state = trainer.start(start);
    const losses = await trainer.update(
      state,
      Int32Array.from({ length: 20 * 8 }, (_, i) => (5 * i) % samples.count),
      8,
    );
    await model.dispose();
    return { start, state, losses };
  };
  const expected = await train(cpu);
  const found = await train(webgpu);
  expect(distance(found.state.theta, expected.state.theta)).toBeLessThan(
    1e-3 * distance(expected.state.theta, expected.start),
  );
  expect(distance(found.state.running, expected.state.running)).toBeLessThan(1e-4 * norm(expected.state.running));
  for (const [i, loss] of found.losses.entries()) expect(loss).toBeCloseTo(expected.losses[i] as number, 4);
});

test("of a training step, matrix products and convolutions run on the device, and what does not is named", async () => {
  const { device, cpu: left } = (await webgpu.placementOf?.(probeNetwork)) ?? { device: [], cpu: [] };
  expect(device).toEqual(expect.arrayContaining(["Conv", "MatMul", "MaxPool"]));
  expect(left).toEqual(["Identity"]);
});

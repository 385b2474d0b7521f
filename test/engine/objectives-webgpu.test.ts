import { existsSync } from "node:fs";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import type { Engine, TrainerOptions } from "../../src/engine/engine.ts";
import { onnxEngine, openOnnxEngine } from "../../src/engine/onnx/engine.ts";
import { norm } from "../../src/measure/norm.ts";
import type { ResolvedNetwork } from "../../src/networks/shapes.ts";
import { golden } from "../fixtures/golden-networks.ts";
import {
  expectReference,
  samples as few,
  objectives,
  references,
  network as small,
  trained,
} from "./objective-reference.ts";

// As in webgpu.test.ts: a Vulkan device in software.
process.env["VK_ICD_FILENAMES"] ??= "/usr/lib/chromium/vk_swiftshader_icd.json";
const skipped = !existsSync(process.env["VK_ICD_FILENAMES"] as string) && !process.env["CI"];
const onDevice = test.skipIf(skipped);
const cpu = onnxEngine({ threads: 1 });
const webgpu = skipped ? cpu : await openOnnxEngine({ device: "webgpu", threads: 1 });

const { samples } = golden("conv-c1");
const conv: ResolvedNetwork = {
  name: "conv",
  input: samples.shape,
  layers: [
    { layer: "conv", filters: 4, kernel: 3, padding: "same" },
    { layer: "batch-norm", statistics: "running" },
    { layer: "relu" },
    { layer: "max-pool", size: 3, stride: 2, padding: 1 },
    { layer: "flatten" },
    { layer: "dropout", rate: 0.3 },
    { layer: "dense", units: 5 },
  ],
};

function distance(a: Float32Array, b: Float32Array): number {
  return norm(a.map((value, i) => value - (b[i] as number)));
}

/** Four batches of eight in two calls. */
async function trajectory(engine: Engine, options: TrainerOptions) {
  const model = engine.load(conv);
  const trainer = model.trainer(samples, { sgd: { learningRate: 0.05, momentum: 0.9 } }, xoroshiro128plus(1), options);
  const start = model.initialise(xoroshiro128plus(2));
  const state = trainer.start(start);
  const losses: number[] = [];
  for (const call of [0, 1]) {
    const indices = Int32Array.from({ length: 16 }, (_, i) => (5 * (16 * call + i)) % samples.count);
    losses.push(...(await trainer.update(state, indices, 8)));
  }
  await trainer.release();
  await model.dispose();
  return { start, state, losses };
}

onDevice.each(references)("%s: the updates are PyTorch's", async (_, reference) => {
  expectReference(await trained(webgpu, reference), reference);
});

onDevice.each(objectives)("%s goes the CPU's way, whole batches or micro-batches", async (_, objective) => {
  for (const microBatch of [undefined, 3]) {
    const options = { ...(objective ? { objective } : {}), ...(microBatch === undefined ? {} : { microBatch }) };
    const [expected, found] = [await trajectory(cpu, options), await trajectory(webgpu, options)];
    const moved = distance(expected.state.theta, expected.start);
    expect(distance(found.state.theta, expected.state.theta)).toBeLessThan(1e-3 * moved);
    expect(distance(found.state.running, expected.state.running)).toBeLessThan(1e-4 * norm(expected.state.running));
    expect(found.state.updates).toBe(expected.state.updates);
    expect(found.losses).toHaveLength(expected.losses.length);
    for (const [i, loss] of expected.losses.entries()) expect(found.losses[i]).toBeCloseTo(loss, 4);
  }
});

onDevice.each(objectives)("a training step of %s runs on the device as a whole", async (_, objective) => {
  const { device, cpu: left } = (await webgpu.placementOf?.(conv, objective)) ?? { device: [], cpu: [] };
  expect(device).toEqual(expect.arrayContaining(["Conv", "MatMul", "MaxPool"]));
  expect(left).toEqual([]);
});

onDevice("trainers of changing samples leave nothing on the device once released", async () => {
  const model = webgpu.load(small);
  const count = 400_000;
  const changing = { x: new Float32Array(6 * count), y: new Int32Array(count), count, shape: [6] };
  const train = async (epochs: number) => {
    for (let epoch = 0; epoch < epochs; epoch++) {
      changing.x.fill(epoch);
      const trainer = model.trainer(changing, { sgd: { learningRate: 1e-9 } }, xoroshiro128plus(1));
      await trainer.update(trainer.start(model.initialise(xoroshiro128plus(2))), Int32Array.of(0, 1, 2), 3);
      await trainer.release();
    }
  };
  await train(4);
  // SwiftShader's memory is the process's.
  const before = process.memoryUsage.rss();
  await train(20);
  const grown = process.memoryUsage.rss() - before;
  await model.dispose();
  expect(grown).toBeLessThan(8 * 7 * 4 * count);
});

onDevice("a trainer that is released takes no samples from another one", async () => {
  const train = async (engine: Engine) => {
    const model = engine.load(small);
    const trainers = [1, 2].map((seed) => model.trainer(few, { adam: { learningRate: 0.01 } }, xoroshiro128plus(seed)));
    const [first, second] = trainers as [(typeof trainers)[0], (typeof trainers)[0]];
    const state = first.start(model.initialise(xoroshiro128plus(3)));
    const all = Int32Array.from({ length: 24 }, (_, i) => i % 12);
    await first.update(state, all, 6);
    const [losses] = await Promise.all([second.update(second.start(state.theta), all, 6), first.release()]);
    await model.dispose();
    return losses;
  };
  const expected = await train(cpu);
  for (const [i, loss] of (await train(webgpu)).entries()) expect(loss).toBeCloseTo(expected[i] as number, 4);
});

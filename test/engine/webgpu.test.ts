import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import type { Engine, TrainingState } from "../../src/engine/engine.ts";
import { onnxEngine, openOnnxEngine } from "../../src/engine/onnx/engine.ts";
import { probeNetwork } from "../../src/engine/probe.ts";
import { norm } from "../../src/measure/norm.ts";
import type { ResolvedNetwork } from "../../src/networks/shapes.ts";
import type { Optimizer } from "../../src/spec/suite.types.ts";
import { generator } from "../../src/train/seeds.ts";
import { golden, networks } from "../fixtures/golden-networks.ts";
import { layerCases, layerProbe } from "../fixtures/layer-cases.ts";

// WebGPU for real, on a Vulkan device in software: SwiftShader, which Debian's chromium brings. Slow, so everything is tiny.
process.env["VK_ICD_FILENAMES"] ??= "/usr/lib/chromium/vk_swiftshader_icd.json";
const icd = process.env["VK_ICD_FILENAMES"] as string;
// On a machine without it the rest can still be tested; in CI its absence is a failure.
const skipped = !existsSync(icd) && !process.env["CI"];
if (skipped) console.warn(`No Vulkan device (${icd}): WebGPU is not tested. Install chromium and libvulkan1.`);
const onDevice = test.skipIf(skipped);
const cpu = onnxEngine({ threads: 1 });
const webgpu = skipped ? cpu : await openOnnxEngine({ device: "webgpu", threads: 1 });

function distance(a: Float32Array, b: Float32Array): number {
  return norm(a.map((value, i) => value - (b[i] as number)));
}

onDevice.each(layerCases)("loss and gradient of %s are the CPU's", async (_, layers, image) => {
  const { network, samples, running, theta } = layerProbe(layers, image);
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

onDevice.each(Object.keys(networks))("%s: loss and gradient are PyTorch's", async (name) => {
  const { values, network, samples, theta, gradient: expected } = golden(name);
  const model = webgpu.load(network);
  const gradient = new Float32Array(theta.length);
  const loss = await model.objective(samples, 5000).lossAndGradient(theta, gradient);
  expect(Math.abs(loss / values.loss - 1)).toBeLessThan(1e-6);
  expect(distance(gradient, expected)).toBeLessThan(1e-5 * values.gradientNorm);
  await model.dispose();
});

const { samples } = golden("conv-c1");
const convNetwork = {
  ...networks["conv-c1"],
  name: "probe",
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
} satisfies ResolvedNetwork;

/** Positions of the samples of so many batches. */
function visits(updates: number, batch: number, from = 0): Int32Array {
  return Int32Array.from({ length: updates * batch }, (_, i) => (5 * (from * batch + i)) % samples.count);
}

const optimizers: [string, Optimizer][] = [
  ["SGD", { sgd: { learningRate: 0.05 } }],
  [
    "SGD with momentum, clipping and weight decay",
    { sgd: { learningRate: 0.05, momentum: 0.9, clipNorm: 1, weightDecay: 1e-3 } },
  ],
  ["Adam", { adam: { learningRate: 1e-2 } }],
  ["AdaGrad", { adagrad: { learningRate: 1e-2 } }],
];

/** Twenty updates in two calls, with dropout, running statistics and a falling learning rate. */
async function twentyUpdates(
  engine: Engine,
  optimizer: Optimizer,
  microBatch: number | undefined,
  between: (state: TrainingState) => void = () => {},
) {
  const model = engine.load(convNetwork);
  const trainer = model.trainer(
    samples,
    optimizer,
    generator("dropout", 0),
    microBatch === undefined ? {} : { microBatch },
  );
  const start = model.initialise(generator("start", 0));
  const state = trainer.start(start);
  const rate = (update: number) => 1 / Math.sqrt(update);
  const first = await trainer.update(state, visits(12, 8), 8, rate);
  between(state);
  const second = await trainer.update(state, visits(8, 8, 12), 8, rate);
  await model.dispose();
  return { start, state, losses: Float32Array.of(...first, ...second) };
}

function expectSameTraining(
  found: Awaited<ReturnType<typeof twentyUpdates>>,
  expected: Awaited<ReturnType<typeof twentyUpdates>>,
) {
  const { theta, running, moments, updates } = expected.state;
  expect(distance(found.state.theta, theta)).toBeLessThan(1e-3 * distance(theta, expected.start));
  expect(distance(found.state.running, running)).toBeLessThan(1e-4 * norm(running));
  for (const [i, moment] of moments.entries()) {
    expect(distance(found.state.moments[i] as Float32Array, moment)).toBeLessThan(1e-3 * norm(moment));
  }
  expect(found.state.updates).toBe(updates);
  for (const [i, loss] of expected.losses.entries()) expect(found.losses[i]).toBeCloseTo(loss, 4);
}

onDevice.each(optimizers)(
  "twenty updates of %s go the CPU's way, whole batches or micro-batches",
  async (_, optimizer) => {
    // 8 at once; or 3, 3 and 2.
    for (const microBatch of [undefined, 3]) {
      const found = await twentyUpdates(webgpu, optimizer, microBatch);
      expectSameTraining(found, await twentyUpdates(cpu, optimizer, microBatch));
    }
  },
);

onDevice("vectors of the state that were replaced between updates are the ones that count", async () => {
  const optimizer: Optimizer = { sgd: { learningRate: 0.05, momentum: 0.9 } };
  const replacements: ((state: TrainingState) => void)[] = [
    (state) => {
      state.theta = state.theta.map((value) => 0.9 * value);
    },
    (state) => {
      state.running = state.running.map((value) => value + 0.5);
    },
    (state) => {
      state.moments = state.moments.map((moment) => moment.map((value) => -value));
    },
  ];
  const untouched = await twentyUpdates(cpu, optimizer, undefined);
  for (const replace of replacements) {
    const expected = await twentyUpdates(cpu, optimizer, undefined, replace);
    const apart =
      distance(expected.state.theta, untouched.state.theta) + distance(expected.state.running, untouched.state.running);
    expect(apart).toBeGreaterThan(0.05);
    expectSameTraining(await twentyUpdates(webgpu, optimizer, undefined, replace), expected);
  }
});

onDevice("two trainings of one model at once do not get in each other's way, nor does an evaluation", async () => {
  const train = async (engine: Engine) => {
    const model = engine.load(convNetwork);
    const evaluate = (state: TrainingState) =>
      model
        .objective(samples, 20, state.running)
        .evaluate(state.theta)
        .then(({ loss }) => loss);
    const trainers = optimizers.slice(1, 3).map(([, each]) => model.trainer(samples, each, generator("dropout", 1)));
    const states = trainers.map((trainer, i) => trainer.start(model.initialise(generator("start", i))));
    const losses: number[] = [];
    for (let run = 0; run < 2; run++) {
      await Promise.all(trainers.map((trainer, i) => trainer.update(states[i] as TrainingState, visits(3, 8), 8)));
      for (const state of states) losses.push(await evaluate(state));
    }
    await model.dispose();
    return losses;
  };
  const expected = await train(cpu);
  for (const [i, loss] of (await train(webgpu)).entries()) expect(loss).toBeCloseTo(expected[i] as number, 4);
});

onDevice("nothing piles up on the device over 500 updates", async () => {
  const layers = [{ layer: "dense", units: 60 } as const, { layer: "dense", units: 5 } as const];
  const model = webgpu.load({ name: "leak", input: samples.shape, layers: [{ layer: "flatten" }, ...layers] });
  const trainer = model.trainer(samples, { adam: { learningRate: 1e-4 } }, generator("dropout", 0));
  const state = trainer.start(model.initialise(generator("start", 0)));
  const train = async (calls: number) => {
    for (let call = 0; call < calls; call++) await trainer.update(state, visits(25, 4), 4);
  };
  await train(4);
  // SwiftShader's memory is the process's.
  const before = process.memoryUsage.rss();
  await train(16);
  const grown = process.memoryUsage.rss() - before;
  await model.dispose();
  expect(state.updates).toBe(500);
  const ofOneUpdate = 3 * state.theta.byteLength;
  expect(grown).toBeLessThan(60 * ofOneUpdate);
});

onDevice("a training step runs on the device as a whole", async () => {
  const { device, cpu: left } = (await webgpu.placementOf?.(probeNetwork)) ?? { device: [], cpu: [] };
  expect(device).toEqual(expect.arrayContaining(["Conv", "MatMul", "MaxPool"]));
  expect(left).toEqual([]);
});

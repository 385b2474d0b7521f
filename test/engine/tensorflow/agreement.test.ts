import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import type { Engine } from "../../../src/engine/engine.ts";
import { onnxEngine } from "../../../src/engine/onnx/engine.ts";
import { norm } from "../../../src/measure/norm.ts";
import type { ResolvedNetwork } from "../../../src/networks/shapes.ts";
import type { Layer } from "../../../src/spec/network.types.ts";
import type { Optimizer } from "../../../src/spec/suite.types.ts";
import { golden } from "../../fixtures/golden-networks.ts";
import { layerCases, layerProbe } from "../../fixtures/layer-cases.ts";
import { withTensorflow } from "./installed.ts";

const onnx = onnxEngine({ threads: 1 });

function distance(a: Float32Array, b: Float32Array): number {
  return norm(a.map((value, i) => value - (b[i] as number)));
}

const optimisers: readonly [string, Optimizer][] = [
  ["adam", { adam: { learningRate: 0.003 } }],
  ["sgd with momentum", { sgd: { learningRate: 0.05, momentum: 0.9 } }],
  ["adagrad", { adagrad: { learningRate: 0.02 } }],
  ["sgd with decay and a short gradient", { sgd: { learningRate: 0.1, weightDecay: 0.01, clipNorm: 0.3 } }],
];

await withTensorflow((engine) => {
  test.each(layerCases)("loss and gradient of %s are the onnx engine's", async (_, layers, image) => {
    const { network, samples, running, theta } = layerProbe(layers, image);
    const results = [];
    for (const { load } of [onnx, engine]) {
      const model = load(network);
      const objective = model.objective(samples, 7, running);
      const gradient = new Float32Array(theta.length);
      const loss = await objective.lossAndGradient(theta, gradient);
      results.push({ loss, gradient, evaluation: await objective.evaluate(theta) });
      await model.dispose();
    }
    const [expected, actual] = results as [(typeof results)[0], (typeof results)[0]];
    expect(Math.abs(actual.loss / expected.loss - 1)).toBeLessThan(1e-6);
    expect(distance(actual.gradient, expected.gradient)).toBeLessThan(1e-4 * norm(expected.gradient));
    expect(actual.evaluation.accuracy).toBe(expected.evaluation.accuracy);
    expect(Math.abs(actual.evaluation.loss / expected.evaluation.loss - 1)).toBeLessThan(1e-6);
  });

  test.each([
    ["windows side by side", { size: 2 }],
    ["overlapping windows", { size: 3, stride: 2, padding: "same" }],
    ["padded windows", { size: 3, stride: 2, padding: 1 }],
  ] as const)("of equal maxima, the first in each of %s gets the gradient, as on the onnx engine", async (_, pool) => {
    const conv: Layer = { layer: "conv", filters: 3, kernel: 3, padding: 1 };
    const layers: Layer[] = [conv, { layer: "max-pool", ...pool }, { layer: "flatten" }, { layer: "dense", units: 4 }];
    const { network, samples, theta } = layerProbe(layers);
    // Without weights the convolution gives its bias everywhere; its gradient tells which positions were taken.
    theta.fill(0, 0, 3 * 2 * 9);
    const [expected, actual] = (await Promise.all(
      [onnx, engine].map(async ({ load }) => {
        const gradient = new Float32Array(theta.length);
        await load(network).objective(samples, 7).lossAndGradient(theta, gradient);
        return gradient;
      }),
    )) as [Float32Array, Float32Array];
    expect(norm(expected.subarray(0, 3 * 2 * 9))).toBeGreaterThan(0.1);
    expect(distance(actual, expected)).toBeLessThan(1e-4 * norm(expected));
  });

  test.each(optimisers)("50 updates of %s follow the onnx engine's", async (_, optimizer) => {
    const { network, samples, theta } = golden("mlp-bn");
    const run = (on: Engine) => trajectory(on, network, samples, theta, optimizer, 50, 10);
    const [expected, actual] = [await run(onnx), await run(engine)];
    const moved = distance(expected.theta, theta);
    expect(moved).toBeGreaterThan(0.1);
    expect(distance(actual.theta, expected.theta)).toBeLessThan(1e-3 * moved);
    for (const [i, loss] of expected.losses.entries()) {
      expect(Math.abs((actual.losses[i] as number) - loss)).toBeLessThan(1e-4);
    }
  });

  test.each([
    ["whole batches", undefined],
    // Not smaller: over three or four samples batch norm blows rounding up to the size of the step within ten updates.
    ["micro-batches of unequal sizes", 8],
  ])("a network with everything in it trains like on the onnx engine, in %s", async (_, microBatch) => {
    const { samples } = golden("conv-vgg");
    const network: ResolvedNetwork = {
      name: "everything",
      input: [3, 8, 8],
      layers: [
        { layer: "conv", filters: 5, kernel: 3, padding: 1, stride: 2 },
        { layer: "batch-norm", statistics: "running" },
        { layer: "relu" },
        { layer: "dropout", rate: 0.3 },
        { layer: "conv", filters: 6, kernel: 3, padding: "same" },
        { layer: "batch-norm" },
        { layer: "relu" },
        { layer: "max-pool", size: 3, stride: 2, padding: 1 },
        { layer: "flatten" },
        { layer: "dense", units: 8 },
        { layer: "batch-norm", statistics: "running" },
        { layer: "relu" },
        { layer: "dropout", rate: 0.2 },
        { layer: "dense", units: 5 },
      ],
    };
    const theta = onnx.load(network).initialise(xoroshiro128plus(5));
    const optimizer: Optimizer = { sgd: { learningRate: 0.05, momentum: 0.9 } };
    const run = (on: Engine) => trajectory(on, network, samples, theta, optimizer, 10, 20, microBatch);
    const [expected, actual] = [await run(onnx), await run(engine)];
    const moved = distance(expected.theta, theta);
    expect(distance(actual.theta, expected.theta)).toBeLessThan(1e-3 * moved);
    expect(distance(actual.running, expected.running)).toBeLessThan(1e-4 * norm(expected.running));
    const loss = async (on: Engine) =>
      (await on.load(network).objective(samples, 100, expected.running).evaluate(expected.theta)).loss;
    expect((await loss(engine)) / (await loss(onnx))).toBeCloseTo(1, 5);
  });

  test("products with a matrix are the onnx engine's", async () => {
    const matrix = Float32Array.from({ length: 35 * 12 }, (_, i) => Math.sin(i * i));
    for (const [name, length, results] of [
      ["multiply", 12, 35],
      ["combineRows", 35, 12],
    ] as const) {
      const vector = Float32Array.from({ length }, (_, i) => Math.cos(i));
      const products = [];
      for (const { linearMap } of [onnx, engine]) {
        const map = await linearMap(matrix, 35, 12);
        const into = new Float32Array(results);
        await map[name](vector, into);
        await map.release();
        products.push(into);
      }
      const [expected, actual] = products as [Float32Array, Float32Array];
      expect(distance(actual, expected)).toBeLessThan(1e-6 * norm(expected));
    }
  });
});

async function trajectory(
  engine: Engine,
  network: ResolvedNetwork,
  samples: ReturnType<typeof golden>["samples"],
  theta: Float32Array,
  optimizer: Optimizer,
  steps: number,
  batch: number,
  microBatch?: number,
) {
  const model = engine.load(network);
  const trainer = model.trainer(
    samples,
    optimizer,
    xoroshiro128plus(9),
    microBatch === undefined ? {} : { microBatch },
  );
  const state = trainer.start(theta);
  const indices = Int32Array.from({ length: steps * batch }, (_, i) => (7 * i) % samples.count);
  const losses = await trainer.update(state, indices, batch);
  await model.dispose();
  return { theta: state.theta, running: state.running, losses };
}

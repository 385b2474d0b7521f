import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import type { Samples } from "../../src/data/samples.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { norm } from "../../src/measure/norm.ts";
import type { Layer } from "../../src/spec/network.types.ts";
import { generator } from "../../src/train/seeds.ts";
import { golden } from "../fixtures/golden-networks.ts";

const engine = onnxEngine({ threads: 1 });
const { samples } = golden("mlp-plain");
const dense = (units: number): Layer => ({ layer: "dense", units });
const plain = [dense(16), { layer: "relu" } as Layer, dense(5)];
const indices = (updates: number, batch: number) =>
  Int32Array.from({ length: updates * batch }, (_, i) => (7 * i) % samples.count);

function load(layers: readonly Layer[]) {
  return engine.load({ name: "probe", input: samples.shape, layers });
}

function distance(a: Float32Array, b: Float32Array): number {
  return norm(a.map((value, i) => value - (b[i] as number)));
}

// 11 in parts of at most 3 are 2, 3, 3, 3; of 6, 5 and 6; of 11 the whole.
test.each([1, 3, 6, 11])(
  "without batch norm, micro-batches of %i train as the whole batch does",
  async (microBatch) => {
    for (const layers of [plain, [dense(16), { layer: "dropout", rate: 0.5 } as Layer, dense(5)]]) {
      const model = load(layers);
      const theta = model.initialise(generator("start", 0));
      const run = async (micro?: number) => {
        const trainer = model.trainer(
          samples,
          { adam: { learningRate: 0.01 } },
          generator("dropout", 0),
          micro === undefined ? {} : { microBatch: micro },
        );
        const state = trainer.start(theta);
        const losses = await trainer.update(state, indices(3, 11), 11);
        return { theta: state.theta, losses };
      };
      const whole = await run();
      const micro = await run(microBatch);
      expect(distance(micro.theta, whole.theta)).toBeLessThan(1e-5 * distance(whole.theta, theta));
      for (const [i, loss] of micro.losses.entries()) expect(loss).toBeCloseTo(whole.losses[i] as number, 5);
      await model.dispose();
    }
  },
);

test("with batch norm, the gradient is the mean of the micro-batches' own", async () => {
  const model = load([dense(16), { layer: "batch-norm" }, { layer: "relu" }, dense(5)]);
  const theta = model.initialise(generator("start", 0));
  const trainer = model.trainer(samples, { sgd: { learningRate: 1 } }, generator("dropout", 0), { microBatch: 4 });
  const state = trainer.start(theta);
  // 10 in nearly equal parts of at most 4: 3, 3 and 4.
  const order = indices(1, 10);
  const [loss] = await trainer.update(state, order, 10);
  const expected = new Float32Array(theta.length);
  let expectedLoss = 0;
  for (const [from, to] of [
    [0, 3],
    [3, 6],
    [6, 10],
  ] as const) {
    const part = pick(order.subarray(from, to));
    const gradient = new Float32Array(theta.length);
    const share = part.count / 10;
    expectedLoss += share * (await model.objective(part, 10).lossAndGradient(theta, gradient));
    for (const [i, value] of gradient.entries()) expected[i] = (expected[i] as number) + share * value;
  }
  const step = theta.map((value, i) => value - (state.theta[i] as number));
  expect(distance(step, expected)).toBeLessThan(1e-5 * norm(expected));
  expect(loss).toBeCloseTo(expectedLoss, 5);
  await model.dispose();
});

test("running statistics move once a micro-batch", async () => {
  const model = load([{ layer: "batch-norm", statistics: "running" }, dense(5)]);
  const trainer = model.trainer(samples, { sgd: { learningRate: 1e-6 } }, generator("dropout", 0), { microBatch: 5 });
  const state = trainer.start(model.initialise(xoroshiro128plus(0)));
  await trainer.update(state, indices(1, 10), 10);
  const byHand = trainer.start(model.initialise(xoroshiro128plus(0)));
  await trainer.update(byHand, indices(1, 10), 5);
  expect(distance(state.running, byHand.running)).toBeLessThan(1e-6);
  expect(norm(state.running)).toBeGreaterThan(0);
  await model.dispose();
});

function pick(positions: Int32Array): Samples {
  const width = samples.x.length / samples.count;
  const x = new Float32Array(positions.length * width);
  for (const [i, position] of positions.entries()) {
    x.set(samples.x.subarray(position * width, (position + 1) * width), i * width);
  }
  return {
    x,
    y: positions.map((position) => samples.y[position] as number),
    count: positions.length,
    shape: samples.shape,
  };
}

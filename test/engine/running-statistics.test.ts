import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import { fillNormal } from "../../src/data/normal.ts";
import type { Samples } from "../../src/data/samples.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { initialRunningStatistics } from "../../src/networks/layout.ts";
import type { Layer } from "../../src/spec/network.types.ts";

const engine = onnxEngine({ threads: 1 });
const running: Layer = { layer: "batch-norm", statistics: "running", epsilon: 1e-5 };

function load(shape: readonly number[], layers: readonly Layer[], count: number) {
  const x = new Float32Array(count * shape.reduce((product, length) => product * length, 1));
  fillNormal(x, xoroshiro128plus(3));
  const samples: Samples = { x, y: Int32Array.from({ length: count }, (_, i) => i % 2), count, shape };
  return { samples, model: engine.load({ name: "probe", input: shape, layers }) };
}

/** Mean and unbiased variance. */
function moments(values: readonly number[]): [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)];
}

test("training moves them a tenth towards each batch's mean and unbiased variance", async () => {
  const { samples, model } = load([2], [running, { layer: "dense", units: 2 }], 6);
  const trainer = model.trainer(samples, { sgd: { learningRate: 0.1 } }, xoroshiro128plus(1));
  const state = trainer.start(model.initialise(xoroshiro128plus(2)));
  expect([...state.running]).toEqual([0, 0, 1, 1]);
  await trainer.update(state, Int32Array.of(0, 1, 2, 3, 4, 5), 3);
  const expected = [0, 0, 1, 1];
  for (const batch of [
    [0, 1, 2],
    [3, 4, 5],
  ]) {
    for (const feature of [0, 1]) {
      const [mean, variance] = moments(batch.map((i) => samples.x[2 * i + feature] as number));
      expected[feature] = 0.9 * (expected[feature] as number) + 0.1 * mean;
      expected[2 + feature] = 0.9 * (expected[2 + feature] as number) + 0.1 * variance;
    }
  }
  for (const [i, value] of expected.entries()) expect(state.running[i]).toBeCloseTo(value, 6);
});

test("of images they are over all pixels of a channel", async () => {
  const { samples, model } = load([2, 2, 3], [running, { layer: "flatten" }, { layer: "dense", units: 2 }], 4);
  const trainer = model.trainer(samples, { sgd: { learningRate: 0.1 } }, xoroshiro128plus(1));
  const state = trainer.start(model.initialise(xoroshiro128plus(2)));
  await trainer.update(state, Int32Array.of(0, 1, 2, 3), 4);
  for (const channel of [0, 1]) {
    const pixels = [0, 1, 2, 3].flatMap((i) => [...samples.x.subarray(12 * i + 6 * channel, 12 * i + 6 * channel + 6)]);
    const [mean, variance] = moments(pixels);
    expect(state.running[channel]).toBeCloseTo(0.1 * mean, 6);
    expect(state.running[2 + channel]).toBeCloseTo(0.9 + 0.1 * variance, 6);
  }
});

test("they include the bias of the layer before, which training leaves as it is", async () => {
  const { samples, model } = load([2], [{ layer: "dense", units: 3 }, running, { layer: "dense", units: 2 }], 6);
  const trainer = model.trainer(samples, { sgd: { learningRate: 0.1 } }, xoroshiro128plus(1));
  const theta = model.initialise(xoroshiro128plus(2));
  const bias = model.layout.parameters[1]?.offset as number;
  const meanAt = async (value: number) => {
    const state = trainer.start(theta.fill(value, bias, bias + 3));
    await trainer.update(state, Int32Array.of(0, 1, 2, 3, 4, 5), 6);
    expect([...state.theta.subarray(bias, bias + 3)]).toEqual([value, value, value]);
    return state.running[0] as number;
  };
  expect((await meanAt(5)) - (await meanAt(0))).toBeCloseTo(0.5, 6);
});

test("f normalises with them: each sample's loss is its own, whatever it is evaluated with", async () => {
  const { samples, model } = load([2], [running, { layer: "dense", units: 2 }], 6);
  const theta = model.initialise(xoroshiro128plus(2));
  const statistics = Float32Array.of(0.5, -1, 2, 0.25);
  const whole = await model.objective(samples, 6, statistics).evaluate(theta);
  const single = await model.objective(samples, 1, statistics).evaluate(theta);
  expect(single.loss).toBeCloseTo(whole.loss, 6);
  let loss = 0;
  for (let i = 0; i < 6; i++) {
    const [a = 0, b = 0] = samples.x.subarray(2 * i, 2 * i + 2);
    const u = (a - 0.5) / Math.sqrt(2 + 1e-5);
    const v = (b + 1) / Math.sqrt(0.25 + 1e-5);
    const [w00 = 0, w01 = 0, w10 = 0, w11 = 0] = theta.subarray(4, 8);
    const logits = [w00 * u + w01 * v, w10 * u + w11 * v];
    loss += Math.log(Math.exp(logits[0] as number) + Math.exp(logits[1] as number)) - (logits[i % 2] as number);
  }
  expect(whole.loss).toBeCloseTo(loss / 6, 5);
});

test("an objective without the statistics its network needs is refused", () => {
  const { samples, model } = load([2], [running, { layer: "dense", units: 2 }], 6);
  expect(() => model.objective(samples, 6)).toThrow("keeps 4 running statistics; 0 were given");
  expect(initialRunningStatistics(model.layout)).toHaveLength(4);
});

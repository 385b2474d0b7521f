import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import { drawMasks, dropoutSites } from "../../src/engine/dropout-masks.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import type { ResolvedNetwork } from "../../src/networks/shapes.ts";
import { golden } from "../fixtures/golden-networks.ts";

const network = (rate: number): ResolvedNetwork => ({
  name: "dropout",
  input: [20],
  layers: [{ layer: "dense", units: 40 }, { layer: "relu" }, { layer: "dropout", rate }, { layer: "dense", units: 5 }],
});
const { samples } = golden("mlp-plain");
const whole = Int32Array.from({ length: samples.count }, (_, i) => i);

test("masks keep a share of 1 − rate, scaled so that the mean stays", () => {
  const [mask] = drawMasks(dropoutSites(network(0.3)), 50, 100, xoroshiro128plus(1)) as [Float32Array];
  expect(mask).toHaveLength(50 * 100 * 40);
  expect(new Set(mask)).toEqual(new Set([0, Math.fround(1 / 0.7)]));
  expect(mask.reduce((sum, value) => sum + value, 0) / mask.length).toBeCloseTo(1, 2);
});

test("evaluation leaves dropout out", async () => {
  const theta = onnxEngine({ threads: 1 }).load(network(0.5)).initialise(xoroshiro128plus(2));
  const loss = async (rate: number) =>
    (await onnxEngine({ threads: 1 }).load(network(rate)).objective(samples, 100).evaluate(theta)).loss;
  expect(await loss(0.5)).toBe(await loss(0));
});

test("training drops units, differently in every update and the same for equal generators", async () => {
  const model = onnxEngine({ threads: 1 }).load(network(0.5));
  const start = model.initialise(xoroshiro128plus(2));
  // A learning rate so small that losses differ by their masks alone.
  const losses = async (seed: number, runs: readonly number[]) => {
    const trainer = model.trainer(samples, { sgd: { learningRate: 1e-12 } }, xoroshiro128plus(seed));
    const state = trainer.start(start);
    const seen: number[] = [];
    for (const steps of runs) {
      const indices = Int32Array.from({ length: steps * samples.count }, (_, i) => i % samples.count);
      seen.push(...(await trainer.update(state, indices, samples.count)));
    }
    return seen;
  };
  const one = await losses(1, [4]);
  expect(new Set(one).size).toBe(4);
  expect(await losses(1, [1, 3])).toEqual(one);
  expect(await losses(3, [4])).not.toEqual(one);
  await model.dispose();
});

test("the update uses the gradient through the mask", async () => {
  // With every other unit's mask known from the loss alone nothing could be said; so the step is held against the loss:
  // a small step along the masked gradient lowers the loss under the same mask.
  const model = onnxEngine({ threads: 1 }).load(network(0.5));
  const trainer = (rate: number) => model.trainer(samples, { sgd: { learningRate: rate } }, xoroshiro128plus(4));
  const before = trainer(0.05);
  const state = before.start(model.initialise(xoroshiro128plus(2)));
  const [first] = await before.update(state, whole, samples.count);
  const [second] = await trainer(1e-12).update(state, whole, samples.count);
  expect(second).toBeLessThan(first as number);
  await model.dispose();
});

import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import type { Engine, TrainerOptions } from "../../../src/engine/engine.ts";
import { onnxEngine } from "../../../src/engine/onnx/engine.ts";
import { norm } from "../../../src/measure/norm.ts";
import type { ResolvedNetwork } from "../../../src/networks/shapes.ts";
import { golden } from "../../fixtures/golden-networks.ts";
import {
  expectReference,
  samples as few,
  objectives,
  references,
  network as small,
  trained,
} from "../objective-reference.ts";
import { withTensorflow } from "./installed.ts";

const onnx = onnxEngine({ threads: 1 });
const { samples } = golden("conv-vgg");
const everything: ResolvedNetwork = {
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
    { layer: "dense", units: 10 },
  ],
};

function distance(a: Float32Array, b: Float32Array): number {
  return norm(a.map((value, i) => value - (b[i] as number)));
}

async function trajectory(engine: Engine, options: TrainerOptions) {
  const model = engine.load(everything);
  const start = onnx.load(everything).initialise(xoroshiro128plus(3));
  const trainer = model.trainer(samples, { sgd: { learningRate: 0.05, momentum: 0.9 } }, xoroshiro128plus(9), options);
  const state = trainer.start(start);
  const batch = 20;
  const losses = await trainer.update(
    state,
    Int32Array.from({ length: 6 * batch }, (_, i) => (7 * i) % samples.count),
    batch,
  );
  await trainer.release();
  await model.dispose();
  return { start, state, losses };
}

await withTensorflow((engine, { tf }) => {
  test.each(references)("%s: the updates are PyTorch's", async (_, reference) => {
    expectReference(await trained(engine, reference), reference);
  });

  test.each(
    objectives.flatMap(([name, objective]) => [
      [name, "whole batches", objective, undefined] as const,
      [name, "micro-batches of unequal sizes", objective, 8] as const,
    ]),
  )(
    "under %s a network with everything in it trains like on the onnx engine, in %s",
    async (_, __, objective, size) => {
      const options = { ...(objective ? { objective } : {}), ...(size === undefined ? {} : { microBatch: size }) };
      const [expected, actual] = [await trajectory(onnx, options), await trajectory(engine, options)];
      const moved = distance(expected.state.theta, expected.start);
      expect(distance(actual.state.theta, expected.state.theta)).toBeLessThan(1e-3 * moved);
      expect(distance(actual.state.running, expected.state.running)).toBeLessThan(1e-4 * norm(expected.state.running));
      expect(actual.state.updates).toBe(expected.state.updates);
      for (const [i, loss] of expected.losses.entries()) expect(actual.losses[i]).toBeCloseTo(loss, 4);
    },
  );

  test.each(objectives)("updates of %s leave no tensors behind, nor does a released trainer", async (_, objective) => {
    const model = engine.load(small);
    const before = tf.memory().numTensors;
    const options = { ...(objective ? { objective } : {}), microBatch: 4 };
    const trainers = [1, 2].map((seed) =>
      model.trainer(few, { adam: { learningRate: 1e-3 } }, xoroshiro128plus(seed), options),
    );
    const [first, second] = trainers as [(typeof trainers)[0], (typeof trainers)[0]];
    const state = first.start(model.initialise(xoroshiro128plus(3)));
    const all = Int32Array.from({ length: 24 }, (_, i) => i % 12);
    for (let run = 0; run < 3; run++) {
      await first.update(state, all, 12);
      expect(tf.memory().numTensors).toBe(before + 1);
    }
    // The other trainer has the same samples, so they stay.
    await first.release();
    expect(tf.memory().numTensors).toBe(before + 1);
    await second.update(state, all, 12);
    await second.release();
    await second.release();
    expect(tf.memory().numTensors).toBe(before);
    await model.dispose();
  });
});

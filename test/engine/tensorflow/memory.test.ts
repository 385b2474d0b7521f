import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import type { Optimizer } from "../../../src/spec/suite.types.ts";
import { layerProbe } from "../../fixtures/layer-cases.ts";
import { withTensorflow } from "./installed.ts";

await withTensorflow((engine, { tf }) => {
  const { network, samples, running, theta } = layerProbe([
    { layer: "conv", filters: 3, kernel: 3, padding: "same" },
    { layer: "batch-norm", statistics: "running" },
    { layer: "relu" },
    { layer: "max-pool", size: 3, stride: 2, padding: 1 },
    { layer: "flatten" },
    { layer: "dense", units: 6 },
    { layer: "batch-norm" },
    { layer: "relu" },
    { layer: "dropout", rate: 0.2 },
    { layer: "dense", units: 4 },
  ]);
  const adam: Optimizer = { adam: { learningRate: 1e-3, weightDecay: 1e-3, clipNorm: 5 } };

  test("1,000 updates leave no tensors behind", async () => {
    const before = tf.memory().numTensors;
    const model = engine.load(network);
    const trainer = model.trainer(samples, adam, xoroshiro128plus(3), { microBatch: 5 });
    const state = trainer.start(theta);
    const batch = 12;
    const indices = (steps: number) => Int32Array.from({ length: steps * batch }, (_, i) => i % batch);
    await trainer.update(state, indices(1), batch);
    const held = tf.memory().numTensors;
    for (let run = 0; run < 9; run++) {
      await trainer.update(state, indices(111), batch);
      expect(tf.memory().numTensors).toBe(held);
    }
    expect(state.updates).toBe(1000);
    await model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("evaluations, gradients and products leave no tensors behind", async () => {
    const before = tf.memory().numTensors;
    const model = engine.load(network);
    const objective = model.objective(samples, 5, running);
    const gradient = new Float32Array(theta.length);
    await objective.evaluate(theta);
    const held = tf.memory().numTensors;
    for (let run = 0; run < 20; run++) {
      await objective.evaluate(theta);
      await objective.lossAndGradient(theta, gradient);
      expect(tf.memory().numTensors).toBe(held);
    }
    await model.dispose();
    const map = await engine.linearMap(new Float32Array(6).fill(1), 2, 3);
    await map.multiply(new Float32Array(3), new Float32Array(2));
    await map.combineRows(new Float32Array(2), new Float32Array(3));
    await map.release();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("samples are uploaded once, however many objectives and trainers use them", async () => {
    const before = tf.memory().numTensors;
    const model = engine.load(network);
    await model.objective(samples, 12, running).evaluate(theta);
    const held = tf.memory().numTensors;
    expect(held).toBe(before + 1);
    await model.objective({ ...samples }, 6, running).evaluate(theta);
    const trainer = model.trainer(samples, adam, xoroshiro128plus(3));
    await trainer.update(trainer.start(theta), Int32Array.of(0, 1, 2), 3);
    expect(tf.memory().numTensors).toBe(held);
    await model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

import { expect, test } from "vitest";
import { fillNormal } from "../../src/data/normal.ts";
import type { Samples } from "../../src/data/samples.ts";
import type { Objective } from "../../src/engine/engine.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { hessianAt } from "../../src/measure/hessian/hessian.ts";
import { norm } from "../../src/measure/norm.ts";
import type { Layer } from "../../src/spec/network.types.ts";
import { generator } from "../../src/train/seeds.ts";
import { golden } from "../fixtures/golden-networks.ts";

const engine = onnxEngine({ threads: 1 });
const relu: Layer = { layer: "relu" };
const batchNorm: Layer = { layer: "batch-norm", statistics: "running" };
const dense = (units: number): Layer => ({ layer: "dense", units });
const conv: Layer = { layer: "conv", filters: 8, kernel: 3, padding: 1 };
const pool: Layer = { layer: "max-pool", size: 3, stride: 2, padding: 1 };
const end: readonly Layer[] = [{ layer: "flatten" }, dense(5)];
const networks: readonly [string, readonly Layer[]][] = [
  ["dense layers", [{ layer: "flatten" }, dense(100), relu, dense(100), relu, dense(5)]],
  ["convolutions and max-pools", [conv, relu, pool, conv, relu, pool, ...end]],
  ["batch norm at running statistics", [conv, batchNorm, relu, pool, ...end]],
];

/** ∇f at a step from x, less the opposite, over twice the step: whatever is on the way. */
async function difference(objective: Objective, x: Float32Array, vector: Float32Array, step: number) {
  const [forward, backward] = [new Float32Array(x.length), new Float32Array(x.length)];
  await objective.lossAndGradient(
    x.map((value, i) => value + step * (vector[i] as number)),
    forward,
  );
  await objective.lossAndGradient(
    x.map((value, i) => value - step * (vector[i] as number)),
    backward,
  );
  return forward.map((value, i) => (value - (backward[i] as number)) / (2 * step));
}

function unit(vector: Float32Array): Float32Array {
  const length = norm(vector);
  return vector.map((value) => value / length);
}

function distance(a: Float32Array, b: Float32Array): number {
  return norm(a.map((value, i) => value - (b[i] as number)));
}

test.each(networks)("%s: products are the same at ten times the step, though kinks are crossed", async (_, layers) => {
  const { samples } = golden("conv-c1");
  const model = engine.load({ name: "trained", input: samples.shape, layers });
  const trainer = model.trainer(samples, { adam: { learningRate: 1e-3 } }, generator("dropout", 0));
  const state = trainer.start(model.initialise(generator("start", 0)));
  await trainer.update(
    state,
    Int32Array.from({ length: 30 * 20 }, (_, i) => (7 * i) % samples.count),
    20,
  );
  const objective = model.objective(samples, 5000, state.running);
  const start = new Float32Array(state.theta.length);
  fillNormal(start, generator("eigenvector", 0));
  const product = await hessianAt(objective, state.theta).multiply(unit(start));
  const vector = unit(product);
  const step = 3e-5;
  const atStep = await hessianAt(objective, state.theta, step).multiply(vector);
  const further = await hessianAt(objective, state.theta, 10 * step).multiply(vector);
  expect(distance(further, atStep)).toBeLessThan(1e-3 * norm(atStep));
  const acrossKinks = await difference(objective, state.theta, vector, 10 * step * norm(state.theta));
  expect(distance(acrossKinks, atStep)).toBeGreaterThan(0.1 * norm(atStep));
  await model.dispose();
});

test("two hidden units, one hair's breadth from a kink: every entry is the exact Hessian's", async () => {
  const x = [0.5, -1, 1.5, 0.3, -0.4, 0.8];
  const labels = [0, 1, 0];
  const samples: Samples = { x: Float32Array.from(x), y: Int32Array.from(labels), count: 3, shape: [2] };
  // Weights [2, 2] and biases of the hidden layer, then of the output. The first unit's input is 1e-6 at the first sample.
  const theta = Float32Array.of(1, 0.5, -0.7, 0.6, 1e-6, 0.2, 0.9, -0.8, 0.4, 1.1, 0.1, -0.3);
  const hidden = (at: readonly number[], s: number, k: number) =>
    (at[2 * k] as number) * (x[2 * s] as number) +
    (at[2 * k + 1] as number) * (x[2 * s + 1] as number) +
    (at[4 + k] as number);
  const passed = (s: number, k: number) => hidden([...theta], s, k) > 0;
  const loss = (at: readonly number[]) => {
    const losses = labels.map((label, s) => {
      const units = [0, 1].map((k) => (passed(s, k) ? hidden(at, s, k) : 0)) as [number, number];
      const logits = [0, 1].map(
        (c) => (at[6 + 2 * c] as number) * units[0] + (at[7 + 2 * c] as number) * units[1] + (at[10 + c] as number),
      );
      return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - (logits[label] as number);
    });
    return losses.reduce((sum, each) => sum + each, 0) / losses.length;
  };
  // In float64 second differences of a smooth function are exact to eight digits.
  const h = 1e-4;
  const moved = (...moves: readonly [number, number][]) => {
    const at = [...theta];
    for (const [i, sign] of moves) at[i] = (at[i] as number) + sign * h;
    return loss(at);
  };
  const entry = (i: number, j: number) =>
    (moved([i, 1], [j, 1]) - moved([i, 1], [j, -1]) - moved([i, -1], [j, 1]) + moved([i, -1], [j, -1])) / (4 * h * h);

  const model = engine.load({ name: "tiny", input: [2], layers: [dense(2), relu, dense(2)] });
  const objective = model.objective(samples, 10);
  for (let j = 0; j < theta.length; j++) {
    const column = await hessianAt(objective, theta).multiply(Float32Array.from(theta, (_, i) => (i === j ? 1 : 0)));
    for (const [i, value] of column.entries()) expect(Math.abs(value - entry(i, j))).toBeLessThan(2e-3);
  }
  expect(passed(0, 0)).toBe(true);
  const bias = Float32Array.from(theta, (_, i) => (i === 4 ? 1 : 0));
  const acrossKink = await difference(objective, theta, bias, 1e-4);
  expect(Math.abs((acrossKink[4] as number) - entry(4, 4))).toBeGreaterThan(1);
  await model.dispose();
});

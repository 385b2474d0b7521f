import { expect, test } from "vitest";
import type { Model } from "../../src/engine/engine.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import type { Optimizer } from "../../src/spec/suite.types.ts";
import { generator } from "../../src/train/seeds.ts";
import { golden } from "../fixtures/golden-networks.ts";

// The update rules written out again in double precision, from gradients of the same model.
const rules: Record<
  string,
  (learningRate: number) => (theta: Float64Array, gradient: Float32Array, update: number) => void
> = {
  adam(learningRate) {
    const m = new Map<number, number>();
    const v = new Map<number, number>();
    return (theta, gradient, update) => {
      for (const [i, g] of gradient.entries()) {
        m.set(i, 0.9 * (m.get(i) ?? 0) + 0.1 * g);
        v.set(i, 0.999 * (v.get(i) ?? 0) + 0.001 * g * g);
        const mean = (m.get(i) as number) / (1 - 0.9 ** update);
        const square = (v.get(i) as number) / (1 - 0.999 ** update);
        theta[i] = (theta[i] as number) - (learningRate * mean) / (Math.sqrt(square) + 1e-8);
      }
    };
  },
  sgd: (learningRate) => (theta, gradient) => {
    for (const [i, g] of gradient.entries()) theta[i] = (theta[i] as number) - learningRate * g;
  },
  momentum(learningRate) {
    const velocity = new Map<number, number>();
    return (theta, gradient) => {
      for (const [i, g] of gradient.entries()) {
        velocity.set(i, 0.9 * (velocity.get(i) ?? 0) + g);
        theta[i] = (theta[i] as number) - learningRate * (velocity.get(i) as number);
      }
    };
  },
};
rules["adagrad"] = (learningRate) => {
  const sum = new Map<number, number>();
  return (theta, gradient) => {
    for (const [i, g] of gradient.entries()) {
      sum.set(i, (sum.get(i) ?? 0) + g * g);
      theta[i] = (theta[i] as number) - (learningRate * g) / (Math.sqrt(sum.get(i) as number) + 1e-10);
    }
  };
};
rules["decay"] = (learningRate) => (theta, gradient) => {
  for (const [i, g] of gradient.entries()) {
    theta[i] = (theta[i] as number) - learningRate * (g + 0.3 * (theta[i] as number));
  }
};
rules["clipped"] = (learningRate) => (theta, gradient) => {
  const norm = Math.hypot(...gradient);
  const factor = Math.min(1, 0.1 / (norm + 1e-6));
  for (const [i, g] of gradient.entries()) theta[i] = (theta[i] as number) - learningRate * factor * g;
};

const cases: readonly [string, Optimizer, number][] = [
  ["adagrad", { adagrad: { learningRate: 0.05 } }, 0.05],
  ["decay", { sgd: { learningRate: 0.1, weightDecay: 0.3 } }, 0.1],
  ["clipped", { sgd: { learningRate: 0.3, clipNorm: 0.1 } }, 0.3],
  ["adam", { adam: { learningRate: 0.01 } }, 0.01],
  ["sgd", { sgd: { learningRate: 0.1 } }, 0.1],
  ["momentum", { sgd: { learningRate: 0.05, momentum: 0.9 } }, 0.05],
];

async function trained(model: Model, optimizer: Optimizer, runs: readonly number[]) {
  const { samples, theta } = golden("mlp-plain");
  const trainer = model.trainer(samples, optimizer, generator("dropout", 0));
  const state = trainer.start(theta);
  for (const steps of runs) {
    const whole = Int32Array.from({ length: steps * samples.count }, (_, i) => i % samples.count);
    await trainer.update(state, whole, samples.count);
  }
  return state;
}

test.each(cases)("%s makes the updates of its definition", async (name, optimizer, learningRate) => {
  const { samples, theta, network } = golden("mlp-plain");
  const model = onnxEngine({ threads: 1 }).load(network);
  const objective = model.objective(samples, samples.count);
  const apply = rules[name]?.(learningRate);
  const expected = Float64Array.from(theta);
  const gradient = new Float32Array(theta.length);
  for (let update = 1; update <= 8; update++) {
    await objective.lossAndGradient(Float32Array.from(expected), gradient);
    apply?.(expected, gradient, update);
  }
  const state = await trained(model, optimizer, [8]);
  expect(state.updates).toBe(8);
  const moved = Math.max(...expected.map((value, i) => Math.abs(value - (theta[i] as number))));
  const error = Math.max(...expected.map((value, i) => Math.abs(value - (state.theta[i] as number))));
  expect(moved).toBeGreaterThan(0.01);
  expect(error).toBeLessThan(1e-3 * moved);
  await model.dispose();
});

test("how updates are cut into runs of the graph changes nothing", async () => {
  const model = onnxEngine({ threads: 1 }).load(golden("mlp-plain").network);
  const optimizer = { adam: { learningRate: 0.01 } };
  const together = await trained(model, optimizer, [9]);
  const apart = await trained(model, optimizer, [1, 5, 3]);
  expect(apart.theta).toEqual(together.theta);
  expect(apart.moments).toEqual(together.moments);
  await model.dispose();
});

test("a limit the gradient stays below changes nothing", async () => {
  const model = onnxEngine({ threads: 1 }).load(golden("mlp-plain").network);
  const free = await trained(model, { sgd: { learningRate: 0.1 } }, [3]);
  const limited = await trained(model, { sgd: { learningRate: 0.1, clipNorm: 1e6 } }, [3]);
  expect(limited.theta).toEqual(free.theta);
  await model.dispose();
});

test("the losses an update reports are those before it", async () => {
  const { samples, theta, network } = golden("mlp-bn");
  const model = onnxEngine({ threads: 1 }).load(network);
  const trainer = model.trainer(samples, { sgd: { learningRate: 0.1 } }, generator("dropout", 0));
  const whole = Int32Array.from({ length: samples.count }, (_, i) => i);
  const [loss] = await trainer.update(trainer.start(theta), whole, samples.count);
  const { loss: expected } = await model.objective(samples, samples.count).evaluate(theta);
  expect(loss).toBeCloseTo(expected, 5);
  await model.dispose();
});

import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import type { Samples } from "../../../src/data/samples.ts";
import { norm } from "../../../src/measure/norm.ts";
import type { ResolvedNetwork } from "../../../src/networks/shapes.ts";
import type { Optimizer } from "../../../src/spec/suite.types.ts";
import { golden } from "../../fixtures/golden-networks.ts";
import { withTensorflow } from "./installed.ts";

await withTensorflow((engine) => {
  test("running statistics move a tenth of the way to the batch's mean and unbiased variance", async () => {
    // y = 2 x + 1 into a batch norm: of x = 0, 1, 2, 3, 4, 8 the mean is 3 and Σ(x − 3)² is 40.
    const x = Float32Array.of(0, 1, 2, 3, 4, 8);
    const samples: Samples = { x, y: Int32Array.of(0, 1, 0, 1, 0, 1), count: 6, shape: [1] };
    const network: ResolvedNetwork = {
      name: "running",
      input: [1],
      layers: [
        { layer: "dense", units: 1 },
        { layer: "batch-norm", statistics: "running" },
        { layer: "dense", units: 2 },
      ],
    };
    const model = engine.load(network);
    const theta = Float32Array.of(2, 1, 1, 0, 0.5, -0.5, 0, 0);
    // Steps too small to change θ.
    const trainer = model.trainer(samples, { sgd: { learningRate: 1e-12 } }, xoroshiro128plus(1));
    const state = trainer.start(theta);
    expect([...state.running]).toEqual([0, 1]);
    await trainer.update(state, Int32Array.of(0, 1, 2, 3, 4, 5), 6);
    const mean = 2 * 3 + 1;
    const variance = (4 * 40) / 5;
    expect(state.running[0]).toBeCloseTo(0.1 * mean, 5);
    expect(state.running[1]).toBeCloseTo(0.9 + 0.1 * variance, 4);
    await trainer.update(state, Int32Array.of(0, 1, 2, 3, 4, 5), 6);
    expect(state.running[0]).toBeCloseTo(0.19 * mean, 5);
    expect(state.running[1]).toBeCloseTo(0.81 + 0.19 * variance, 4);

    // Two micro-batches of three: of x = 0, 1, 2 and of 3, 4, 8, one after the other.
    const halves = model.trainer(samples, { sgd: { learningRate: 1e-12 } }, xoroshiro128plus(1), { microBatch: 3 });
    const other = halves.start(theta);
    await halves.update(other, Int32Array.of(0, 1, 2, 3, 4, 5), 6);
    expect(other.running[0]).toBeCloseTo(0.9 * 0.1 * (2 * 1 + 1) + 0.1 * (2 * 5 + 1), 5);
    expect(other.running[1]).toBeCloseTo(0.9 * (0.9 + (0.1 * (4 * 2)) / 2) + (0.1 * (4 * 14)) / 2, 4);

    // Where they normalise, f is that of ((2 x + 1) − mean) / √(variance + ε) and the last layer.
    const at = Float32Array.of(4, 9);
    const expected = samples.x.reduce((sum, value, i) => {
      const z = (2 * value + 1 - 4) / Math.sqrt(9 + 1e-5);
      return sum + Math.log(1 + Math.exp((samples.y[i] === 0 ? -1 : 1) * z)) / 6;
    }, 0);
    expect((await model.objective(samples, 4, at).evaluate(theta)).loss).toBeCloseTo(expected, 5);
    expect(() => model.objective(samples, 4)).toThrow("the network keeps 2 running statistics; 0 were given");
    await model.dispose();
  });

  test("the gradient of micro-batches is their mean, each with batch norm of its own", async () => {
    const { samples, theta, network } = golden("mlp-bn");
    const model = engine.load(network);
    const gradient = new Float32Array(theta.length);
    const loss = await model.objective(samples, 8).lossAndGradient(theta, gradient);
    const trainer = model.trainer(samples, { sgd: { learningRate: 0.5 } }, xoroshiro128plus(1), { microBatch: 8 });
    const state = trainer.start(theta);
    const [seen] = await trainer.update(state, all(samples), samples.count);
    const whole = model.trainer(samples, { sgd: { learningRate: 0.5 } }, xoroshiro128plus(1));
    const other = whole.start(theta);
    await whole.update(other, all(samples), samples.count);
    expect(seen).toBeCloseTo(loss, 5);
    const error = norm(state.theta.map((value, i) => value - (theta[i] as number) + 0.5 * (gradient[i] as number)));
    const apart = norm(state.theta.map((value, i) => value - (other.theta[i] as number)));
    expect(error).toBeLessThan(1e-5 * norm(gradient));
    expect(apart).toBeGreaterThan(1e-2 * norm(gradient));
    await model.dispose();
  });

  test("a bias that batch norm cancels has a gradient of exactly zero", async () => {
    const { samples, theta, network } = golden("conv-c1");
    const model = engine.load(network);
    const gradient = new Float32Array(theta.length);
    await model.objective(samples, 100).lossAndGradient(theta, gradient);
    const cancelled = model.layout.parameters.filter(({ name }) => ["0.bias", "4.bias", "9.bias"].includes(name));
    expect(cancelled).toHaveLength(3);
    for (const { offset, size } of cancelled) {
      expect(new Set(gradient.subarray(offset, offset + size))).toEqual(new Set([0]));
    }
    await model.dispose();
  });

  test("how updates are cut into calls changes nothing, masks of dropout included", async () => {
    const { samples, network } = golden("mlp-plain");
    const model = engine.load({
      ...network,
      layers: [...network.layers.slice(0, 2), { layer: "dropout", rate: 0.4 }, ...network.layers.slice(2)],
    });
    const optimizer: Optimizer = { adam: { learningRate: 0.01 } };
    const run = async (calls: readonly number[]) => {
      const trainer = model.trainer(samples, optimizer, xoroshiro128plus(2));
      const state = trainer.start(model.initialise(xoroshiro128plus(4)));
      const losses: number[] = [];
      let first = 0;
      for (const steps of calls) {
        const indices = Int32Array.from({ length: steps * 8 }, (_, i) => (5 * (first * 8 + i)) % samples.count);
        losses.push(...(await trainer.update(state, indices, 8, (update) => 1 / update)));
        first += steps;
      }
      return { ...state, losses };
    };
    expect(await run([2, 1, 3])).toEqual(await run([6]));
    await model.dispose();
  });

  test("a call of no updates changes nothing", async () => {
    const { samples, theta, network } = golden("mlp-plain");
    const model = engine.load(network);
    const trainer = model.trainer(samples, { adam: { learningRate: 0.01 } }, xoroshiro128plus(2));
    const state = trainer.start(theta);
    expect(await trainer.update(state, new Int32Array(0), 8)).toHaveLength(0);
    expect(state.theta).toEqual(theta);
    expect(state.updates).toBe(0);
    await model.dispose();
  });
});

function all(samples: Samples): Int32Array {
  return Int32Array.from({ length: samples.count }, (_, i) => i);
}

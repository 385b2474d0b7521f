import { readFileSync } from "node:fs";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import type { Engine, TrainerOptions } from "../../src/engine/engine.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import type { ResolvedNetwork } from "../../src/networks/shapes.ts";
import type { Optimizer, TrainingObjective } from "../../src/spec/suite.types.ts";

interface Reference {
  readonly objective: TrainingObjective | null;
  readonly batches: readonly (readonly number[])[];
  readonly losses: readonly number[];
  readonly theta: readonly number[];
}

const fixture = JSON.parse(readFileSync(new URL("../fixtures/objectives.json", import.meta.url), "utf8")) as {
  x: number[];
  labels: number[];
  theta: number[];
  cases: Record<string, Reference>;
};

const network: ResolvedNetwork = {
  name: "small",
  input: [6],
  layers: [{ layer: "dense", units: 5 }, { layer: "batch-norm" }, { layer: "relu" }, { layer: "dense", units: 4 }],
};
const samples = { x: Float32Array.from(fixture.x), y: Int32Array.from(fixture.labels), count: 12, shape: [6] };
const momentum: Optimizer = { sgd: { learningRate: 0.05, momentum: 0.9 } };

/** @param runs batches of each call. */
async function trained(
  engine: Engine,
  batches: readonly (readonly number[])[],
  options: TrainerOptions,
  runs = [batches.length],
) {
  const model = engine.load(network);
  // Stability training's noise in the fixture is what this generator draws.
  const trainer = model.trainer(samples, momentum, xoroshiro128plus(5), options);
  const state = trainer.start(Float32Array.from(fixture.theta));
  const losses: number[] = [];
  let next = 0;
  for (const count of runs) {
    const indices = Int32Array.from(batches.slice(next, next + count).flat());
    losses.push(...(await trainer.update(state, indices, 6)));
    next += count;
  }
  await trainer.release();
  await model.dispose();
  return { state, losses };
}

const optionsOf = ({ objective }: Reference): TrainerOptions => (objective ? { objective } : {});

test.each(Object.entries(fixture.cases))("%s makes PyTorch's updates", async (_, reference) => {
  const { state, losses } = await trained(await onnxEngine({ threads: 1 }), reference.batches, optionsOf(reference));
  expect(state.updates).toBe(reference.losses.length);
  for (const [i, loss] of reference.losses.entries()) expect(losses[i]).toBeCloseTo(loss, 5);
  for (const [i, value] of reference.theta.entries()) expect(state.theta[i]).toBeCloseTo(value, 5);
});

test.each(Object.entries(fixture.cases))(
  "%s: it makes no difference how updates are cut into calls",
  async (_, reference) => {
    const engine = await onnxEngine({ threads: 1 });
    const whole = await trained(engine, reference.batches, optionsOf(reference));
    const runs = reference.batches.length === 2 ? [1, 1] : [2, 1, 2];
    const parts = await trained(engine, reference.batches, optionsOf(reference), runs);
    expect(parts.losses).toEqual(whole.losses);
    expect(parts.state.theta).toEqual(whole.state.theta);
  },
);

test("objectives are told from each other: every one ends elsewhere", () => {
  const ends = Object.values(fixture.cases).map(({ theta }) => theta[0]?.toFixed(6));
  expect(new Set(ends).size).toBe(ends.length);
});

test.each([
  ["adversarial", { adversarial: { epsilon: 0.1 } }],
  ["stability", { stability: { noise: 0.2, weight: 0.7 } }],
  ["sam", { sam: { rho: 0.3 } }],
  ["proximal", { proximal: { lambda: 0.5, steps: 2 } }],
] as const)("%s over micro-batches without batch norm is as over the whole batch", async (_, objective) => {
  const plain: ResolvedNetwork = { ...network, layers: network.layers.filter(({ layer }) => layer !== "batch-norm") };
  const engine = await onnxEngine({ threads: 1 });
  const ends: Float32Array[] = [];
  for (const microBatch of [undefined, 4]) {
    const model = engine.load(plain);
    const options = { objective, ...(microBatch === undefined ? {} : { microBatch }) };
    const trainer = model.trainer(samples, momentum, xoroshiro128plus(5), options);
    const state = trainer.start(model.initialise(xoroshiro128plus(6)));
    await trainer.update(
      state,
      Int32Array.from({ length: 24 }, (_, i) => i % 12),
      12,
    );
    ends.push(state.theta);
    await model.dispose();
  }
  const [whole, parts] = ends as [Float32Array, Float32Array];
  for (const [i, value] of whole.entries()) expect(parts[i]).toBeCloseTo(value, 5);
});

test("a convolutional network with dropout trains with every objective", async () => {
  const conv: ResolvedNetwork = {
    name: "conv",
    input: [1, 6, 6],
    layers: [
      { layer: "conv", filters: 3, kernel: 3, padding: "same" },
      { layer: "batch-norm" },
      { layer: "relu" },
      { layer: "max-pool", size: 2 },
      { layer: "flatten" },
      { layer: "dropout", rate: 0.3 },
      { layer: "dense", units: 4 },
    ],
  };
  const images = {
    x: Float32Array.from({ length: 12 * 36 }, (_, i) => Math.sin(i)),
    y: samples.y,
    count: 12,
    shape: [1, 6, 6],
  };
  const engine = await onnxEngine({ threads: 1 });
  for (const { objective } of Object.values(fixture.cases)) {
    const model = engine.load(conv);
    const trainer = model.trainer(
      images,
      { adam: { learningRate: 0.01 } },
      xoroshiro128plus(5),
      objective ? { objective } : {},
    );
    const state = trainer.start(model.initialise(xoroshiro128plus(6)));
    const all = Int32Array.from({ length: 12 * 40 }, (_, i) => i % 12);
    const losses = await trainer.update(state, all, 12);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(losses.at(-1)).toBeLessThan((losses[0] as number) * 0.8);
    await model.dispose();
  }
});

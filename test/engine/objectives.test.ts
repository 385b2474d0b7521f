import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import type { ResolvedNetwork } from "../../src/networks/shapes.ts";
import type { Optimizer, TrainingObjective } from "../../src/spec/suite.types.ts";
import { expectReference, network, objectives, references, samples, trained } from "./objective-reference.ts";

const engine = onnxEngine({ threads: 1 });
const momentum: Optimizer = { sgd: { learningRate: 0.05, momentum: 0.9 } };
const batches = [
  [0, 1, 2, 3, 4, 5],
  [6, 7, 8, 9, 10, 11],
];

test.each(references)("%s: the updates are PyTorch's", async (_, reference) => {
  expectReference(await trained(engine, reference), reference);
});

test("objectives are told from each other: every one ends elsewhere", () => {
  const ends = references.map(([, { theta }]) => theta.map((value) => value.toFixed(3)).join());
  expect(new Set(ends).size).toBe(references.length);
});

test.each(objectives)("%s: it makes no difference how updates are cut into calls", async (_, objective) => {
  const reference = { objective: objective ?? null, optimizer: momentum, batches: [...batches, ...batches] };
  const whole = await trained(engine, reference);
  const parts = await trained(engine, reference, [1, 2, 1]);
  expect(parts.losses).toEqual(whole.losses);
  expect(parts.state).toEqual(whole.state);
});

test.each([
  ["proximal with λ = 0 and one step", { proximal: { lambda: 0, steps: 1 } }, 20],
  ["sam with a tiny ρ", { sam: { rho: 1e-7 } }, 6],
  ["adversarial with all weight on the clean samples", { adversarial: { epsilon: 0.3, weight: 1 } }, 6],
  ["stability that hardly counts", { stability: { noise: 0.3, weight: 1e-9 } }, 6],
] as const)("%s is plain training", async (_, objective: TrainingObjective, digits) => {
  const plain = await trained(engine, { objective: null, optimizer: momentum, batches });
  const { state, losses } = await trained(engine, { objective, optimizer: momentum, batches });
  for (const [i, loss] of plain.losses.entries()) expect(losses[i]).toBeCloseTo(loss, digits);
  for (const [i, value] of plain.state.theta.entries()) expect(state.theta[i]).toBeCloseTo(value, digits);
});

test("proximal with λ = 0 makes its steps as if each had a batch of its own", async () => {
  const steps = { proximal: { lambda: 0, steps: 2 } };
  const found = await trained(engine, { objective: steps, optimizer: { adam: { learningRate: 0.01 } }, batches });
  const repeated = batches.flatMap((batch) => [batch, batch]);
  const expected = await trained(engine, {
    objective: null,
    optimizer: { adam: { learningRate: 0.01 } },
    batches: repeated,
  });
  expect(found.state.updates).toBe(4);
  for (const [i, loss] of expected.losses.entries()) expect(found.losses[i]).toBeCloseTo(loss, 6);
  for (const [i, value] of expected.state.theta.entries()) expect(found.state.theta[i]).toBeCloseTo(value, 6);
});

test("the learning rate's factor is asked for every update, not every batch", async () => {
  const model = engine.load(network);
  const objective = { proximal: { lambda: 0.1, steps: 3 } };
  const trainer = model.trainer(samples, momentum, xoroshiro128plus(5), { objective });
  const asked: number[] = [];
  const rate = (update: number) => {
    asked.push(update);
    return 1;
  };
  await trainer.update(trainer.start(model.initialise(xoroshiro128plus(6))), Int32Array.from(batches.flat()), 6, rate);
  expect(asked).toEqual([1, 2, 3, 4, 5, 6]);
  await model.dispose();
});

test.each(objectives)("%s over micro-batches without batch norm is as over the whole batch", async (_, objective) => {
  const layers = network.layers.filter(({ layer }) => layer !== "batch-norm");
  const ends: Float32Array[] = [];
  for (const microBatch of [undefined, 5]) {
    const model = engine.load({ ...network, layers: [{ layer: "dropout", rate: 0.2 }, ...layers] });
    const options = { ...(objective ? { objective } : {}), ...(microBatch === undefined ? {} : { microBatch }) };
    const trainer = model.trainer(samples, momentum, xoroshiro128plus(5), options);
    const state = trainer.start(model.initialise(xoroshiro128plus(6)));
    const indices = Int32Array.from({ length: 24 }, (_, i) => (5 * i) % 12);
    await trainer.update(state, indices, 12);
    ends.push(state.theta);
    await model.dispose();
  }
  const [whole, parts] = ends as [Float32Array, Float32Array];
  for (const [i, value] of whole.entries()) expect(parts[i]).toBeCloseTo(value, 5);
});

test.each(objectives)("running statistics under %s are of the batch itself, at θ", async (name, objective) => {
  const layers: ResolvedNetwork["layers"] = [{ layer: "batch-norm", statistics: "running" }, ...network.layers];
  const model = engine.load({ ...network, layers });
  const trainer = model.trainer(samples, momentum, xoroshiro128plus(5), objective ? { objective } : {});
  const state = trainer.start(model.initialise(xoroshiro128plus(6)));
  await trainer.update(
    state,
    Int32Array.from({ length: 12 }, (_, i) => i),
    12,
  );
  const updates = name === "proximal" ? 2 : 1;
  // The mean of the first feature, moved towards by a tenth at every update.
  const mean = samples.x.filter((_, i) => i % 6 === 0).reduce((sum, value) => sum + value / 12, 0);
  expect(state.running[0]).toBeCloseTo((1 - 0.9 ** updates) * mean, 5);
  await model.dispose();
});

test.each(objectives)("a convolutional network with dropout trains with %s", async (_, objective) => {
  const model = engine.load({
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
  });
  const x = Float32Array.from({ length: 12 * 36 }, (_, i) => Math.sin(i));
  const images = { x, y: samples.y, count: 12, shape: [1, 6, 6] };
  const adam: Optimizer = { adam: { learningRate: 0.01 } };
  const trainer = model.trainer(images, adam, xoroshiro128plus(5), objective ? { objective } : {});
  const state = trainer.start(model.initialise(xoroshiro128plus(6)));
  const all = Int32Array.from({ length: 12 * 40 }, (_, i) => i % 12);
  const losses = await trainer.update(state, all, 12);
  expect(losses.every(Number.isFinite)).toBe(true);
  expect(losses.at(-1)).toBeLessThan((losses[0] as number) * 0.8);
  await model.dispose();
});

import { expect, test } from "vitest";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import type { CurvePoint } from "../../src/spec/run.types.ts";
import { type TrainingTask, train } from "../../src/train/train.ts";
import { golden } from "../fixtures/golden-networks.ts";

const { network, samples } = golden("mlp-bn");
const model = onnxEngine({ threads: 1 }).load(network);
const task: TrainingTask = {
  model,
  train: samples,
  test: samples,
  optimizer: { adam: { learningRate: 0.01 } },
  plan: { batchSize: 7, updatesPerEpoch: 4, maxEpochs: 3 },
  lastBatch: "keep",
  seed: 1,
};

function completed(outcome: Awaited<ReturnType<typeof train>>) {
  if (outcome.state !== "completed") throw new Error(`training ${outcome.state}`);
  return outcome;
}

test("the curve starts before training and has a point an epoch", async () => {
  const seen: (CurvePoint | undefined)[] = [];
  const { curve, updates } = completed(await train({ ...task, onProgress: (_, point) => point && seen.push(point) }));
  expect(curve.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3]);
  expect(curve.map((point) => point.updates)).toEqual([0, 4, 8, 12]);
  expect(updates).toBe(12);
  expect(seen).toEqual(curve);
  expect(curve.at(-1)?.trainLoss).toBeLessThan(curve[0]?.trainLoss as number);
});

test("the short batch can be dropped", async () => {
  const { updates } = completed(await train({ ...task, lastBatch: "drop" }));
  expect(updates).toBe(9);
});

test("a seed determines the result, to the bit", async () => {
  const [one, same, other] = await Promise.all(
    [train(task), train(task), train({ ...task, seed: 2 })].map(async (run) => completed(await run)),
  );
  expect(same?.minimiser).toEqual(one?.minimiser);
  expect(other?.minimiser).not.toEqual(one?.minimiser);
});

test("arms of one seed start at the same point", async () => {
  const one = completed(await train(task));
  const other = completed(await train({ ...task, plan: { batchSize: 24, updatesPerEpoch: 1, maxEpochs: 1 } }));
  expect(other.start).toEqual(one.start);
});

test("training ends at the declared loss", async () => {
  const { curve } = completed(await train({ ...task, plan: { ...task.plan, maxEpochs: 200, trainLoss: 0.5 } }));
  expect(curve.at(-1)?.trainLoss).toBeLessThanOrEqual(0.5);
  expect(curve.at(-2)?.trainLoss).toBeGreaterThan(0.5);
});

test("long trainings thin their curve and keep its end", async () => {
  const { curve } = completed(await train({ ...task, plan: { batchSize: 24, updatesPerEpoch: 1, maxEpochs: 250 } }));
  expect(curve.map(({ epoch }) => epoch).slice(0, 3)).toEqual([0, 2, 4]);
  expect(curve.at(-1)?.epoch).toBe(250);
});

test("a learning rate that explodes tells the update at which it did", async () => {
  const plain = onnxEngine({ threads: 1 }).load(golden("mlp-plain").network);
  const outcome = await train({
    ...task,
    model: plain,
    optimizer: { sgd: { learningRate: 1e30 } },
  });
  expect(outcome).toMatchObject({ state: "diverged", update: 2, epoch: 1, curve: [{ epoch: 0 }] });
});

test("the schedule sets the rate of every update", async () => {
  const plan = { batchSize: 24, updatesPerEpoch: 1, maxEpochs: 2 };
  const sgd = { sgd: { learningRate: 0.1 } };
  const constant = completed(await train({ ...task, optimizer: sgd, plan }));
  // A warm-up over four epochs of which two are made: rates 0.25 and 0.5 of the full one.
  const warming = completed(await train({ ...task, optimizer: sgd, plan, schedule: { warmUpEpochs: 4 } }));
  const first = completed(
    await train({ ...task, optimizer: { sgd: { learningRate: 0.025 } }, plan: { ...plan, maxEpochs: 1 } }),
  );
  expect(warming.curve[1]?.trainLoss).toBe(first.curve[1]?.trainLoss);
  expect(warming.minimiser).not.toEqual(constant.minimiser);
});

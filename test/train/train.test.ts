import { expect, test } from "vitest";
import type { Model, Trainer } from "../../src/engine/engine.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import type { CurvePoint } from "../../src/spec/run.types.ts";
import { type TrainingPause, type TrainingTask, train } from "../../src/train/train.ts";
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

const plateau = (patience: number, minDecrease = 0) => ({
  ...task,
  optimizer: { sgd: { learningRate: 3 } },
  plan: { ...task.plan, maxEpochs: 40, plateau: { patience, minDecrease } },
});

test.each([1, 2, 4])("training ends when its loss has not been lower for %i epochs", async (patience) => {
  const { curve, epoch } = completed(await train(plateau(patience)));
  const losses = curve.slice(1).map(({ trainLoss }) => trainLoss);
  expect(epoch).toBeLessThan(40);
  expect(losses).toHaveLength(epoch);
  expect(losses.indexOf(Math.min(...losses))).toBe(losses.length - 1 - patience);
  // At no epoch before was the best so far as old.
  for (const [i] of losses.slice(0, -1).entries()) {
    const until = losses.slice(0, i + 1);
    expect(i - until.indexOf(Math.min(...until))).toBeLessThan(patience);
  }
});

test("where nothing counts as a decrease, a plateau is its patience long", async () => {
  expect(completed(await train(plateau(3, 1))).epoch).toBe(4);
});

test("without a plateau training goes on to its last epoch", async () => {
  const smooth = { ...plateau(2), optimizer: { sgd: { learningRate: 0.01 } } };
  expect(completed(await train(smooth)).epoch).toBe(40);
});

test("before training and where it ends early there is a pause to keep the state at", async () => {
  const pauses: Pick<TrainingPause, "epoch" | "endOfEpoch" | "isLast">[] = [];
  const onPause = ({ epoch, endOfEpoch, isLast }: TrainingPause) => {
    pauses.push({ epoch, endOfEpoch, isLast });
    return "go on" as const;
  };
  const { epoch } = completed(await train({ ...plateau(1), onPause }));
  expect(pauses[0]).toEqual({ epoch: 0, endOfEpoch: true, isLast: false });
  expect(pauses.filter(({ isLast }) => isLast)).toEqual([{ epoch, endOfEpoch: true, isLast: true }]);
});

const growth = { everyEpochs: 1, factor: 2, most: 24, samples: 24, lastBatch: "keep" } as const;

test("a batch that grows is what a constant one is, until it does", async () => {
  const growing = completed(await train({ ...task, plan: { ...task.plan, growth } }));
  const constant = completed(await train(task));
  // 24 samples in batches of 7, 14 and 24.
  expect(growing.curve.map(({ updates }) => updates)).toEqual([0, 4, 6, 7]);
  expect(growing.curve.slice(0, 2)).toEqual(constant.curve.slice(0, 2));
  expect(growing.curve[2]?.trainLoss).not.toBe(constant.curve[2]?.trainLoss);
});

test("progress is in epochs, whose updates may be unlike", async () => {
  const fractions: number[] = [];
  const onProgress = (fraction: number) => fractions.push(fraction);
  await train({ ...task, plan: { ...task.plan, growth }, onProgress });
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect([fractions[0], fractions.at(-1)]).toEqual([0, 1]);
  expect(fractions).toEqual(expect.arrayContaining([1 / 3, 2 / 3]));
});

test("a scaled rate is another rate", async () => {
  const at = (learningRate: number, plan: TrainingTask["plan"]) =>
    train({ ...task, optimizer: { sgd: { learningRate } }, plan }).then((outcome) => completed(outcome).minimiser);
  const scaled = await at(0.05, { ...task.plan, rateFactor: 4 });
  expect(scaled).toEqual(await at(0.2, task.plan));
  expect(scaled).not.toEqual(await at(0.05, task.plan));
});

test("every update on a batch counts", async () => {
  const objective = { proximal: { lambda: 0.1, steps: 3 } };
  const { updates, curve } = completed(
    await train({ ...task, objective, plan: { ...task.plan, updatesPerEpoch: 12 } }),
  );
  expect(updates).toBe(36);
  expect(curve.map((point) => point.updates)).toEqual([0, 12, 24, 36]);
});

/** A model that tells which images its trainers were given, and which trainers were let go of. */
function watched() {
  const trainers: { readonly x: Float32Array; released: boolean }[] = [];
  const watching: Model = {
    network: model.network,
    layout: model.layout,
    workPerCall: model.workPerCall,
    initialise: (random) => model.initialise(random),
    objective: (...parts) => model.objective(...parts),
    dispose: () => model.dispose(),
    trainer: (given, ...parts) => {
      const trainer: Trainer = model.trainer(given, ...parts);
      const entry = { x: given.x.slice(), released: false };
      trainers.push(entry);
      return {
        start: (theta) => trainer.start(theta),
        update: (...args) => {
          if (entry.released) throw new Error("this trainer was released");
          return trainer.update(...args);
        },
        release: () => {
          entry.released = true;
          return trainer.release();
        },
      };
    },
  };
  return { watching, trainers };
}

const images = { ...samples, shape: [1, 4, 5] };
const augmenting: TrainingTask = { ...task, train: images, augment: { flip: true, rotate: 15, shift: 0.1 } };

test("every epoch has augmented images of its own, whose trainer is let go of after it", async () => {
  const { watching, trainers } = watched();
  const { curve, minimiser } = completed(await train({ ...augmenting, model: watching }));
  const [plain, ...changed] = trainers;
  expect(changed).toHaveLength(3);
  expect(changed.every(({ released }) => released)).toBe(true);
  expect(plain?.x).toEqual(samples.x);
  expect(new Set(trainers.map(({ x }) => x.join())).size).toBe(4);
  const unchanged = completed(await train({ ...augmenting, model: watching, augment: {} }));
  expect(unchanged.curve[0]).toEqual(curve[0]);
  expect(unchanged.minimiser).not.toEqual(minimiser);
  // The curve is of the images as they are.
  const { loss } = await model.objective(samples, 5000).evaluate(minimiser);
  expect(curve.at(-1)?.trainLoss).toBe(loss);
});

test("augmented images are the same whatever the epochs, optimiser and batches, and others at another seed", async () => {
  const imagesOf = async (more: Partial<TrainingTask>) => {
    const { watching, trainers } = watched();
    await train({ ...augmenting, ...more, model: watching });
    return trainers.slice(1, 3).map(({ x }) => x);
  };
  const known = await imagesOf({});
  const other = {
    optimizer: { sgd: { learningRate: 0.1 } },
    plan: { batchSize: 24, updatesPerEpoch: 1, maxEpochs: 2 },
  };
  expect(await imagesOf(other)).toEqual(known);
  expect((await imagesOf({ seed: 2 }))[0]).not.toEqual(known[0]);
});

test("augmented images are let go of where training is stopped", async () => {
  const { watching, trainers } = watched();
  let pauses = 0;
  const onPause = () => (++pauses === 2 ? ("stop" as const) : ("go on" as const));
  expect(await train({ ...augmenting, model: watching, onPause })).toEqual({ state: "stopped" });
  expect(trainers.map(({ released }) => released)).toEqual([false, true]);
});

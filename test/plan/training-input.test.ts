// Keys of trials as suite files declare them: what is written there and has no part in a training changes none.
import { expect, test } from "vitest";
import { arm, planned, type SuiteSketch, small, trialOf } from "./planned-suite.ts";

const train = { ...arm.train, schedule: { warmUpEpochs: 1 } };
const base = {
  arms: { A: { ...arm, train }, warm: { extends: "A", train: { start: { arm: "A", epoch: 2 } } } },
  measure: { accuracy: { metric: "accuracy", on: "train" } },
} satisfies SuiteSketch;

const trainings = (sketch: SuiteSketch) => planned(sketch).map(({ keys }) => keys.training);
const inAnyOrder = (sketch: SuiteSketch) => trainings(sketch).toSorted();
const claim = (statement: string, reference: string) => ({
  statement,
  source: "Table 1",
  assert: [{ less: [reference, 1] }],
});

/** An object with its keys, and those of all in it, in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, part]) => [key, reversed(part)]),
  );
}

test.each<[string, SuiteSketch]>([
  ["the claims", { ...base, claims: { other: claim("Another statement.", "warm.accuracy") } }],
  ["the arms' names", { arms: { B: base.arms.A, next: { extends: "B", train: { start: { arm: "B", epoch: 2 } } } } }],
  [
    "the network's name",
    {
      arms: { ...base.arms, A: { ...base.arms.A, network: "renamed" } },
      networks: { renamed: { ...small, name: "n" } },
    },
  ],
  [
    "the data files' names",
    { arms: { ...base.arms, A: { ...base.arms.A, data: { files: { train: "c.st", test: "d.st" } } } } },
  ],
  ["what is measured", { ...base, measure: { ...base.measure, moved: { metric: "distance" } } }],
  ["an arm more", { arms: { ...base.arms, more: { ...arm, train: { ...train, batch: 4 } } } }],
])("%s: no training has another key", (_, sketch) => {
  expect(trainings(sketch).slice(0, 2)).toEqual(trainings(base));
});

test("the order in which arms and settings are written changes no key", () => {
  const backwards = { ...base, arms: reversed(base.arms) as typeof base.arms };
  expect(Object.keys(backwards.arms)).toEqual(["warm", "A"]);
  expect(inAnyOrder(backwards)).toEqual(inAnyOrder(base));
});

test("a measurement's key has its settings in it and not its name", () => {
  const keys = (measure: object) => {
    const claims = { some: claim("A statement.", `A.${Object.keys(measure)[0]}`) };
    return trialOf(planned({ ...base, measure, claims }), "A").keys.measurements;
  };
  const known = keys(base.measure)["accuracy"];
  expect(known).toMatch(/^[0-9a-f]{64}$/);
  expect(keys({ renamed: { on: "train", metric: "accuracy" } })["renamed"]).toBe(known);
  expect(keys({ accuracy: { metric: "accuracy", on: "test" } })["accuracy"]).not.toBe(known);
});

const withTrain = (more: object) => ({ arms: { ...base.arms, A: { ...arm, train: { ...train, ...more } } } });

test.each<[string, SuiteSketch]>([
  ["learning rate", withTrain({ optimizer: { sgd: { learningRate: 0.051 } } })],
  ["momentum", withTrain({ optimizer: { sgd: { learningRate: 0.05, momentum: 0.5 } } })],
  ["batch", withTrain({ batch: 6 })],
  ["last batch", withTrain({ lastBatch: "drop" })],
  ["micro-batch", withTrain({ microBatch: 2 })],
  ["schedule", withTrain({ schedule: { warmUpEpochs: 2 } })],
  ["layers", { ...base, networks: { small: { ...small, layers: [{ layer: "dense", units: 5 }] } } }],
])("another %s is another training, of the arm and of what starts from it", (_, sketch) => {
  const [before, after] = [trainings(base), trainings(sketch)];
  expect(after[0]).not.toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
});

test.each([
  ["epochs", { epochs: 6 }, true],
  ["updates", { updates: 26 }, true],
  ["loss to stop at", { trainLoss: 0.1, maxEpochs: 50 }, true],
  // Thinner curves.
  ["long training", { epochs: 200 }, false],
])("another end (%s) is another trial", (_, stop, same) => {
  const [before, after] = [base, withTrain({ stop })].map((sketch) => trialOf(planned(sketch), "A"));
  expect(after?.keys.trial).not.toBe(before?.keys.trial);
  expect(after?.keys.training === before?.keys.training).toBe(same);
});

test("batches of equal size are one training, however they are written", () => {
  const share = trainings(withTrain({ batch: "25%" }));
  expect(share).toEqual(trainings(withTrain({ batch: 6 })));
});

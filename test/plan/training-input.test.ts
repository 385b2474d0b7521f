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
  ["batch growth", withTrain({ batchGrowth: { everyEpochs: 1, factor: 2 } })],
  ["scaled rate", withTrain({ rateScaling: { rule: "linear", from: 10 } })],
  ["objective", withTrain({ objective: { sam: { rho: 0.05 } } })],
  ["augmentation", withTrain({ augment: { rotate: 10 } })],
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
  ["plateau", { plateau: { patience: 2 }, maxEpochs: 50 }, true],
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

test("plateaus of other patience, decrease or last epoch are other trials of one training", () => {
  const plateaus = [
    { plateau: { patience: 2 }, maxEpochs: 50 },
    { plateau: { patience: 3 }, maxEpochs: 50 },
    { plateau: { patience: 2, minDecrease: 0.1 }, maxEpochs: 50 },
    { plateau: { patience: 2 }, maxEpochs: 60 },
    { trainLoss: 0.1, maxEpochs: 50 },
    { epochs: 50 },
  ];
  const trials = plateaus.map((stop) => trialOf(planned(withTrain({ stop })), "A").keys);
  expect(new Set(trials.map(({ trial }) => trial)).size).toBe(plateaus.length);
  expect(new Set(trials.map(({ training }) => training)).size).toBe(1);
});

test("a rate that is scaled is the training at that rate", () => {
  const scaled = { rateScaling: { rule: "square-root", from: 20 } };
  const half = { optimizer: { sgd: { learningRate: 0.025 } } };
  expect(trainings(withTrain(scaled))).toEqual(trainings(withTrain(half)));
});

test("the largest batch of one that grows may be said or left to the training set", () => {
  const growth = { everyEpochs: 1, factor: 2 };
  const trained = (more: object) => trainings(withTrain({ batchGrowth: { ...growth, ...more } }));
  expect(trained({ most: "100%" })).toEqual(trained({}));
  expect(trained({ most: 10 })).not.toEqual(trained({}));
});

// Of version 0.1.0: results of earlier runs stay valid only while these stay as they are.
test.each([
  [
    "plain",
    "96f0ceefb83d076424f25f1f8ef50a166ce826c782c72509a30a2e1ba6478cf6",
    "0f7b283b7eeef553f9bd3e13ac22799be103cc452fd9270b93659126f671fb6e",
    "a0458b3e7ceaba5599845aa2fcb0d5c7b0500eef669a89cc31f9e0ee6be07b25",
  ],
  [
    "shaped",
    "96542908e9c78eac9461a9ad0cc048c0fc69787b4e1379d205fcc98c83ce51e3",
    "33a84b87f8f7c605691f1ae040b54c78d798864f35974f10609b69313e7cdc29",
    "00b2c3b3b7c05ded07d2c140d4b163132954eedfd604f3679b2ecd873452262b",
  ],
  [
    "loss",
    "96f0ceefb83d076424f25f1f8ef50a166ce826c782c72509a30a2e1ba6478cf6",
    "ce5e7d04e57e8f655bfbd5ee617d98002fbe94423da45313c8ff416d6c1b5115",
    "23012d8c3763068997407b76da31ad581005e69bbcd507a73ccc6d118091955b",
  ],
  [
    "warm",
    "ee7402c02170087f0f4c016fd59d361e4dd8a5be766b09769a75dce5e2df4e61",
    "3b97243c465518f6ea0ac20b3f1e4e01648ecb2b8edb09667c22b78a01b762b8",
    "aea06a518936d319c176f840561a97f25646da64c819bdf84fd76711ad444111",
  ],
  [
    "set",
    "a983ac6d5d6dd5055834e6d09c5c0bf39d892cc64bc194de3b53d6559e8e2770",
    "44aa0cd5c2996236a242abeb245a9b50bf1b00ee2b81bfaf4ed8ecc8ed9a7a68",
    "af44a89c1035d3befabc188cecf9f3927819f76210693579d241a1cc068cb8ec",
  ],
])("the keys of earlier runs stay: %s", (name, training, trial, accuracy) => {
  const shaped = { batch: "25%", lastBatch: "drop", microBatch: 2, schedule: { warmUpEpochs: 1, decay: "cosine" } };
  const arms = {
    plain: arm,
    shaped: { ...arm, train: { ...arm.train, ...shaped } },
    loss: { ...arm, train: { ...arm.train, stop: { trainLoss: 0.1, maxEpochs: 50 } } },
    warm: { extends: "plain", train: { start: { arm: "plain", epoch: 2 } } },
    set: {
      network: { input: [784], layers: [{ layer: "dense", units: 10 }] },
      data: { set: "mnist", train: 24, test: 24 },
      train: arm.train,
    },
  };
  expect(trialOf(planned({ arms }), name).keys).toEqual({ training, trial, measurements: { accuracy } });
});

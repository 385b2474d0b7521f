import { expect, test } from "vitest";
import { changed, failure, marked, read } from "./suite-under-test.ts";

const LB = '{ "extends": "SB", "train": { "batch": "10%" } }';
const lb = (train: string, more = "") => `{ "extends": "SB", ${more} "train": { ${train} } }`;
const inline = (input: string) =>
  `{ "input": ${input}, "layers": [{ "layer": "flatten" }, { "layer": "dense", "units": 10 }] }`;

const wrong = [
  [
    '"network": "plain"',
    '"network": ▶"plane"',
    'there is no network "plane"; did you mean "plain"? (known: plain, normed',
  ],
  ['"network": "plain"', '"network": ▶"toString"', 'there is no network "toString"'],
  ['"network": "plain"', '"network": ▶"./nope.json"', "there is no network file ./nope.json"],
  [
    '"network": "plain"',
    '"network": ▶"image-3"',
    "network image-3 takes [3, 32, 32]; a sample of mnist is [1, 28, 28]",
  ],
  ['"network": "plain"', `"network": ▶${inline("[28, 28, 1]")}`, "takes [28, 28, 1]; a sample of mnist is [1, 28, 28]"],
  [
    '"network": "plain"',
    `"network": ▶${inline("[785]")}`,
    "takes [785]; a sample of mnist is [1, 28, 28], 784 numbers",
  ],
  [
    '"network": "plain"',
    '"network": ▶{ "input": [1, 28, 28], "layers": [{ "layer": "dense", "units": 10 }] }',
    "layer 0 (dense) needs a flat input; it gets [1,28,28]: put a flatten layer before it",
  ],
  [
    '"space": "full"',
    '"space": { "random": ▶7851 }',
    "sharpness draws a subspace of 7851 dimensions; plain has 7850 parameters",
  ],
  ['"SB": {\n      "network": "plain",', '▶"SB": {', "arm SB lacks network"],
  [
    LB,
    `${LB}, ▶"X": { "network": "plain" }, "Y": { "extends": "X" }`,
    "arm X lacks data, train.batch, train.optimizer",
  ],
  ['"extends": "SB"', '"extends": ▶"SX"', 'there is no arm "SX"; did you mean "SB"?'],
  ['"extends": "SB"', '"extends": ▶"constructor"', 'there is no arm "constructor"'],
  ['"extends": "SB"', '"extends": ▶"LB"', "arms extend each other in a circle: LB → LB"],
  ['"SB": {', '"SB": { "extends": ▶"LB",', "arms extend each other in a circle: SB → LB → SB"],
  ['"SB": {', '"SB": { "extends": ▶"SX",', 'there is no arm "SX"'],
  ['{ "epochs": 2 }', '{ "updatesOf": ▶"SX" }', 'there is no arm "SX"; did you mean "SB"?'],
  ['{ "epochs": 2 }', '{ "updatesOf": ▶"LB" }', 'the updates of "LB" are not known beforehand'],
  [LB, lb('"stop": { "updatesOf": ▶"LB" }'), 'the updates of "LB" are not known beforehand'],
  [
    LB,
    `${lb('"stop": { "trainLoss": 0.1, "maxEpochs": 9 }')}, "E": ${lb('"stop": { "updatesOf": ▶"LB" }')}`,
    "are not known beforehand",
  ],
  ['"train": 1000', '"train": ▶70000', "mnist has 60000 training samples; 70000 were asked for"],
  ['"test": 500', '"test": ▶70000', "mnist has 10000 test samples; 70000 were asked for"],
  ['"batch": 32', '"batch": ▶1001', "arm SB: a batch of 1001 is larger than its training set of 1000"],
  ['"10%"', '▶"100.5%"', "arm LB: a batch of 1005 is larger than its training set of 1000"],
  ['"10%"', '▶"0.001%"', "arm LB: 0.001% of 1000 training samples is less than one"],
  [LB, lb('"batch": ▶1', '"network": "normed",'), "arm LB: batch normalisation needs at least 2 samples a batch"],
  [LB, lb('"batch": ▶1', '"network": "running",'), "batch normalisation needs at least 2 samples a batch"],
  [
    LB,
    lb('"batch": ▶27', '"network": "normed",'),
    'would have 1 sample, too few for batch normalisation; set "lastBatch": "drop"',
  ],
  [LB, lb('"microBatch": ▶101, "batch": 100'), "arm LB: a micro-batch of 101 is larger than its batch of 100"],
  [
    LB,
    lb('"batch": "10%", ▶"microBatch": 50', '"network": "normed",'),
    'has other statistics than over the batch; declare "ghostBatchNorm": true',
  ],
  [
    LB,
    lb('"batch": "10%", "ghostBatchNorm": true, "microBatch": ▶1', '"network": "normed",'),
    "arm LB: some micro-batches would have 1 sample, too few for batch normalisation",
  ],
  [
    LB,
    // The last batch has 3 samples: parts of 1 and 2.
    lb('"batch": 997, "ghostBatchNorm": true, "microBatch": ▶2', '"network": "normed",'),
    "arm LB: some micro-batches would have 1 sample",
  ],
  [LB, lb('"batch": "10%", ▶"ghostBatchNorm": true'), "arm LB: ghostBatchNorm needs a microBatch"],
  [
    '"maximiser": [',
    '"samples": ▶1001, "maximiser": [',
    "sharpness asks for 1001 training samples; an arm has only 1000",
  ],
] as const;

test.each(wrong)("%s → %s is refused, once", (from, to, message) => {
  const { text, line, column } = marked(changed(from, to));
  const error = failure(() => read(text));
  expect(error.message).toContain(message);
  expect(error.message).not.toContain("\n");
  expect(error).toMatchObject({ code: "suite-invalid", location: { file: "suite.json", line, column } });
});

test.each([
  ["a flat network takes images", '"network": "plain"', '"network": "plain"'],
  ["an image network takes images of its shape", '"network": "plain"', '"network": "image"'],
  ["a random subspace may have the dimensions of the whole", '"space": "full"', '"space": { "random": 7850 }'],
  ["a batch may be the whole training set", '"10%"', '"100%"'],
  ["a batch of one suits a network without batch normalisation", '"10%"', '"0.1%"'],
  ["a last batch of one may be dropped", LB, lb('"batch": 27, "lastBatch": "drop"', '"network": "normed",')],
  ["a last batch of one suits a network without batch normalisation", '"10%"', "27"],
  [
    "declared ghost batch norm takes micro-batches",
    LB,
    lb('"batch": "10%", "microBatch": 34, "ghostBatchNorm": true', '"network": "normed",'),
  ],
  ["a network without batch norm takes micro-batches of one", LB, lb('"batch": "10%", "microBatch": 1')],
  ["another arm's updates may end training", LB, lb('"stop": { "updatesOf": "SB" }')],
  [
    "files are not looked into",
    '{ "set": "mnist", "train": 1000, "test": 500 }',
    '{ "files": { "train": "a", "test": "b" } }',
  ],
])("%s", (_, from, to) => {
  expect(read(changed(from, to)).arms.map(({ name }) => name)).toEqual(["SB", "LB"]);
});

test("extends goes over several arms, and the nearest setting wins", () => {
  const { arms } = read(changed(LB, `${LB}, "XL": { "extends": "LB", "train": { "stop": { "updates": 9 } } }`));
  expect(arms[2]).toMatchObject({
    name: "XL",
    networkName: "plain",
    data: { set: "mnist", train: 1000, test: 500 },
    regime: { batch: "10%", optimizer: { adam: { learningRate: 0.001 } }, stop: { updates: 9 } },
  });
});

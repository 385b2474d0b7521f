import { expect, test } from "vitest";
import { changed, failure, marked, read } from "./suite-under-test.ts";

const ADAM = '{ "adam": { "learningRate": 0.001 } }';
const GREATER = '{ "greater": ["SB.accuracy", "LB.accuracy"] }';
const DATA = '{ "set": "mnist", "train": 1000, "test": 500 }';
const STOPS = "epochs, updates, updatesOf, trainLoss, plateau";
const ASSERTIONS =
  "greater, less, ratio, difference, within, combination, equivalent, ordered, trend, changePoint, noPeakThenDecay, ratioAtLoss, correlation, maximisersAgree, consistent, not";
const unions = [
  [ADAM, "▶{}", "expected one of the keys adam, sgd"],
  [ADAM, '▶"adam"', 'expected an object with "adam" or "sgd" or "adagrad"; found "adam"'],
  [ADAM, '{ "adam": ▶{} }', '"learningRate" is missing'],
  [ADAM, '{ "adam": ▶0.1 }', "expected an object, found 0.1"],
  [ADAM, '{ "adam": { "learningRate": 1 }, ▶"sgd": { "learningRate": 1 } }', '"adam" and "sgd" exclude each other'],
  [ADAM, '{ "sgd": { "learningRate": 1 }, ▶"adam": { "learningRate": 1 } }', '"adam" and "sgd" exclude each other'],
  [ADAM, '▶{ "rmsprop": {} }', 'expected one of the keys adam, sgd, adagrad, found "rmsprop"'],
  ['{ "epochs": 2 }', "▶{}", `expected one of the keys ${STOPS}`],
  [
    '{ "epochs": 2 }',
    "▶2",
    'expected an object with "epochs" or "updates" or "updatesOf" or "trainLoss" or "plateau"; found 2',
  ],
  ['{ "epochs": 2 }', '{ "epochs": 2, ▶"updates": 3 }', '"epochs" and "updates" exclude each other'],
  ['{ "epochs": 2 }', '▶{ "trainLoss": 2 }', '"maxEpochs" is missing'],
  ['{ "epochs": 2 }', '▶{ "maxEpochs": 2 }', `expected one of the keys ${STOPS}, found "maxEpochs"`],
  [DATA, "▶{}", "expected one of the keys set, files, surrogate"],
  [DATA, "▶3", '"timit", or an object with "set" or "files" or "surrogate" or "plugin"; found 3'],
  [DATA, '{ "set": "mnist", ▶"files": {} }', '"set" and "files" exclude each other'],
  [GREATER, "▶{}", `expected one of the keys ${ASSERTIONS}`],
  [GREATER, '▶{ "atLeast": 3 }', `expected one of the keys ${ASSERTIONS}, found "atLeast"`],
  [
    GREATER,
    '{ "less": ["SB.accuracy", 1], ▶"greater": ["SB.accuracy", 1] }',
    '"greater" and "less" exclude each other',
  ],
  [GREATER, '▶{ "ratio": ["SB.accuracy", "LB.accuracy"] }', '"above" is missing'],
  [GREATER, '{ "within": ▶3, "range": [0, 1] }', "or an array; found 3"],
  [GREATER, '{ "greater": ["SB.accuracy", ▶null] }', "or a number; found null"],
  ['"space": "full"', '"space": ▶{}', '"random" is missing'],
  ['"metric": "accuracy", ', "", '"metric" is missing: one of sharpness, accuracy, loss'],
] as const;

test.each(unions)("%s → %s names what is expected, once", (from, to, message) => {
  const { text, line, column } = marked(changed(from, to));
  const error = failure(() => read(text));
  if (to.includes("▶")) expect(error.location).toEqual({ file: "suite.json", line, column });
  expect(error.message).toContain(message);
  expect(error.message).not.toContain("\n");
});

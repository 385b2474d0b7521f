import { expect, test } from "vitest";
import { changed, failure, marked, read } from "./suite-under-test.ts";

const words = [
  ["maximiser", '["scaled", "sign-ascent"]', '[▶"scale"]', 'found "scale"; did you mean "scaled"?'],
  ["metric", '"metric": "accuracy"', '"metric": ▶"acuracy"', 'unknown metric "acuracy"; did you mean "accuracy"?'],
  ["metric of another type", '"metric": "accuracy"', '"metric": ▶3', "unknown metric 3 (known: sharpness, accuracy"],
  ["data set", '"set": "mnist"', '"set": ▶"mnits"', 'found "mnits"; did you mean "mnist"?'],
  [
    "data set, short",
    '{ "set": "mnist", "train": 1000, "test": 500 }',
    '▶"imagenet"',
    'expected one of "mnist", "fashion-mnist", "cifar-10", "cifar-100", "timit"; found "imagenet"',
  ],
  ["split", '"on": "test"', '"on": ▶"tests"', 'expected one of "train", "test"; found "tests"; did you mean "test"?'],
  [
    "epoch",
    '"on": "test"',
    '"on": "test", "at": ▶"last"',
    'expected one of "end", "best", "peak-minus-end", "every-epoch"; found "last"',
  ],
  ["space", '"space": "full"', '"space": ▶"ful"', 'did you mean "full"?'],
  ["columns", '"space": "full"', '"space": { "random": 9, "columns": ▶"gauss" }', 'did you mean "gaussian"?'],
  ["last batch", '"batch": 32', '"batch": 32, "lastBatch": ▶"skip"', 'expected one of "keep", "drop"; found "skip"'],
  [
    "layer",
    '"plain"',
    '{ "input": [784], "layers": [{ "layer": ▶"dens", "units": 1 }] }',
    'unknown layer "dens"; did you mean "dense"?',
  ],
  [
    "padding",
    '"plain"',
    '{ "input": [784], "layers": [{ "layer": "max-pool", "size": 2, "padding": ▶"sam" }] }',
    'did you mean "same"?',
  ],
  ["profile", '"seeds": 3', '"seeds": 3, "profiles": { ▶"quik": {} }', 'unknown key "quik"; did you mean "quick"?'],
] as const;

test.each(words)("an unknown word is located with those that are known: %s", (_, from, to, message) => {
  const { text, line, column } = marked(changed(from, to));
  const error = failure(() => read(text));
  expect(error).toMatchObject({ code: "suite-invalid", location: { line, column } });
  expect(error.message).toContain(message);
  expect(error.message).not.toContain("\n");
});

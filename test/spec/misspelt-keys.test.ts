import { expect, test } from "vitest";
import { changed, failure, marked, read } from "./suite-under-test.ts";

const LAYERS = '{ "input": [784], "layers": [{ "layer": "conv", "filters": 3, "kernel": 3, ▶"pading": 1 }] }';
const keys = [
  ["suite", '"seeds": 3', '"seeds": 3, ▶"titel": "x"', "titel", "title"],
  ["suite, a required key", '"seeds": 3', '▶"seed": 3', "seed", "seeds"],
  ["arm", '"extends": "SB"', '▶"extend": "SB"', "extend", "extends"],
  ["train", '{ "batch": "10%" }', '{ ▶"bacth": "10%" }', "bacth", "batch"],
  ["adam, a required key", '"learningRate": 0.001', '▶"learning_rate": 0.001', "learning_rate", "learningRate"],
  ["adam", '"learningRate": 0.001', '"learningRate": 0.001, ▶"beta_1": 0.9', "beta_1", "beta1"],
  ["optimizer", '{ "adam": {', '{ ▶"Adam": {', "Adam", "adam"],
  ["stop", '{ "epochs": 2 }', '{ ▶"epoch": 2 }', "epoch", "epochs"],
  ["data", '"test": 500', '▶"tets": 500', "tets", "test"],
  ["measurement", '"maximiser": [', '▶"maximizer": [', "maximizer", "maximiser"],
  ["measurement, its tag", '"metric": "accuracy"', '▶"metrik": "accuracy"', "metrik", "metric"],
  ["claim", '"source": "Table 2"', '▶"sorce": "Table 2"', "sorce", "source"],
  ["assertion", '"above": 1', '"above": 1, ▶"at_least": 2', "at_least", "atLeast"],
  ["assertion, a required key", '"above": 1', '▶"abov": 1', "abov", "above"],
  ["assertion, its kind", '{ "greater": [', '{ ▶"grater": [', "grater", "greater"],
  ["space", '"space": "full"', '"space": { ▶"rand": 100 }', "rand", "random"],
  ["layer", '"network": "plain"', `"network": ${LAYERS}`, "pading", "padding"],
  [
    "network",
    '"network": "plain"',
    '"network": { "input": [784], ▶"layer": [{ "layer": "relu" }] }',
    "layer",
    "layers",
  ],
  [
    "repeat",
    '"network": "plain"',
    '"network": { "input": [784], "layers": [{ "repeat": 3, ▶"layer": [] }] }',
    "layer",
    "layers",
  ],
  ["profile", '"seeds": 3', '"seeds": 3, "profiles": { "smoke": { ▶"seed": 2 } }', "seed", "seeds"],
  ["variant", '"seeds": 3', '"seeds": 3, "matrix": { "size": { "S": { ▶"arm": {} } } }', "arm", "arms"],
] as const;

test.each(keys)("a misspelt key is said once and mended: %s", (_, from, to, key, meant) => {
  const { text, line, column } = marked(changed(from, to));
  const error = failure(() => read(text));
  expect(error).toMatchObject({ code: "suite-invalid", exitCode: 2, location: { file: "suite.json", line, column } });
  expect(error.message).toMatch(new RegExp(`^unknown key "${key}"; did you mean "${meant}"\\?.*$`));
});

test("a key like no other gets the list, no suggestion", () => {
  const error = failure(() => read(changed('"on": "test"', '"on": "test", "colour": 1')));
  expect(error.message).toBe('unknown key "colour" (known: metric, on, at, arms)');
});

test("a very long key is cut", () => {
  const error = failure(() => read(changed('"on": "test"', `"on": "test", "${"x".repeat(100_000)}": 1`)));
  expect(error.message.length).toBeLessThan(200);
});

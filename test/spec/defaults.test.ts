import { expect, test } from "vitest";
import { changed, read, SUITE } from "./suite-under-test.ts";

test("a suite is completed with the defaults", () => {
  expect(read(SUITE)).toMatchObject({ id: "demo", title: "demo", seeds: [0, 1, 2], confidence: 0.95 });
});

test("an arm is completed with the defaults", () => {
  expect(read(changed('{ "set": "mnist", "train": 1000, "test": 500 }', '"mnist"')).arms[0]).toMatchObject({
    name: "SB",
    networkName: "plain",
    data: { set: "mnist" },
    regime: {
      batch: 32,
      optimizer: { adam: { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } },
      stop: { epochs: 2 },
      lastBatch: "keep",
    },
  });
});

test("SGD has no momentum unless declared", () => {
  const { arms } = read(changed('{ "adam": { "learningRate": 0.001 } }', '{ "sgd": { "learningRate": 0.1 } }'));
  expect(arms[0]?.regime.optimizer).toEqual({ sgd: { learningRate: 0.1, momentum: 0 } });
});

const maximiser = ["scaled"];
test.each([
  [{ metric: "accuracy", on: "test" }, { at: "end" }],
  [{ metric: "loss", on: "train", at: "best" }, { at: "best" }],
  [{ metric: "distance" }, {}],
  [
    { metric: "gradient-norm", samples: 9 },
    { evaluationBatch: 5000, samples: 9 },
  ],
  [{ metric: "top-eigenvalue" }, { iterations: 50, tolerance: 1e-3, evaluationBatch: 5000 }],
  [{ metric: "sharpness", space: "full", epsilon: [1], maximiser }, { evaluationBatch: 5000 }],
  [
    { metric: "sharpness", space: { random: 7 }, epsilon: [1], maximiser, evaluationBatch: 8 },
    { space: { random: 7, draws: 5, columns: "gaussian" }, evaluationBatch: 8 },
  ],
])("%j is completed with the defaults", (measurement, defaults) => {
  const { arms } = read(changed('"measure": {', `"measure": { "extra": ${JSON.stringify(measurement)},`));
  for (const arm of arms) expect(arm.measure["extra"]).toEqual({ ...measurement, ...defaults });
});

test("a claim knows its line and its pointers", () => {
  const { claims } = read(
    changed('"source": "Table 2"', '"source": "Table 2", "published": "p#/a", "registry": "C01"'),
  );
  expect(claims.map(({ id, line, published }) => [id, line, published])).toEqual([
    ["gap", 17, ["p#/a"]],
    ["sharper", 22, []],
  ]);
});

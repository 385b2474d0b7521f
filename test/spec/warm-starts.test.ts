import { expect, test } from "vitest";
import { readSuite } from "../../src/spec/read-suite.ts";
import type { SuiteContext } from "../../src/spec/suite-context.ts";

const context: SuiteContext = {
  readNetwork: () => undefined,
  networkNames: [],
  dataSetSize: () => ({ train: 60_000, test: 10_000, shape: [1, 28, 28] }),
  hasDataSet: () => true,
};
const network = { input: [784], layers: [{ layer: "dense", units: 10 }] };
const SB = {
  network,
  data: "mnist",
  train: { batch: 32, optimizer: { sgd: { learningRate: 0.1 } }, stop: { epochs: 5 } },
};

function read(arms: object) {
  const claims = { claim: { statement: "x", source: "p. 1", assert: [{ greater: ["SB.accuracy", 0] }] } };
  const measure = { accuracy: { metric: "accuracy", on: "test" } };
  const text = JSON.stringify({ suite: "warm", seeds: 1, arms, measure, claims });
  return readSuite({ file: "suite.json", text, sha256: "" }, context);
}

test("a warm start is complete once it is read", () => {
  const { arms } = read({ SB, warm: { extends: "SB", train: { start: { arm: "SB", epoch: 5 } } } });
  expect(arms.map(({ regime }) => regime.start)).toEqual([undefined, { arm: "SB", epoch: 5, optimizerState: "fresh" }]);
});

test.each([
  [{ warm: { extends: "SB", train: { start: { arm: "BS", epoch: 1 } } } }, 'there is no arm "BS"'],
  [
    { warm: { extends: "SB", train: { start: { arm: "SB", epoch: 6 } } } },
    "arm SB trains 5 epochs; there is no epoch 6 of it",
  ],
  [
    {
      warm: {
        extends: "SB",
        network: {
          ...network,
          layers: [
            { layer: "dense", units: 9 },
            { layer: "dense", units: 10 },
          ],
        },
        train: { start: { arm: "SB", epoch: 1 } },
      },
    },
    "it cannot start from SB",
  ],
  [
    {
      a: { extends: "SB", train: { start: { arm: "b", epoch: 1 } } },
      b: { extends: "SB", train: { start: { arm: "a", epoch: 1 } } },
    },
    "arms start from each other in a circle: a → b → a",
  ],
  [{ warm: { extends: "SB", train: { start: { arm: "warm", epoch: 1 } } } }, "in a circle: warm → warm"],
  [
    {
      warm: {
        ...SB,
        train: {
          ...SB.train,
          optimizer: { adam: { learningRate: 0.1 } },
          start: { arm: "SB", epoch: 1, optimizerState: "carried" },
        },
      },
    },
    "the state of SB's sgd cannot be carried on with adam",
  ],
])("what cannot be a warm start is told: %j", (arms, message) => {
  expect(() => read({ SB, ...arms })).toThrow(message);
});

// Suites that train in a moment: a network of 8 hidden units on few samples.

/** 784-8-10. */
export const tinyNetwork = {
  input: [784],
  layers: [{ layer: "dense", units: 8 }, { layer: "relu" }, { layer: "dense", units: 10 }],
};

const claim = { statement: "A statement.", source: "p. 1" };

/** An accuracy no network can miss, even with two seeds and their wide interval. */
export const holds = { ...claim, assert: [{ greater: ["SB.trainAccuracy", -20] }] };
/** No accuracy exceeds 1, wide as the interval of two seeds may be. */
export const fails = { ...claim, assert: [{ greater: ["SB.trainAccuracy", 20] }] };
/** With one seed there is no interval. */
export const open = { ...claim, assert: [{ greater: ["SB.trainLoss", "LB.trainLoss"] }] };

export interface SuiteParts {
  readonly claims?: object;
  readonly network?: unknown;
  readonly data?: unknown;
  readonly train?: object;
  readonly measure?: object;
  readonly seeds?: number;
}

/** Two arms, small and large batch, on MNIST digits. */
export function tinySuite(parts: SuiteParts = {}) {
  const sgd = { optimizer: { sgd: { learningRate: 0.05 } }, stop: { epochs: 2 } };
  return {
    suite: "tiny",
    seeds: parts.seeds ?? 2,
    arms: {
      SB: {
        network: parts.network ?? tinyNetwork,
        data: parts.data ?? { set: "mnist", train: 256, test: 128 },
        train: { batch: 16, ...sgd, ...parts.train },
      },
      LB: { extends: "SB", train: { batch: 128 } },
    },
    measure: parts.measure ?? {
      trainAccuracy: { metric: "accuracy", on: "train" },
      trainLoss: { metric: "loss", on: "train" },
    },
    claims: parts.claims ?? { holds },
  };
}

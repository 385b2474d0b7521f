import { expect, test } from "vitest";
import { planTraining } from "../../src/plan/training-plan.ts";
import type { Arm, Suite } from "../../src/spec/run.types.ts";
import type { StopRule } from "../../src/spec/suite.types.ts";

function arm(name: string, batch: number | string, stop: StopRule, lastBatch: "keep" | "drop" = "keep"): Arm {
  return {
    name,
    networkName: "n",
    network: { input: [2], layers: [{ layer: "dense", units: 2 }] },
    data: { set: "mnist" },
    regime: { batch, optimizer: { sgd: { learningRate: 0.1 } }, stop, lastBatch },
    measure: {},
  };
}
const small = arm("SB", 32, { epochs: 10 });
const suite = { arms: [small] } as unknown as Suite;

test.each([
  ["epochs", small, { batchSize: 32, updatesPerEpoch: 32, maxEpochs: 10 }],
  [
    "epochs, short batch dropped",
    arm("A", 32, { epochs: 10 }, "drop"),
    { batchSize: 32, updatesPerEpoch: 31, maxEpochs: 10 },
  ],
  ["a share of the data", arm("A", "10%", { epochs: 2 }), { batchSize: 101, updatesPerEpoch: 10, maxEpochs: 2 }],
  ["updates", arm("A", 100, { updates: 25 }), { batchSize: 100, updatesPerEpoch: 11, maxEpochs: 3 }],
  [
    "as many updates as another arm",
    arm("A", 100, { updatesOf: "SB" }),
    { batchSize: 100, updatesPerEpoch: 11, maxEpochs: 30 },
  ],
  [
    "a training loss",
    arm("A", 1010, { trainLoss: 0.1, maxEpochs: 7 }),
    { batchSize: 1010, updatesPerEpoch: 1, maxEpochs: 7, trainLoss: 0.1 },
  ],
])("%s", (_, of, expected) => {
  expect(planTraining(suite, of, () => 1010)).toEqual(expected);
});

import { expect, test } from "vitest";
import { memoryAdvice } from "../../src/plan/memory-advice.ts";
import { trialMemory } from "../../src/plan/trial-memory.ts";
import type { Layer } from "../../src/spec/network.types.ts";
import type { Arm } from "../../src/spec/run.types.ts";

const GIB = 2 ** 30;
const size = {
  forwardWork: 1,
  parameterCount: 1e6,
  activationCount: (batch: number) => 1e6 * batch,
  features: 100,
  trainCount: 100,
  testCount: 100,
};
const plan = { batchSize: 4000, updatesPerEpoch: 1, maxEpochs: 1 };

function arm(layers: [Layer, ...Layer[]], more: object = {}): Arm {
  return {
    name: "LB",
    networkName: "n",
    network: { input: [2], layers },
    data: { set: "mnist" },
    regime: { batch: 4000, optimizer: { sgd: { learningRate: 1 } }, stop: { epochs: 1 }, lastBatch: "keep", ...more },
    measure: {},
  };
}

const plain = arm([{ layer: "dense", units: 2 }]);

test("the micro-batch it names fits into half the memory", () => {
  const advice = memoryAdvice(plain, plan, size, 10 * GIB);
  const [, micro] = /"microBatch": (\d+) would need/.exec(advice) as unknown as [string, string];
  const at = (microBatch: number) => trialMemory(arm([{ layer: "relu" }], { microBatch }), plan, size);
  expect(at(Number(micro))).toBeLessThanOrEqual(5 * GIB);
  expect(at(2 * Number(micro))).toBeGreaterThan(5 * GIB);
  expect(advice).toMatch(/^it is estimated to need 3\d GiB of this machine's 10 GiB; "microBatch"/);
});

test("with batch norm it says that the regime would be another", () => {
  const normed = arm([{ layer: "batch-norm" }, { layer: "dense", units: 2 }]);
  expect(memoryAdvice(normed, plan, size, 10 * GIB)).toContain('(and "ghostBatchNorm": true, another regime)');
  const ghost = arm([{ layer: "batch-norm" }], { ghostBatchNorm: true });
  expect(memoryAdvice(ghost, plan, size, 10 * GIB)).not.toContain("another regime");
});

test("where no micro-batch helps, it does not name one", () => {
  const huge = { ...size, parameterCount: 1e9 };
  expect(memoryAdvice(plain, plan, huge, 10 * GIB)).toMatch(/; a smaller batch, network or number of evaluated/);
});

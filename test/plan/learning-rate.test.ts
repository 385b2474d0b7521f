import { expect, test } from "vitest";
import { learningRateFactors } from "../../src/plan/learning-rate.ts";
import type { Schedule } from "../../src/spec/suite.types.ts";

const plan = { batchSize: 10, updatesPerEpoch: 10, maxEpochs: 4 };
const step: Schedule = { decay: { everyEpochs: 2, factor: 0.1 } };

test.each<[string, Schedule | undefined, number, number]>([
  ["none", undefined, 1, 1],
  ["warm-up, first update", { warmUpEpochs: 1 }, 1, 0.1],
  ["warm-up, last update of it", { warmUpEpochs: 1 }, 10, 1],
  ["warm-up, after it", { warmUpEpochs: 1 }, 11, 1],
  ["step, before", step, 20, 1],
  ["step, first update after", step, 21, 0.1],
  ["cosine, start", { decay: "cosine" }, 1, 1],
  ["cosine, half-way", { decay: "cosine" }, 21, 0.5],
  ["cosine, last update", { decay: "cosine" }, 40, 0.00154],
  ["cosine after warm-up, start", { warmUpEpochs: 2, decay: "cosine" }, 21, 1],
  ["cosine after warm-up, half-way", { warmUpEpochs: 2, decay: "cosine" }, 31, 0.5],
  ["cosine, beyond its end", { decay: "cosine" }, 50, 0],
])("%s", (_, schedule, update, expected) => {
  expect(learningRateFactors(schedule, plan)(update)).toBeCloseTo(expected, 5);
});

// 100 samples in batches of 10, 10, 20, 20 and 40: 10 + 10 + 5 + 5 + 3 updates.
const growth = { everyEpochs: 2, factor: 2, most: 100, samples: 100, lastBatch: "keep" } as const;
const growing = { batchSize: 10, updatesPerEpoch: 10, maxEpochs: 5, growth };

test.each<[string, Schedule, number, number]>([
  ["warm-up ends with its epochs", { warmUpEpochs: 3 }, 25, 1],
  ["warm-up, its last update but one", { warmUpEpochs: 3 }, 24, 24 / 25],
  ["warm-up ends within an epoch", { warmUpEpochs: 2.5 }, 10, 10 / 22.5],
  ["step, last update before", step, 20, 1],
  ["step, first update after", step, 21, 0.1],
  ["step, last update before the second", step, 30, 0.1],
  ["step, first update after the second", step, 31, 0.01],
  ["cosine, start", { decay: "cosine" }, 1, 1],
  ["cosine, half-way", { decay: "cosine" }, 18, (1 + Math.cos((Math.PI * 17) / 33)) / 2],
])("where the batch grows: %s", (_, schedule, update, expected) => {
  expect(learningRateFactors(schedule, growing)(update)).toBeCloseTo(expected, 12);
});

import { expect, test } from "vitest";
import { learningRateFactor } from "../../src/plan/learning-rate.ts";
import type { Schedule } from "../../src/spec/suite.types.ts";

const plan = { updatesPerEpoch: 10, maxEpochs: 4 };
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
  expect(learningRateFactor(schedule, update, plan)).toBeCloseTo(expected, 5);
});

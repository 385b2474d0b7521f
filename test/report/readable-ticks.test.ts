import { expect, test } from "vitest";
import { logTicks } from "../../src/report/charts/log-ticks.ts";
import { readableTicks } from "../../src/report/charts/readable-ticks.ts";

const shown = (ticks: readonly number[], pixel: (value: number) => number) =>
  readableTicks({ ticks, tickFormat: String }, pixel).ticks;

test("labels that would touch are left out, from the right", () => {
  expect(shown([1, 2, 3, 4], (value) => 100 * value)).toEqual([1, 2, 3, 4]);
  expect(shown([1, 2, 3, 4], (value) => 10 * value)).toEqual([2, 4]);
  // Longer labels need more room.
  expect(shown([1000, 2000, 3000, 4000], (value) => value / 90)).toEqual([1000, 4000]);
});

test("an axis that runs to the left is thinned as well", () => {
  expect(shown([1, 2, 3, 4], (value) => 100 - 10 * value)).toEqual([3, 1]);
});

test.each([
  { ends: [0.0021, 0.0094], ticks: [0.003, 0.004, 0.006, 0.008] },
  { ends: [1.1e-4, 0.072], ticks: [3e-4, 0.001, 0.003, 0.01, 0.03] },
  { ends: [0.001, 100], ticks: [0.001, 0.01, 0.1, 1, 10, 100] },
])("logarithmic ticks from $ends.0 to $ends.1 are few and spread", ({ ends: [low = 0, high = 0], ticks }) => {
  expect(logTicks(low, high)).toEqual(ticks);
});

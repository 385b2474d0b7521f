import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import { fillNormal } from "../../src/data/normal.ts";

const COUNT = 1_000_000;
const numbers = new Float32Array(COUNT);
fillNormal(numbers, xoroshiro128plus(5));
const moment = (power: number) => numbers.reduce((sum, value) => sum + value ** power, 0) / COUNT;
const share = (holds: (value: number) => boolean) =>
  numbers.reduce((count, value) => count + Number(holds(value)), 0) / COUNT;

test.each([
  [1, 0, 0.005],
  [2, 1, 0.008],
  [3, 0, 0.02],
  [4, 3, 0.06],
])("moment %i is that of N(0, 1)", (power, expected, tolerance) => {
  expect(Math.abs(moment(power) - expected)).toBeLessThan(tolerance);
});

// Φ at points within the layers, at the tail's start and beyond it.
test.each([
  [-3.6, 1.591e-4],
  [-3.4426, 2.881e-4],
  [-2, 0.0227501],
  [-0.5, 0.3085375],
  [0, 0.5],
  [1, 0.8413447],
  [3, 0.9986501],
])("the share below %f is Φ's", (bound, expected) => {
  const error = 5 * Math.sqrt((expected * (1 - expected)) / COUNT);
  expect(Math.abs(share((value) => value < bound) - expected)).toBeLessThan(error);
});

test("neighbours are not correlated", () => {
  let sum = 0;
  for (let i = 1; i < COUNT; i++) sum += (numbers[i] as number) * (numbers[i - 1] as number);
  expect(Math.abs(sum / COUNT)).toBeLessThan(0.005);
});

test("equal generators give equal numbers", () => {
  const again = new Float32Array(1000);
  fillNormal(again, xoroshiro128plus(5));
  expect(again).toEqual(numbers.subarray(0, 1000));
});

import { expect, test } from "vitest";
import { batchSize } from "../../src/spec/batch-size.ts";

test.each([
  [256, 60_000, 256],
  ["10%", 60_000, 6000],
  ["10%", 59, 5],
  ["0.7%", 1000, 7],
  ["0.57%", 10_000, 57],
  ["2.3%", 1000, 23],
  ["100%", 7, 7],
  ["0.001%", 1000, 0],
] as const)("%s of %i samples are %i", (batch, count, samples) => {
  expect(batchSize(batch, count)).toBe(samples);
});

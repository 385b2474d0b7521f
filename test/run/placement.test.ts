import { expect, test } from "vitest";
import { place } from "../../src/run/placement.ts";

test.each([
  ["small networks run side by side, one thread each", 10, 8, 1e6, {}, { workers: 8, threadsPerWorker: 1 }],
  ["no more workers than trials", 3, 8, 1e6, {}, { workers: 3, threadsPerWorker: 1 }],
  ["large networks run alone with all cores", 10, 8, 1e9, {}, { workers: 1, threadsPerWorker: 8 }],
  ["one trial has all cores", 1, 8, 1e6, {}, { workers: 1, threadsPerWorker: 8 }],
  ["given workers share the cores", 10, 8, 1e6, { workers: 3 }, { workers: 3, threadsPerWorker: 2 }],
  ["given threads decide the workers", 10, 8, 1e9, { threads: 4 }, { workers: 2, threadsPerWorker: 4 }],
  ["both given are kept", 10, 8, 1e9, { workers: 1, threads: 1 }, { workers: 1, threadsPerWorker: 1 }],
])("%s", (_, trials, cores, update, given, expected) => {
  expect(place(trials, cores, update, given)).toEqual(expected);
});

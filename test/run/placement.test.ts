import { expect, test } from "vitest";
import { place } from "../../src/run/placement.ts";

const machine = { cores: 8, memoryBytes: 16e9 };

test.each([
  ["trials run side by side, one thread each", 10, 1e8, {}, { workers: 8, threadsPerWorker: 1 }],
  ["cores left over become threads", 3, 1e8, {}, { workers: 3, threadsPerWorker: 2 }],
  ["one trial has all cores", 1, 1e8, {}, { workers: 1, threadsPerWorker: 8 }],
  ["memory limits the workers", 10, 4e9, {}, { workers: 2, threadsPerWorker: 4 }],
  ["a trial larger than the memory still runs", 10, 4e10, {}, { workers: 1, threadsPerWorker: 8 }],
  ["given workers share the cores", 10, 1e8, { workers: 3 }, { workers: 3, threadsPerWorker: 2 }],
  ["given threads decide the workers", 10, 1e8, { threads: 4 }, { workers: 2, threadsPerWorker: 4 }],
  ["both given are kept", 10, 4e10, { workers: 5, threads: 3 }, { workers: 5, threadsPerWorker: 3 }],
])("%s", (_, trials, bytes, given, expected) => {
  expect(place(trials, machine, bytes, given)).toEqual(expected);
});

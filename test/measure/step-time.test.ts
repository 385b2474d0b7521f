import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { measureStepTime } from "../../src/measure/step-time.ts";

test("the parts are those of the median, by the clock it is given", async () => {
  let [clock, calls] = [0, 0];
  const step = async () => {
    calls++;
    // The three of the warm-up of either series take long, then each is longer than the one before, in the second series
    // twice as long.
    const [series, update] = [calls <= 11 ? 1 : 2, ((calls - 7) % 5) + 1];
    clock += calls <= 6 ? 5000 : series * 10 * update ** 2;
  };
  const found = await measureStepTime(step, { iterations: 5, batch: 64, updates: 1000 }, () => clock);
  expect(calls).toBe(16);
  expect(found).toEqual([
    { part: "seconds", value: 0.09, detail: { iterations: 5 } },
    { part: "samples-per-second", value: 64 / 0.09 },
    { part: "training-seconds", value: 0.09 * 1000 },
    { part: "repeat-ratio", value: 2 },
  ]);
});

test("no step begins before the one before it has ended, whatever function makes them", async () => {
  let [running, most, calls] = [0, 0, 0];
  const step = async () => {
    calls++;
    most = Math.max(most, ++running);
    await sleep(1);
    running--;
  };
  await measureStepTime(() => step(), { iterations: 5, batch: 1, updates: 1 });
  expect(most).toBe(1);
  expect(calls).toBe(16);
});

test("a step that fails is told", async () => {
  const step = async () => {
    throw new Error("out of memory");
  };
  await expect(measureStepTime(step, { iterations: 5, batch: 1, updates: 1 })).rejects.toThrow("out of memory");
});

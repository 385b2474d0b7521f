import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { within } from "../../src/run/time-limit.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");
const never = new AbortController().signal;

test("the end of the time comes, however often garbage is collected before", async () => {
  const collecting = setInterval(collectGarbage, 10);
  try {
    const either = await within(300, never, async (signal) => {
      await once(signal, "abort");
    });
    expect(either.aborted).toBe(true);
  } finally {
    clearInterval(collecting);
  }
});

test.each([2 ** 31, 1e12, Number.POSITIVE_INFINITY])("%d milliseconds are not over at once", async (milliseconds) => {
  const either = await within(milliseconds, never, () => sleep(50));
  expect(either.aborted).toBe(false);
});

test("what ends before its time is not told that it is late", async () => {
  const either = await within(20, never, async () => {});
  await sleep(50);
  expect(either.aborted).toBe(false);
});

test("the signal counts as before", async () => {
  const interruption = new AbortController();
  const either = await within(1e6, interruption.signal, async (signal) => {
    setTimeout(() => interruption.abort(), 10);
    await once(signal, "abort");
  });
  expect(either.aborted).toBe(true);
});

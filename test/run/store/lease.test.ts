import type { ChildProcess } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { decodeHolder, newHolder } from "../../../src/run/store/holder.ts";
import { acquireLease, type Lease } from "../../../src/run/store/lease.ts";
import { collectGarbage } from "../../../src/run/store/maintenance.ts";
import { openStore } from "../../../src/run/store/store.ts";
import { compilePrograms, ended, newFolder, says, start } from "./child-programs.ts";

const never = () => false;
const quick = { longestPause: 5 };
let programs = "";
let folder = "";
let children: ChildProcess[] = [];

beforeAll(() => {
  programs = compilePrograms();
});
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => {
  vi.useRealTimers();
  for (const child of children) child.kill("SIGKILL");
  children = [];
});

function startProgram(name: string, ...words: readonly (string | number)[]): ChildProcess {
  const child = start(programs, name, ...words);
  children.push(child);
  return child;
}

/** Whether it is still waiting after so many looks. */
async function waits(lookFor: number, timing = {}): Promise<boolean> {
  let looks = 0;
  const lease = await acquireLease(folder, "key", () => looks++ >= lookFor, { ...quick, ...timing });
  await lease?.release();
  return lease === undefined;
}

const fileOf = (generation: number) => join(folder, `key.${generation}`);
const elsewhere = (beat: number) => JSON.stringify({ ...newHolder(), host: "elsewhere", token: "theirs", beat });

test("a lease has one holder at a time, and goes on when it is released", async () => {
  const first = await acquireLease(folder, "key", never, quick);
  expect(await waits(5)).toBe(true);
  const other = await acquireLease(folder, "key.1", never, quick);
  await first?.release();
  const second = await acquireLease(folder, "key", never, quick);
  expect(second).toBeDefined();
  expect(first?.lost.aborted).toBe(false);
  expect(readdirSync(folder).filter((name) => /^key\.\d+$/.test(name))).toHaveLength(1);
  await second?.release();
  await other?.release();
});

test("a holder that was killed, and one whose number another process has now, are followed at once", async () => {
  const child = startProgram("hold-lease", folder, "key");
  expect(await says(child)).toBe("holding");
  expect(await waits(5, { expiry: 0 })).toBe(true);
  child.kill("SIGKILL");
  await ended(child);
  const lease = await acquireLease(folder, "key", never, { expiry: Number.POSITIVE_INFINITY });
  expect(lease).toBeDefined();
  await lease?.release();
  writeFileSync(fileOf(9), JSON.stringify({ ...newHolder(), started: "1" }));
  expect(await waits(1, { expiry: Number.POSITIVE_INFINITY })).toBe(false);
});

test("a holder on this machine that stands still keeps its lease, whatever the time", async () => {
  const child = startProgram("hold-lease", folder, "key");
  await says(child);
  child.kill("SIGSTOP");
  let time = 0;
  const monotonic = () => {
    time += 1000;
    return time;
  };
  expect(await waits(50, { expiry: 10, monotonic })).toBe(true);
});

test("a holder elsewhere is given up by the observer's own clock only, however the time of day jumps", async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(1), elsewhere(0));
  vi.useFakeTimers({ toFake: ["Date"] });
  let time = 0;
  let looks = 0;
  const monotonic = () => {
    looks++;
    const days = looks % 2 === 0 ? -4000 : 4000;
    vi.setSystemTime(new Date(2026 + (looks % 3), 1, 1).getTime() + days * 86_400_000);
    if (looks < 30) utimesSync(fileOf(1), new Date(), new Date());
    time += 1;
    return time;
  };
  const timing = { expiry: 60, longestPause: 2, monotonic };
  expect(await waits(30, timing)).toBe(true);
  const lease = await acquireLease(folder, "key", never, timing);
  expect(lease).toBeDefined();
  await lease?.release();
});

test("a holder elsewhere that shows life is not given up, nor by an observer that stood still itself", async () => {
  writeFileSync(fileOf(1), elsewhere(0));
  let beat = 0;
  let time = 0;
  const living = () => {
    writeFileSync(fileOf(1), elsewhere(++beat));
    time += 40;
    return time;
  };
  expect(await waits(30, { expiry: 50, longestPause: 20, monotonic: living })).toBe(true);
  let looks = 0;
  const stoodStill = () => {
    looks++;
    // For an hour, between the second look and the third; then the holder shows life again.
    if (looks === 4) writeFileSync(fileOf(1), elsewhere(++beat));
    return looks + (looks > 2 ? 3_600_000 : 0);
  };
  expect(await waits(8, { expiry: 100, longestPause: 20, monotonic: stoodStill })).toBe(true);
});

test("a file that says nothing is given up like a holder elsewhere, not at once", async () => {
  for (const text of ["", "{", "null", "7"]) {
    writeFileSync(fileOf(1), text);
    expect(await waits(5, { expiry: Number.POSITIVE_INFINITY }), text).toBe(true);
    expect(await waits(200, { expiry: 3 }), text).toBe(false);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
  }
});

test("who lost a lease is told, and does not disturb the new holder", async () => {
  const lease = (await acquireLease(folder, "key", never, { ...quick, beat: 2 })) as Lease;
  const lost = new Promise((tell) => lease.lost.addEventListener("abort", tell));
  rmSync(fileOf(1));
  writeFileSync(fileOf(2), elsewhere(0));
  await lost;
  await lease.release();
  expect(readdirSync(folder)).toEqual(["key.2"]);
  expect(readFileSync(fileOf(2), "utf8")).toBe(elsewhere(0));
});

test("in a store that was begun again, a former holder leaves the new one alone", async () => {
  const former = (await acquireLease(folder, "key", never, { ...quick, beat: 2 })) as Lease;
  const lost = new Promise((tell) => former.lost.addEventListener("abort", tell));
  writeFileSync(fileOf(1), elsewhere(0));
  await lost;
  await former.release();
  expect(readFileSync(fileOf(1), "utf8")).toBe(elsewhere(0));
});

test("a released lease is followed by the next number, and older files go", async () => {
  writeFileSync(fileOf(7), JSON.stringify({ ...newHolder(), released: true }));
  const lease = await acquireLease(folder, "key", never, quick);
  expect(readdirSync(folder)).toEqual(["key.8"]);
  expect(await waits(5)).toBe(true);
  await lease?.release();
});

test("who saw a lease free takes a step back when others were faster, and when its file is another by then", async () => {
  const free = JSON.stringify({ ...newHolder(), released: true });
  const living = JSON.stringify(newHolder());
  // What others do between looking and taking, and what is there afterwards.
  const meanwhile: readonly [() => void, readonly string[]][] = [
    [() => writeFileSync(fileOf(3), living), ["key.1", "key.3"]],
    [() => writeFileSync(fileOf(1), living), ["key.1"]],
    [() => rmSync(fileOf(1)), []],
  ];
  for (const [act, left] of meanwhile) {
    writeFileSync(fileOf(1), free);
    let looks = 0;
    const monotonic = () => {
      // The first is not a look yet.
      if (++looks === 2) act();
      return looks;
    };
    const lease = await acquireLease(folder, "key", () => looks > (left.length > 0 ? 5 : 1), { ...quick, monotonic });
    expect(lease).toBeUndefined();
    expect(readdirSync(folder).toSorted()).toEqual(left);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
  }
});

test("waiting ends when told to stop", async () => {
  const lease = await acquireLease(folder, "key", never, quick);
  const stopped = new AbortController();
  const waiting = acquireLease(folder, "key", () => stopped.signal.aborted, quick);
  stopped.abort();
  expect(await waiting).toBeUndefined();
  await lease?.release();
});

test("of nine processes that want the same leases, some of them killed, never two hold one", async () => {
  const store = await openStore(folder, { now: () => new Date() });
  const rounds = 60;
  // All begin with a lease whose holder is gone, and released ones are collected as if they were two days old.
  mkdirSync(join(folder, "leases"));
  for (let round = 0; round < rounds; round++) {
    const file = join(folder, "leases", `key-${round}.${1 + (round % 3)}`);
    writeFileSync(file, JSON.stringify({ ...newHolder(), started: "1" }));
  }
  let running = 9;
  const contenders = Array.from({ length: 9 }, async (_, number) => {
    const dieAt = number < 3 ? 15 * (number + 1) : "never";
    const result = await ended(startProgram("contend", folder, rounds, dieAt));
    running--;
    return result;
  });
  const twoDaysAgo = new Date(Date.now() - 48 * 3_600_000);
  let collected = 0;
  while (running > 0) {
    for (const name of readdirSync(join(folder, "leases"))) {
      const file = join(folder, "leases", name);
      try {
        if (decodeHolder(readFileSync(file, "utf8"))?.released) utimesSync(file, twoDaysAgo, twoDaysAgo);
      } catch {
        // Its holder was followed meanwhile.
      }
    }
    collected += (await collectGarbage(store, () => true, new Date())).files;
  }
  expect(collected).toBeGreaterThan(0);
  const results = await Promise.all(contenders);
  const said = results.flatMap((result) => result.said.trim().split("\n"));
  expect(said.filter((line) => line.startsWith("overlap"))).toEqual([]);
  expect(results.map(({ how }) => how)).toEqual([...Array(3).fill("SIGKILL"), ...Array(6).fill(0)]);
  const held = said.filter((line) => line.startsWith("held")).map((line) => line.split(" ").slice(1).map(BigInt));
  expect(held).toHaveLength(6 * rounds + 16 + 31 + 46);
  for (let round = 0; round < rounds; round++) {
    const times = held.filter(([number]) => number === BigInt(round)).toSorted((a, b) => Number(a[1]! - b[1]!));
    for (const [index, [, from]] of times.entries()) {
      if (index > 0) expect(from! > times[index - 1]![2]!, `round ${round}`).toBe(true);
    }
  }
});

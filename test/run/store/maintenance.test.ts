import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TEMPORARY } from "../../../src/run/store/durable-write.ts";
import type { Entry } from "../../../src/run/store/entry.ts";
import { collectGarbage, listStore, verifyStore } from "../../../src/run/store/maintenance.ts";
import { openStore, type Store } from "../../../src/run/store/store.ts";
import { newFolder } from "./child-programs.ts";

const HOUR = 3_600_000;
const later = (hours: number) => new Date(Date.now() + hours * HOUR);
const object = (seed: number) => ({ bytes: new Uint8Array(100 + seed).fill(seed), extension: "safetensors" });

async function newStore() {
  const damaged: string[] = [];
  const store = await openStore(newFolder(), { now: () => new Date(), onDamaged: (file) => damaged.push(file) });
  return { store, damaged };
}

async function putState(store: Store, key: string, seed: number) {
  await store.put("iterate", key, { describes: { seed }, objects: { state: object(seed) } });
}

function filesOf(store: Store, folder: string): string[] {
  return readdirSync(join(store.folder, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** As if it had been written so many hours ago. */
function age(file: string, hours: number) {
  utimesSync(file, later(-hours), later(-hours));
}

test("listing tells every entry with the bytes of its objects", async () => {
  const { store } = await newStore();
  await putState(store, "a", 1);
  await putState(store, "b", 2);
  await store.put("trial", "c", { describes: null, value: 3 });
  const listed: Record<string, number> = {};
  for await (const { entry, bytes } of listStore(store)) listed[`${entry.kind} ${entry.key}`] = bytes;
  expect(listed).toEqual({ "iterate a": 101, "iterate b": 102, "trial c": 0 });
});

test("a check reads everything, counts it, and sets aside what is damaged", async () => {
  const { store, damaged } = await newStore();
  for (const seed of [1, 2, 3]) await putState(store, `key-${seed}`, seed);
  await store.saveCheckpoint("t", object(4).bytes);
  expect(await verifyStore(store)).toEqual({ entries: 3, objects: 3, missing: 0 });
  writeFileSync(filesOf(store, "objects")[0]!, "damaged");
  writeFileSync(filesOf(store, "checkpoints")[0]!, "damaged");
  expect(await verifyStore(store)).toEqual({ entries: 3, objects: 3, missing: 1 });
  expect(damaged).toHaveLength(2);
  expect(await verifyStore(store)).toEqual({ entries: 2, objects: 2, missing: 0 });
});

test("a check leaves alone what is being written", async () => {
  const { store, damaged } = await newStore();
  await store.saveCheckpoint("t", object(1).bytes);
  await putState(store, "a", 1);
  const halves = ["checkpoints", "entries/iterate", "objects/ab"].map((folder) =>
    join(store.folder, folder, `${TEMPORARY}x`),
  );
  await store.put("iterate", "b", { describes: null, objects: { state: object(2) } });
  for (const half of halves.slice(0, 2)) writeFileSync(half, "half");
  await verifyStore(store);
  expect(damaged).toEqual([]);
  expect(filesOf(store, "checkpoints")).toContain(halves[0]);
});

test("objects go with their last entry, an hour after they were written, and the bytes are counted", async () => {
  const { store } = await newStore();
  await putState(store, "a", 1);
  await putState(store, "same as a", 1);
  await putState(store, "b", 2);
  const collect = (keep: (entry: Entry) => boolean, hours: number) => collectGarbage(store, keep, later(hours));
  expect(await collect(() => true, 2)).toEqual({ entries: 0, files: 0, bytes: 0 });
  expect(await collect(({ key }) => key !== "a", 2)).toEqual({ entries: 1, files: 0, bytes: 0 });
  expect(await collect(({ key }) => key === "b", 0)).toEqual({ entries: 1, files: 0, bytes: 0 });
  expect(await collect(() => true, 2)).toEqual({ entries: 0, files: 1, bytes: 101 });
  expect(await store.readObject((await store.get("iterate", "b"))!, "state")).toBeDefined();
});

test("left behind temporary files go after an hour, wherever they are", async () => {
  const { store } = await newStore();
  await putState(store, "a", 1);
  await store.saveCheckpoint("t", object(1).bytes);
  await (await store.lease("a", () => false))!.release();
  const folders = [
    "",
    "checkpoints",
    "leases",
    "entries/iterate",
    `objects/${readdirSync(join(store.folder, "objects"))[0]}`,
  ];
  for (const [number, folder] of folders.entries()) {
    writeFileSync(join(store.folder, folder, `${TEMPORARY}new-${number}`), "12345");
    const old = join(store.folder, folder, `${TEMPORARY}old-${number}`);
    writeFileSync(old, "12345");
    age(old, 2);
  }
  expect(await collectGarbage(store, () => true, later(0))).toEqual({ entries: 0, files: 5, bytes: 25 });
  expect(filesOf(store, "").filter((file) => file.includes(TEMPORARY))).toHaveLength(5);
});

test("a damaged file is kept for a day from when it was set aside", async () => {
  const { store } = await newStore();
  await putState(store, "a", 1);
  const [file = ""] = filesOf(store, "objects");
  writeFileSync(file, "damaged");
  age(file, 100);
  await verifyStore(store);
  await collectGarbage(store, () => true, later(1));
  expect(filesOf(store, "damaged")).toHaveLength(1);
  await collectGarbage(store, () => true, later(25));
  expect(filesOf(store, "damaged")).toHaveLength(0);
});

test("an old object that a new entry names is not collected, though collecting had begun before", async () => {
  const { store } = await newStore();
  for (let seed = 1; seed <= 20; seed++) {
    await putState(store, "old", seed);
    await store.remove("iterate", "old");
  }
  for (const file of filesOf(store, "objects")) age(file, 5);
  // Entries are put one after another while garbage is collected again and again.
  let writing = true;
  const collecting = (async () => {
    while (writing) await collectGarbage(store, () => true, new Date());
  })();
  for (let seed = 1; seed <= 20; seed++) await putState(store, `new-${seed}`, seed);
  writing = false;
  await collecting;
  for (let seed = 1; seed <= 20; seed++) {
    const entry = await store.get("iterate", `new-${seed}`);
    expect(await store.readObject(entry!, "state"), `seed ${seed}`).toEqual(Buffer.from(object(seed).bytes));
  }
});

test("an entry that is replaced while it is chosen for removal stays", async () => {
  const { store } = await newStore();
  await store.put("trial", "a", { describes: null, value: "old" });
  let replacing: Promise<void> | undefined;
  const listed = store.get.bind(store);
  // Between reading the old entry and removing it, somebody puts a new one.
  store.get = async (kind, key) => {
    const entry = await listed(kind, key);
    replacing ??= store.put("trial", "a", { describes: null, value: "new" });
    await replacing;
    return entry;
  };
  await collectGarbage(store, ({ value }) => value !== "old", later(2));
  expect((await listed("trial", "a"))?.value).toBe("new");
});

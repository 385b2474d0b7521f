import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore, type Store } from "../../../src/run/store/store.ts";
import { newFolder } from "./child-programs.ts";

const now = () => new Date("2026-03-04T05:06:07Z");
const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
const trial = {
  describes: { network: "tiny", seed: 3 },
  value: { loss: 0.1, curve: [1, 2.5e-9, 3], name: "é" },
  objects: { state: { bytes, extension: "safetensors" }, curve: { bytes: bytes.slice(10), extension: "jsonl" } },
};

async function newStore() {
  const damaged: { file: string; why: string }[] = [];
  const store = await openStore(newFolder(), { now, onDamaged: (file, why) => damaged.push({ file, why }) });
  return { store, damaged };
}

function everyFile(store: Store): string[] {
  return readdirSync(store.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test("what was put is read back by another store on the folder, bytes and all", async () => {
  const { store } = await newStore();
  await store.put("trial", "abc", trial);
  const again = await openStore(store.folder, { now });
  const entry = await again.get("trial", "abc");
  expect(entry).toMatchObject({ kind: "trial", key: "abc", createdAt: now().toISOString() });
  expect(entry).toMatchObject({ describes: trial.describes, value: trial.value });
  expect(await again.readObject(entry!, "state")).toEqual(Buffer.from(bytes));
  expect(await again.readObject(entry!, "curve")).toEqual(Buffer.from(bytes.slice(10)));
  expect(await again.readObject(entry!, "other")).toBeUndefined();
  expect(await again.get("trial", "abd")).toBeUndefined();
  expect(await again.get("other", "abc")).toBeUndefined();
  expect(readFileSync(join(store.folder, "format"), "utf8")).toBe("claimbench-store/1\n");
});

test("equal objects are kept once, keys are listed by kind and beginning, and removing takes the entry only", async () => {
  const { store } = await newStore();
  await store.put("trial", "a-1", trial);
  await store.put("trial", "a-2", trial);
  await store.put("iterate", "b-1", { describes: null });
  expect((await store.kinds()).toSorted()).toEqual(["iterate", "trial"]);
  expect((await store.keys("trial", "a-")).toSorted()).toEqual(["a-1", "a-2"]);
  expect(
    readdirSync(join(store.folder, "objects"), { recursive: true }).filter((name) => /\./.test(String(name))),
  ).toHaveLength(2);
  await store.remove("trial", "a-1");
  await store.remove("trial", "a-1");
  expect(await store.keys("trial")).toEqual(["a-2"]);
  expect(await store.readObject((await store.get("trial", "a-2"))!, "state")).toBeDefined();
});

test("only the last checkpoint is kept", async () => {
  const { store } = await newStore();
  expect(await store.readCheckpoint("t")).toBeUndefined();
  await store.saveCheckpoint("t", bytes);
  await store.saveCheckpoint("t", bytes.slice(1));
  await store.saveCheckpoint("t2", bytes);
  expect(await store.readCheckpoint("t")).toEqual(Buffer.from(bytes.slice(1)));
  await store.removeCheckpoint("t");
  expect(await store.readCheckpoint("t")).toBeUndefined();
  expect(await store.readCheckpoint("t2")).toEqual(Buffer.from(bytes));
});

test("a store of another version, and a file in a store's place, are said to be so", async () => {
  const { store } = await newStore();
  writeFileSync(join(store.folder, "format"), "claimbench-store/2\n");
  await expect(openStore(store.folder, { now })).rejects.toMatchObject({ code: "store-format" });
  const file = join(newFolder(), "file");
  writeFileSync(file, "");
  await expect(openStore(file, { now })).rejects.toMatchObject({ code: "store-not-readable", exitCode: 4 });
});

test("files of other programs among the entries do not matter", async () => {
  const { store } = await newStore();
  await store.put("trial", "abc", trial);
  writeFileSync(join(store.folder, "entries", ".DS_Store"), "");
  writeFileSync(join(store.folder, "entries", "trial", ".nfs0001"), "");
  expect(await store.kinds()).toEqual(["trial"]);
  expect(await store.keys("trial")).toEqual(["abc"]);
});

test("every damaged file is noticed, set aside and told of, and put makes it whole again", async () => {
  const { store, damaged } = await newStore();
  // A fixed sequence: each damage is another place or length, in an entry or an object.
  let state = 12345;
  const below = (limit: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  for (let round = 0; round < 60; round++) {
    await store.put("trial", "abc", trial);
    const files = everyFile(store).filter((file) => /\/(entries|objects)\//.test(file));
    const file = files[below(files.length)]!;
    const content = readFileSync(file);
    if (round % 2 === 0) writeFileSync(file, content.subarray(0, below(content.length - 1)));
    else {
      const place = below(content.length);
      content[place] = content[place]! ^ (1 << below(8));
      writeFileSync(file, content);
    }
    const entry = await store.get("trial", "abc");
    const objects =
      entry && (await Promise.all(Object.keys(trial.objects).map((name) => store.readObject(entry, name))));
    expect(objects?.every((object) => object !== undefined) ?? false, `round ${round}`).toBe(false);
    expect(damaged).toHaveLength(round + 1);
    expect(damaged.at(-1)).toMatchObject({ file, why: expect.stringMatching(/\w/) });
    expect(
      readdirSync(join(store.folder, "damaged")).some((name) => file.endsWith(name.replace(/\.\d+(-\d+)?$/, ""))),
    ).toBe(true);
    expect(everyFile(store)).not.toContain(file);
  }
  await store.put("trial", "abc", trial);
  const entry = await store.get("trial", "abc");
  expect(entry?.value).toEqual(trial.value);
  expect(await store.readObject(entry!, "state")).toEqual(Buffer.from(bytes));
});

test("an object that was cut short is written again by who puts the same bytes", async () => {
  const { store, damaged } = await newStore();
  await store.put("trial", "abc", trial);
  for (const file of everyFile(store)) if (file.includes("/objects/")) writeFileSync(file, "short");
  await store.put("trial", "abd", trial);
  expect(await store.readObject((await store.get("trial", "abd"))!, "state")).toEqual(Buffer.from(bytes));
  expect(damaged).toEqual([]);
});

test("an entry in another's place is none", async () => {
  const { store, damaged } = await newStore();
  await store.put("trial", "abc", trial);
  writeFileSync(
    join(store.folder, "entries/trial/abd.json"),
    readFileSync(join(store.folder, "entries/trial/abc.json")),
  );
  expect(await store.get("trial", "abd")).toBeUndefined();
  expect(damaged).toHaveLength(1);
});

test("a damaged checkpoint counts as none", async () => {
  const { store, damaged } = await newStore();
  await store.saveCheckpoint("t", bytes);
  const [file = ""] = everyFile(store).filter((name) => name.includes("/checkpoints/"));
  writeFileSync(file, bytes.slice(0, 500));
  expect(await store.readCheckpoint("t")).toBeUndefined();
  expect(damaged).toHaveLength(1);
});

test("a store that was removed while in use is begun again", async () => {
  const { store } = await newStore();
  await store.put("trial", "abc", trial);
  rmSync(store.folder, { recursive: true });
  expect(await store.get("trial", "abc")).toBeUndefined();
  expect(await store.keys("trial")).toEqual([]);
  await store.remove("trial", "abc");
  await store.put("trial", "abc", trial);
  expect((await store.get("trial", "abc"))?.value).toEqual(trial.value);
});

test("where a file stands in the way, writing says so, with what to do", async () => {
  const { store } = await newStore();
  rmSync(store.folder, { recursive: true });
  writeFileSync(store.folder, "");
  const expected = { code: "store-not-writable", exitCode: 4, hint: expect.stringContaining("--store") };
  await expect(store.put("trial", "abc", { describes: null })).rejects.toMatchObject({
    code: expect.stringMatching(/^store-not-/),
  });
  await expect(store.lease("abc", () => false)).rejects.toMatchObject({ code: expect.stringMatching(/^store-not-/) });
  rmSync(store.folder);
  mkdirSync(store.folder);
  writeFileSync(join(store.folder, "entries"), "");
  await expect(store.put("trial", "abc", { describes: null })).rejects.toMatchObject(expected);
});

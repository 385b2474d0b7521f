import { readdir, readFile, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { absent } from "./absent.ts";
import { TEMPORARY } from "./durable-write.ts";
import type { Entry } from "./entry.ts";
import type { Store } from "./store.ts";

/** An entry with what it takes. */
export interface StoreListing {
  readonly entry: Entry;
  /** Of its objects; those it shares with others are counted for each. */
  readonly bytes: number;
}

/** All readable entries, one at a time. */
export async function* listStore(store: Store): AsyncGenerator<StoreListing> {
  for (const kind of await store.kinds()) {
    for (const key of await store.keys(kind)) {
      const entry = await store.get(kind, key);
      if (entry) yield { entry, bytes: Object.values(entry.objects).reduce((sum, { bytes }) => sum + bytes, 0) };
    }
  }
}

export interface StoreCheck {
  readonly entries: number;
  readonly objects: number;
  /** Objects that an entry names and that are missing or damaged: it will be computed again. */
  readonly missing: number;
}

/** Reads everything; what is damaged is set aside, and the store's settings are told. */
export async function verifyStore(store: Store): Promise<StoreCheck> {
  let [entries, objects, missing] = [0, 0, 0];
  for await (const { entry } of listStore(store)) {
    entries++;
    for (const name of Object.keys(entry.objects)) {
      objects++;
      if (await store.readObject(entry, name)) continue;
      missing++;
      await store.remove(entry.kind, entry.key);
    }
  }
  for (const file of await filesIn(join(store.folder, "checkpoints"))) {
    await store.readCheckpoint(basename(file).split(".")[0] ?? "");
  }
  return { entries, objects, missing };
}

export interface CollectedGarbage {
  readonly entries: number;
  readonly files: number;
  readonly bytes: number;
}

/** What was written so recently may belong to an entry that is still being written. */
const GRACE_MILLISECONDS = 3_600_000;

/**
 * Removes the entries that are not to be kept, then what nothing refers to: objects, abandoned checkpoints and temporary
 * files, released leases, damaged files. Safe while others use the store.
 */
export async function collectGarbage(
  store: Store,
  keep: (entry: Entry) => boolean,
  now: Date,
): Promise<CollectedGarbage> {
  let [entries, files, bytes] = [0, 0, 0];
  const named = new Set<string>();
  for await (const { entry } of listStore(store)) {
    if (keep(entry)) for (const { sha256 } of Object.values(entry.objects)) named.add(sha256);
    else {
      entries++;
      await store.remove(entry.kind, entry.key);
    }
  }
  const removeOld = async (file: string, age = GRACE_MILLISECONDS) => {
    const facts = await stat(file).catch(absent);
    if (!facts || now.getTime() - facts.mtimeMs < age) return;
    await rm(file, { force: true });
    files++;
    bytes += facts.size;
  };
  for (const folder of await filesIn(join(store.folder, "objects"))) {
    for (const file of await filesIn(folder)) if (!named.has(basename(file).split(".")[0] ?? "")) await removeOld(file);
  }
  for (const kind of await store.kinds()) {
    for (const file of await filesIn(join(store.folder, "entries", kind)))
      if (basename(file).startsWith(TEMPORARY)) await removeOld(file);
  }
  const day = 24 * GRACE_MILLISECONDS;
  for (const file of await filesIn(join(store.folder, "leases"))) {
    const text = await readFile(file, "utf8").catch(absent);
    if (text?.includes('"released":true') || basename(file).startsWith(TEMPORARY)) await removeOld(file, day);
  }
  for (const file of await filesIn(join(store.folder, "damaged"))) await removeOld(file, day);
  for (const file of await filesIn(join(store.folder, "checkpoints"))) {
    const [training = ""] = basename(file).split(".");
    const finished = (await store.keys("iterate", `${training}-`)).length > 0;
    await removeOld(file, finished ? day : 30 * day);
  }
  return { entries, files, bytes };
}

async function filesIn(folder: string): Promise<string[]> {
  return ((await readdir(folder).catch(absent)) ?? []).map((name) => join(folder, name));
}

import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { absent } from "./absent.ts";
import { setAsideAt } from "./checked-files.ts";
import { TEMPORARY } from "./durable-write.ts";
import type { Entry } from "./entry.ts";
import { decodeHolder } from "./holder.ts";
import { removeUnless } from "./remove.ts";
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

/** Reads everything; what is damaged is set aside, and the store's settings are told. Leaves alone what is being written. */
export async function verifyStore(store: Store): Promise<StoreCheck> {
  let [entries, objects, missing] = [0, 0, 0];
  const read = new Set<string>();
  for await (const { entry } of listStore(store)) {
    entries++;
    for (const [name, { sha256 }] of Object.entries(entry.objects)) {
      objects++;
      read.add(sha256);
      if (await store.readObject(entry, name)) continue;
      missing++;
      await store.remove(entry.kind, entry.key);
    }
  }
  // An object that no entry names yet is one that the next writer of its bytes relies on.
  for (const file of await objectFiles(store)) {
    const [sha256 = "", extension = ""] = basename(file).split(".");
    if (!read.has(sha256)) await store.readBytes({ sha256, extension });
  }
  for (const file of await visibleFilesIn(join(store.folder, "checkpoints"))) {
    await store.checkCheckpoint(basename(file));
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

const DAY_MILLISECONDS = 24 * GRACE_MILLISECONDS;

/**
 * Removes the entries that are not to be kept, then what nothing refers to: objects, abandoned checkpoints and temporary
 * files, released leases, damaged files. Safe while others use the store: what they write or rely on meanwhile stays.
 *
 * @throws ClaimbenchError `store-not-writable`, `store-not-readable`.
 */
export async function collectGarbage(
  store: Store,
  keep: (entry: Entry) => boolean,
  now: Date,
): Promise<CollectedGarbage> {
  let [entries, files, bytes] = [0, 0, 0];
  const named = new Set<string>();
  for await (const { entry } of listStore(store)) {
    if (!keep(entry) && (await store.removeUnless(entry.kind, entry.key, keep))) entries++;
    else for (const { sha256 } of Object.values(entry.objects)) named.add(sha256);
  }
  for (const { file, since, age } of await unreferenced(store, named)) {
    const young = (time = now.getTime()) => now.getTime() - time < age;
    if (young(since ?? (await writtenAt(file)))) continue;
    const freed = await removeUnless(file, async (aside) => since === undefined && young(await writtenAt(aside)));
    if (freed === undefined) continue;
    files++;
    bytes += freed;
  }
  return { entries, files, bytes };
}

/**
 * What `collectGarbage` would remove. A checkpoint of a result that is not to be kept counts as finished, though it stays
 * for longer once that result is gone.
 *
 * @throws ClaimbenchError `store-not-readable`.
 */
export async function findGarbage(store: Store, keep: (entry: Entry) => boolean, now: Date): Promise<CollectedGarbage> {
  let [entries, files, bytes] = [0, 0, 0];
  const named = new Set<string>();
  for await (const { entry } of listStore(store)) {
    if (!keep(entry)) entries++;
    else for (const { sha256 } of Object.values(entry.objects)) named.add(sha256);
  }
  for (const { file, since, age } of await unreferenced(store, named)) {
    const facts = await stat(file).catch(absent);
    if (!facts || now.getTime() - (since ?? facts.mtimeMs) < age) continue;
    files++;
    bytes += facts.size;
  }
  return { entries, files, bytes };
}

interface Unreferenced {
  readonly file: string;
  /** Milliseconds after which it may be removed. */
  readonly age: number;
  /** From when they count, in milliseconds since 1970; from when it was written otherwise. */
  readonly since?: number;
}

async function unreferenced(store: Store, named: ReadonlySet<string>): Promise<Unreferenced[]> {
  const found: Unreferenced[] = [];
  for (const file of await objectFiles(store)) {
    if (!named.has(basename(file).split(".")[0] ?? "")) found.push({ file, age: GRACE_MILLISECONDS });
  }
  const folders = ["", "checkpoints", "leases", ...(await store.kinds()).map((kind) => join("entries", kind))];
  for (const folder of [...folders.map((name) => join(store.folder, name)), ...(await objectFolders(store))]) {
    const left = (await filesIn(folder)).filter((file) => basename(file).startsWith(TEMPORARY));
    found.push(...left.map((file) => ({ file, age: GRACE_MILLISECONDS })));
  }
  for (const file of await visibleFilesIn(join(store.folder, "leases"))) {
    // What is released stays so.
    const text = await readFile(file, "utf8").catch(absent);
    if (text !== undefined && decodeHolder(text)?.released) found.push({ file, age: DAY_MILLISECONDS });
  }
  for (const file of await visibleFilesIn(join(store.folder, "damaged"))) {
    found.push({ file, age: DAY_MILLISECONDS, since: setAsideAt(file) ?? 0 });
  }
  for (const file of await visibleFilesIn(join(store.folder, "checkpoints"))) {
    const [training = ""] = basename(file).split(".");
    const finished = (await store.keys("iterate", `${training}-`)).length > 0;
    found.push({ file, age: finished ? DAY_MILLISECONDS : 30 * DAY_MILLISECONDS });
  }
  return found;
}

/** Milliseconds since 1970; undefined when it is gone. */
async function writtenAt(file: string): Promise<number | undefined> {
  return (await stat(file).catch(absent))?.mtimeMs;
}

async function objectFolders(store: Store): Promise<string[]> {
  // Named by the first two digits; other programs leave files of theirs beside them.
  return (await visibleFilesIn(join(store.folder, "objects"))).filter((folder) =>
    /^[0-9a-f]{2}$/.test(basename(folder)),
  );
}

async function objectFiles(store: Store): Promise<string[]> {
  return (await Promise.all((await objectFolders(store)).map(visibleFilesIn))).flat();
}

/** Without what is being written, and what NFS keeps for those who still read it. */
async function visibleFilesIn(folder: string): Promise<string[]> {
  return (await filesIn(folder)).filter((file) => !basename(file).startsWith("."));
}

async function filesIn(folder: string): Promise<string[]> {
  return ((await readdir(folder).catch(absent)) ?? []).map((name) => join(folder, name));
}

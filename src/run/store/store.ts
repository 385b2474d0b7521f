import { readdir, readFile, stat, utimes } from "node:fs/promises";
import { basename, join } from "node:path";
import { ClaimbenchError } from "../../spec/error.ts";
import { absent } from "./absent.ts";
import { CheckedFiles, type StoreSettings } from "./checked-files.ts";
import { TEMPORARY, writeWhole } from "./durable-write.ts";
import { decodeEntry, type Entry, encodeEntry, type StoredObject, sha256 } from "./entry.ts";
import { acquireLease, type Lease } from "./lease.ts";
import { removeFile, removeUnless } from "./remove.ts";

const FORMAT = "claimbench-store/1\n";

export interface NewEntry {
  /** What the key was made from; JSON. */
  readonly describes: unknown;
  readonly value?: unknown;
  readonly objects?: Readonly<Record<string, { readonly bytes: Uint8Array; readonly extension: string }>>;
}

/**
 * What runs leave for later ones: entries by kind and key, whose objects are named by their SHA-256; and checkpoints, which
 * are overwritten. Several processes and machines may use one store at a time: files are written whole or not at all, and
 * what is read is checked. What is damaged is set aside and counts as absent.
 *
 *     format                          claimbench-store/1
 *     entries/<kind>/<key>.json
 *     objects/<ab>/<sha256>.<extension>
 *     checkpoints/<key>.<sha256>.safetensors
 *     leases/<key>.<generation>
 *     damaged/
 */
export class Store {
  readonly folder: string;
  readonly #now: () => Date;
  readonly #files: CheckedFiles;

  constructor(folder: string, settings: StoreSettings) {
    this.folder = folder;
    this.#now = settings.now;
    this.#files = new CheckedFiles(folder, settings);
  }

  async get(kind: string, key: string): Promise<Entry | undefined> {
    const file = this.#entryFile(kind, key);
    const text = await readFile(file, "utf8").catch(absent);
    if (text === undefined) return undefined;
    const entry = decodeEntry(text, kind, key);
    if (typeof entry !== "string") return entry;
    await this.#files.setAside(file, entry);
    return undefined;
  }

  /** @returns undefined when the object is not there, or is damaged. */
  async readObject(entry: Entry, name: string): Promise<Uint8Array | undefined> {
    const object = entry.objects[name];
    return object && this.readBytes(object);
  }

  /** @returns undefined when it is not there, or is damaged. */
  async readBytes({ sha256, extension }: Omit<StoredObject, "bytes">): Promise<Uint8Array | undefined> {
    return this.#files.read(this.objectFile(sha256, extension), sha256);
  }

  async put(kind: string, key: string, { describes, value, objects = {} }: NewEntry): Promise<void> {
    const named: Record<string, Entry["objects"][string]> = {};
    for (const [name, { bytes, extension }] of Object.entries(objects)) {
      const hash = sha256(bytes);
      const file = this.objectFile(hash, extension);
      if (!(await this.#isKept(file, bytes.length))) await writeWhole(file, bytes, true);
      named[name] = { sha256: hash, bytes: bytes.length, extension };
    }
    const createdAt = this.#now().toISOString();
    const entry = { kind, key, createdAt, describes, ...(value === undefined ? {} : { value }), objects: named };
    await this.#writeFormat();
    await writeWhole(this.#entryFile(kind, key), encodeEntry(entry), true);
  }

  async remove(kind: string, key: string): Promise<void> {
    await removeFile(this.#entryFile(kind, key));
  }

  /** Removes an entry unless it was replaced by one to keep. @returns whether it was removed. */
  async removeUnless(kind: string, key: string, keep: (entry: Entry) => boolean): Promise<boolean> {
    const freed = await removeUnless(this.#entryFile(kind, key), async (aside) => {
      const entry = decodeEntry((await readFile(aside, "utf8").catch(absent)) ?? "", kind, key);
      return typeof entry !== "string" && keep(entry);
    });
    return freed !== undefined;
  }

  /** Keys of a kind that begin so. */
  async keys(kind: string, prefix = ""): Promise<string[]> {
    const names = (await readdir(join(this.folder, "entries", kind)).catch(absent)) ?? [];
    return names
      .filter((name) => name.startsWith(prefix) && name.endsWith(".json") && !name.startsWith(TEMPORARY))
      .map((name) => name.slice(0, -".json".length));
  }

  async kinds(): Promise<string[]> {
    const found = await readdir(join(this.folder, "entries"), { withFileTypes: true }).catch(absent);
    return (found ?? []).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  }

  /** Puts a checkpoint in the place of the last one; it outlives this process, but perhaps not a power failure. */
  async saveCheckpoint(key: string, bytes: Uint8Array): Promise<void> {
    const before = await this.#checkpointFiles(key);
    await this.#writeFormat();
    const file = join(this.folder, "checkpoints", `${key}.${sha256(bytes)}.safetensors`);
    await writeWhole(file, bytes, false);
    for (const old of before) if (old !== file) await removeFile(old);
  }

  async readCheckpoint(key: string): Promise<Uint8Array | undefined> {
    for (const file of await this.#checkpointFiles(key)) {
      const bytes = await this.#files.read(file, basename(file).split(".").at(-2) ?? "");
      if (bytes) return bytes;
    }
    return undefined;
  }

  /** Reads one file of `checkpoints`, so that it is set aside where it is damaged. */
  async checkCheckpoint(name: string): Promise<void> {
    await this.#files.read(join(this.folder, "checkpoints", name), name.split(".").at(-2) ?? "");
  }

  /** Keys that have a checkpoint. */
  async checkpointKeys(): Promise<string[]> {
    const names = (await readdir(join(this.folder, "checkpoints")).catch(absent)) ?? [];
    return names.filter((name) => !name.startsWith(TEMPORARY)).map((name) => name.split(".")[0] ?? "");
  }

  async removeCheckpoint(key: string): Promise<void> {
    for (const file of await this.#checkpointFiles(key)) await removeFile(file);
  }

  /** The right to work on a key, as soon as nobody else has it; undefined when told to stop before. */
  lease(key: string, stopping: () => boolean): Promise<Lease | undefined> {
    return acquireLease(join(this.folder, "leases"), key, stopping);
  }

  objectFile(hash: string, extension: string): string {
    return join(this.folder, "objects", hash.slice(0, 2), `${hash}.${extension}`);
  }

  #entryFile(kind: string, key: string): string {
    return join(this.folder, "entries", kind, `${key}.json`);
  }

  async #checkpointFiles(key: string): Promise<string[]> {
    const folder = join(this.folder, "checkpoints");
    const names = (await readdir(folder).catch(absent)) ?? [];
    return names.filter((name) => name.startsWith(`${key}.`)).map((name) => join(folder, name));
  }

  /** Whether an object is there already; from now on it counts as new, so that it is no garbage before an entry names it. */
  async #isKept(file: string, bytes: number): Promise<boolean> {
    const now = this.#now();
    try {
      await utimes(file, now, now);
      return (await stat(file)).size === bytes;
    } catch {
      // Missing; or another user's, which may be read but not touched: it is replaced by an equal one.
      return false;
    }
  }

  async #writeFormat(): Promise<void> {
    const file = join(this.folder, "format");
    if (!(await stat(file).catch(absent))) await writeWhole(file, FORMAT, true);
  }
}

/** What lies in a store. */
const PARTS = ["format", "entries", "objects", "checkpoints", "leases", "damaged"];

/**
 * Opens a store that is looked after: one that is there, or a folder where none is yet.
 *
 * @throws ClaimbenchError `not-a-store` for a folder with other things in it, or as `openStore`.
 */
export async function openExistingStore(folder: string, settings: StoreSettings): Promise<Store> {
  const names = (await readdir(folder).catch(absent)) ?? [];
  // A first run keeps states before it writes the format.
  if (!names.includes("format") && names.some((name) => !PARTS.includes(name))) {
    throw new ClaimbenchError("not-a-store", `${folder} is no store of claimbench`, {
      hint: "give the folder that claimbench run keeps its results in: .claimbench, or what --store named",
    });
  }
  return openStore(folder, settings);
}

/** @throws ClaimbenchError `store-format` for a store of another version. */
export async function openStore(folder: string, settings: StoreSettings): Promise<Store> {
  const format = await readFile(join(folder, "format"), "utf8").catch(absent);
  if (format !== undefined && format !== FORMAT) {
    throw new ClaimbenchError("store-format", `${folder} is a store of another version: ${format.trim()}`, {
      hint: "choose another folder with --store",
    });
  }
  return new Store(folder, settings);
}

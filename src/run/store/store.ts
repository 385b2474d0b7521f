import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { ClaimbenchError } from "../../spec/error.ts";
import { absent } from "./absent.ts";
import { notWritable, TEMPORARY, writeWhole } from "./durable-write.ts";
import { decodeEntry, type Entry, encodeEntry, sha256 } from "./entry.ts";
import { acquireLease, type Lease } from "./lease.ts";

const FORMAT = "claimbench-store/1\n";

export interface StoreSettings {
  readonly now: () => Date;
  /** Told of every file that was damaged; it has been set aside. */
  readonly onDamaged?: (file: string, why: string) => void;
}

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
  readonly #settings: StoreSettings;

  constructor(folder: string, settings: StoreSettings) {
    this.folder = folder;
    this.#settings = settings;
  }

  async get(kind: string, key: string): Promise<Entry | undefined> {
    const file = this.#entryFile(kind, key);
    const text = await readFile(file, "utf8").catch(absent);
    if (text === undefined) return undefined;
    const entry = decodeEntry(text, kind, key);
    if (typeof entry !== "string") return entry;
    await this.#setAside(file, entry);
    return undefined;
  }

  /** @returns undefined when the object is not there, or is damaged. */
  async readObject(entry: Entry, name: string): Promise<Uint8Array | undefined> {
    const object = entry.objects[name];
    if (!object) return undefined;
    return this.#readChecked(this.objectFile(object.sha256, object.extension), object.sha256);
  }

  async put(kind: string, key: string, { describes, value, objects = {} }: NewEntry): Promise<void> {
    const named: Record<string, Entry["objects"][string]> = {};
    for (const [name, { bytes, extension }] of Object.entries(objects)) {
      const hash = sha256(bytes);
      const file = this.objectFile(hash, extension);
      const known = await stat(file).catch(absent);
      if (known?.size !== bytes.length) await writeWhole(file, bytes, true);
      named[name] = { sha256: hash, bytes: bytes.length, extension };
    }
    const createdAt = this.#settings.now().toISOString();
    const entry = { kind, key, createdAt, describes, ...(value === undefined ? {} : { value }), objects: named };
    await this.#writeFormat();
    await writeWhole(this.#entryFile(kind, key), encodeEntry(entry), true);
  }

  async remove(kind: string, key: string): Promise<void> {
    await rm(this.#entryFile(kind, key), { force: true });
  }

  /** Keys of a kind that begin so. */
  async keys(kind: string, prefix = ""): Promise<string[]> {
    const names = (await readdir(join(this.folder, "entries", kind)).catch(absent)) ?? [];
    return names
      .filter((name) => name.startsWith(prefix) && name.endsWith(".json") && !name.startsWith(TEMPORARY))
      .map((name) => name.slice(0, -".json".length));
  }

  async kinds(): Promise<string[]> {
    return (await readdir(join(this.folder, "entries")).catch(absent)) ?? [];
  }

  /** Puts a checkpoint in the place of the last one; it outlives this process, but perhaps not a power failure. */
  async saveCheckpoint(key: string, bytes: Uint8Array): Promise<void> {
    const before = await this.#checkpointFiles(key);
    await this.#writeFormat();
    const file = join(this.folder, "checkpoints", `${key}.${sha256(bytes)}.safetensors`);
    await writeWhole(file, bytes, false);
    for (const old of before) if (old !== file) await rm(old, { force: true });
  }

  async readCheckpoint(key: string): Promise<Uint8Array | undefined> {
    for (const file of await this.#checkpointFiles(key)) {
      const bytes = await this.#readChecked(file, basename(file).split(".").at(-2) ?? "");
      if (bytes) return bytes;
    }
    return undefined;
  }

  async removeCheckpoint(key: string): Promise<void> {
    for (const file of await this.#checkpointFiles(key)) await rm(file, { force: true });
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

  async #readChecked(file: string, hash: string): Promise<Uint8Array | undefined> {
    const bytes = await readFile(file).catch(absent);
    if (!bytes) return undefined;
    if (sha256(bytes) === hash) return bytes;
    await this.#setAside(file, `its SHA-256 is not its name's (${bytes.length} bytes)`);
    return undefined;
  }

  async #setAside(file: string, why: string): Promise<void> {
    this.#settings.onDamaged?.(file, why);
    const folder = join(this.folder, "damaged");
    try {
      await mkdir(folder, { recursive: true });
      await rename(file, join(folder, `${basename(file)}.${this.#settings.now().getTime()}`));
    } catch (error) {
      // Somebody else was faster.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw notWritable(file, error as Error);
    }
  }

  async #writeFormat(): Promise<void> {
    const file = join(this.folder, "format");
    if (!(await stat(file).catch(absent))) await writeWhole(file, FORMAT, true);
  }
}

/** @throws ClaimbenchError `store-format` when the folder holds something else. */
export async function openStore(folder: string, settings: StoreSettings): Promise<Store> {
  const format = await readFile(join(folder, "format"), "utf8").catch(absent);
  if (format !== undefined && format !== FORMAT) {
    throw new ClaimbenchError("store-format", `${folder} is a store of another version: ${format.trim()}`, {
      hint: "choose another folder with --store",
    });
  }
  return new Store(folder, settings);
}

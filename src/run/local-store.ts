import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";

export interface Entry {
  readonly describes: unknown;
  readonly value?: unknown;
  readonly objects: Record<string, { sha256: string; extension: string }>;
}
export class Store {
  readonly folder: string;
  constructor(folder: string) {
    this.folder = folder;
  }
  async get(kind: string, key: string): Promise<Entry | undefined> {
    try {
      return JSON.parse(await readFile(join(this.folder, "entries", kind, `${key}.json`), "utf8")) as Entry;
    } catch {
      return undefined;
    }
  }
  async readObject(entry: Entry, name: string): Promise<Uint8Array | undefined> {
    const o = entry.objects[name];
    if (!o) return undefined;
    try {
      return await readFile(join(this.folder, "objects", `${o.sha256}.${o.extension}`));
    } catch {
      return undefined;
    }
  }
  async put(
    kind: string,
    key: string,
    {
      describes,
      value,
      objects = {},
    }: { describes: unknown; value?: unknown; objects?: Record<string, { bytes: Uint8Array; extension: string }> },
  ): Promise<void> {
    const named: Entry["objects"] = {};
    for (const [name, { bytes, extension }] of Object.entries(objects)) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      await mkdir(join(this.folder, "objects"), { recursive: true });
      await writeFileAtomic(
        join(this.folder, "objects", `${sha256}.${extension}`),
        Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
      );
      named[name] = { sha256, extension };
    }
    await mkdir(join(this.folder, "entries", kind), { recursive: true });
    await writeFileAtomic(
      join(this.folder, "entries", kind, `${key}.json`),
      JSON.stringify({ describes, value, objects: named }),
    );
  }
  async keys(kind: string, prefix: string): Promise<string[]> {
    try {
      return (await readdir(join(this.folder, "entries", kind)))
        .filter((n) => n.startsWith(prefix) && n.endsWith(".json"))
        .map((n) => n.slice(0, -5));
    } catch {
      return [];
    }
  }
  async saveScratch(key: string, bytes: Uint8Array): Promise<void> {
    await mkdir(join(this.folder, "scratch"), { recursive: true });
    await writeFileAtomic(
      join(this.folder, "scratch", key),
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
      { fsync: false },
    );
  }
  async readScratch(key: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.folder, "scratch", key));
    } catch {
      return undefined;
    }
  }
  async removeScratch(key: string): Promise<void> {
    await rm(join(this.folder, "scratch", key), { force: true });
  }
  async lease(key: string, stopping: () => boolean): Promise<{ release(): Promise<void> } | undefined> {
    void key;
    void stopping;
    return { release: async () => {} };
  }
}
export function openStore(folder: string): Store {
  return new Store(folder);
}

import { mkdir, readFile, rename } from "node:fs/promises";
import { basename, join } from "node:path";
import { absent } from "./absent.ts";
import { notWritable } from "./durable-write.ts";
import { sha256 } from "./entry.ts";

export interface StoreSettings {
  readonly now: () => Date;
  /** Told of every file that was damaged; it has been set aside. */
  readonly onDamaged?: (file: string, why: string) => void;
}

/** Reads files whose content is known by its SHA-256, and sets those aside that are damaged. */
export class CheckedFiles {
  readonly #damaged: string;
  readonly #settings: StoreSettings;

  constructor(store: string, settings: StoreSettings) {
    this.#damaged = join(store, "damaged");
    this.#settings = settings;
  }

  async read(file: string, hash: string): Promise<Uint8Array | undefined> {
    const bytes = await readFile(file).catch(absent);
    if (!bytes) return undefined;
    if (sha256(bytes) === hash) return bytes;
    await this.setAside(file, `its SHA-256 is not its name's (${bytes.length} bytes)`);
    return undefined;
  }

  async setAside(file: string, why: string): Promise<void> {
    this.#settings.onDamaged?.(file, why);
    try {
      await mkdir(this.#damaged, { recursive: true });
      await rename(file, join(this.#damaged, `${basename(file)}.${this.#settings.now().getTime()}`));
    } catch (error) {
      // Somebody else was faster.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw notWritable(file, error as Error);
    }
  }
}

/** When a file in the folder of damaged ones was set aside, in milliseconds since 1970; undefined for other files. */
export function setAsideAt(file: string): number | undefined {
  const time = Number(file.split(".").at(-1));
  return Number.isSafeInteger(time) ? time : undefined;
}

import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { absent } from "./absent.ts";

/** The files of a lease: one for each time it was taken, numbered from 1. The highest one says who has it. */
export class Generations {
  readonly #folder: string;
  readonly #key: string;

  constructor(folder: string, key: string) {
    this.#folder = folder;
    this.#key = key;
  }

  /** 0 when there is none. */
  async highest(): Promise<number> {
    return Math.max(0, ...(await this.#all()));
  }

  async read(generation: number): Promise<string | undefined> {
    return readFile(this.file(generation), "utf8").catch((error: NodeJS.ErrnoException) =>
      // NFS says this of a file that was replaced while it was read.
      error.code === "ESTALE" ? undefined : absent(error),
    );
  }

  async remove(generation: number): Promise<void> {
    await rm(this.file(generation), { force: true }).catch(() => {});
  }

  async removeBelow(generation: number): Promise<void> {
    for (const older of await this.#all()) if (older < generation) await this.remove(older);
  }

  file(generation: number): string {
    return join(this.#folder, `${this.#key}.${generation}`);
  }

  async #all(): Promise<number[]> {
    const names = (await readdir(this.#folder).catch(absent)) ?? [];
    return names
      .filter((name) => name.startsWith(`${this.#key}.`))
      .map((name) => Number(name.slice(this.#key.length + 1)))
      .filter(Number.isSafeInteger);
  }
}

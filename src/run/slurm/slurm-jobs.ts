import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { absent } from "../store/absent.ts";
import { writeWhole } from "../store/durable-write.ts";

/** The task of a Slurm array that a trial was given to. */
export interface SlurmJob {
  /** Of the array. */
  readonly id: string;
  /** How many tasks the array has, and which of them it is. */
  readonly tasks: number;
  readonly index: number;
  readonly suite: string;
  readonly arm: string;
  readonly seed: number;
  /** Folder with what it prints. */
  readonly output: string;
}

/** Which trials were given to Slurm, kept in the store, so that another shell can wait for them or end them. */
export class SlurmJobs {
  readonly #folder: string;

  /** @param store the store's folder. */
  constructor(store: string) {
    this.#folder = join(store, "jobs");
  }

  async get(trialKey: string): Promise<SlurmJob | undefined> {
    const text = await readFile(this.#file(trialKey), "utf8").catch(absent);
    return text === undefined ? undefined : parse(text);
  }

  put(trialKey: string, job: SlurmJob): Promise<void> {
    return writeWhole(this.#file(trialKey), JSON.stringify(job), false);
  }

  remove(trialKey: string): Promise<void> {
    return rm(this.#file(trialKey), { force: true });
  }

  async all(): Promise<[trialKey: string, job: SlurmJob][]> {
    const names = ((await readdir(this.#folder).catch(absent)) ?? []).filter((name) => name.endsWith(".job.json"));
    const found = await Promise.all(
      names.map(async (name): Promise<[string, SlurmJob][]> => {
        const key = name.slice(0, -".job.json".length);
        const job = await this.get(key);
        return job ? [[key, job]] : [];
      }),
    );
    return found.flat();
  }

  /** Where the tasks of one submission are written down. */
  taskFile(name: string): string {
    return join(this.#folder, `${name}.tasks.json`);
  }

  outputFolder(name: string): string {
    return join(this.#folder, name);
  }

  #file(trialKey: string): string {
    return join(this.#folder, `${trialKey}.job.json`);
  }
}

/** A damaged one counts as none. */
function parse(text: string): SlurmJob | undefined {
  try {
    return JSON.parse(text) as SlurmJob;
  } catch {
    return undefined;
  }
}

import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What `claimbench setup tensorflow` made; written last, so that its presence means that all of it is there. */
export interface TensorflowSetup {
  readonly format: "claimbench-tensorflow/1";
  /** Of the tfjs package. */
  readonly packageVersion: string;
  /** Of the TensorFlow library, as it says itself. */
  readonly libraryVersion: string;
  /** Folder of libtensorflow_cc.so.2. */
  readonly library: string;
  /** Of the compiled binding. */
  readonly bindingSha256: string;
}

const FORMAT = "claimbench-tensorflow/1";

/** @returns undefined where nothing was set up, or not to the end. */
export async function readTensorflowSetup(folder: string): Promise<TensorflowSetup | undefined> {
  try {
    const setup = JSON.parse(await readFile(file(folder), "utf8")) as TensorflowSetup;
    return setup?.format === FORMAT ? setup : undefined;
  } catch {
    return undefined;
  }
}

export async function writeTensorflowSetup(folder: string, setup: Omit<TensorflowSetup, "format">): Promise<void> {
  const temporary = `${file(folder)}.${process.pid}`;
  await writeFile(temporary, `${JSON.stringify({ format: FORMAT, ...setup }, null, 2)}\n`);
  await rename(temporary, file(folder));
}

function file(folder: string): string {
  return join(folder, "setup.json");
}

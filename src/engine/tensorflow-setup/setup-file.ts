import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { LIBRARY, placesIn } from "./command-lines.ts";

const FORMAT = "claimbench-tensorflow/1";

/** What `claimbench setup tensorflow` made; written last, so that its presence means that all of it is there. */
export interface TensorflowSetup {
  readonly format: typeof FORMAT;
  /** Of the tfjs package. */
  readonly packageVersion: string;
  /** Of the TensorFlow library, as it says itself. */
  readonly libraryVersion: string;
  /** Folder of libtensorflow_cc.so.2; relative to the setup's where it is in it. */
  readonly library: string;
  /** The wheel's file name, or "installed". */
  readonly source: string;
  /** Whether the library was built for CUDA. */
  readonly cuda: boolean;
  /** Where it computed when it was set up. */
  readonly device: "cpu" | "cuda";
  /** Of libtensorflow_cc.so.2. */
  readonly librarySha256: string;
  readonly libraryBytes: number;
  /** Of the compiled binding. */
  readonly bindingSha256: string;
  /** When it was set up, ISO 8601. */
  readonly when: string;
}

/** A finished setup, or why there is none. */
export type SetupState =
  | { readonly setup: TensorflowSetup; readonly reason?: undefined }
  | { readonly setup?: undefined; readonly reason: string };

const isText = (value: unknown) => typeof value === "string" && value !== "";
const isSha256 = (value: unknown) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const FIELDS: Record<Exclude<keyof TensorflowSetup, "format">, (value: unknown) => boolean> = {
  packageVersion: isText,
  libraryVersion: isText,
  library: isText,
  source: isText,
  cuda: (value) => typeof value === "boolean",
  device: (value) => value === "cpu" || value === "cuda",
  librarySha256: isSha256,
  libraryBytes: Number.isSafeInteger,
  bindingSha256: isSha256,
  when: isText,
};

/**
 * What was set up in a folder. The binding is compared by its hash, the library, whose hash takes seconds, by its size.
 */
export async function readTensorflowSetup(folder: string): Promise<SetupState> {
  let text: string;
  try {
    text = await readFile(file(folder), "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { reason: code === "ENOENT" ? "nothing was set up" : `setup.json cannot be read: ${message}` };
  }
  const setup = parse(text);
  if (setup?.format !== FORMAT) return { reason: `setup.json is damaged or not of format ${FORMAT}` };
  for (const [name, isValid] of Object.entries(FIELDS)) {
    if (!isValid(Reflect.get(setup, name))) return { reason: `setup.json has no valid ${name}` };
  }
  const library = join(resolve(folder, setup.library), LIBRARY);
  if (statSync(library, { throwIfNoEntry: false })?.size !== setup.libraryBytes) {
    return { reason: `${library} is not the one that was set up` };
  }
  const { binding } = placesIn(folder);
  const hash = await sha256(binding).catch(() => undefined);
  if (hash !== setup.bindingSha256) return { reason: `${binding} is not the one that was compiled` };
  return { setup };
}

/** Whether a text is a setup.json, of whatever format. */
export function isSetupFile(text: string): boolean {
  return String(parse(text)?.format).startsWith("claimbench-tensorflow/");
}

function parse(text: string): TensorflowSetup | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as TensorflowSetup) : undefined;
  } catch {
    return undefined;
  }
}

export async function writeTensorflowSetup(
  folder: string,
  setup: Omit<TensorflowSetup, "format">,
): Promise<TensorflowSetup> {
  const complete: TensorflowSetup = { format: FORMAT, ...setup };
  const temporary = `${file(folder)}.${process.pid}`;
  await writeFile(temporary, `${JSON.stringify(complete, null, 2)}\n`);
  await rename(temporary, file(folder));
  return complete;
}

/** Of a file, in hexadecimal digits. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(part);
  return hash.digest("hex");
}

function file(folder: string): string {
  return join(folder, "setup.json");
}

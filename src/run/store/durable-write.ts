import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { ClaimbenchError } from "../../spec/error.ts";

/** Marks files that are being written; a crash may leave some behind. */
export const TEMPORARY = ".writing-";

/** A name beside the file that nobody else, on any machine, writes to. */
export function temporaryName(file: string): string {
  return join(dirname(file), `${TEMPORARY}${hostname()}-${process.pid}-${randomBytes(6).toString("hex")}`);
}

/**
 * Writes a whole file or none: beside it, then renamed to it.
 *
 * @param lasting whether it has to survive a power failure, not only the end of this process.
 * @throws ClaimbenchError `store-not-writable`.
 */
export async function writeWhole(file: string, bytes: Uint8Array | string, lasting: boolean): Promise<void> {
  const temporary = temporaryName(file);
  try {
    await writeNew(temporary, bytes, lasting);
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    throw notWritable(file, cause as Error);
  }
}

/** Writes a file that is not there yet, and its folder where that is missing. */
export async function writeNew(file: string, bytes: Uint8Array | string, lasting: boolean): Promise<void> {
  const handle = await open(file, "wx").catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    await mkdir(dirname(file), { recursive: true });
    return open(file, "wx");
  });
  try {
    await handle.writeFile(bytes);
    if (lasting) await handle.sync();
  } finally {
    await handle.close();
  }
}

export function notWritable(file: string, cause: Error): ClaimbenchError {
  return new ClaimbenchError("store-not-writable", `cannot write ${basename(file)} to the store: ${cause.message}`, {
    hint: "make room (claimbench store gc), or choose another place with --store",
    exitCode: 4,
    cause,
  });
}

import { randomBytes } from "node:crypto";
import { link, open, rename, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { ClaimbenchError } from "../../spec/error.ts";
import { makeFolder } from "../make-folder.ts";

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
  try {
    await replaceWhole(file, bytes, lasting);
  } catch (cause) {
    throw notWritable(file, cause as Error);
  }
}

/** As {@link writeWhole}, outside of a store. @throws the error of the file system; what was there is there still. */
export async function replaceWhole(file: string, bytes: Uint8Array | string, lasting: boolean): Promise<void> {
  const temporary = temporaryName(file);
  try {
    await writeNew(temporary, bytes, lasting);
    await rename(temporary, file);
    if (lasting) await syncFolder(dirname(file));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** Codes of file systems that know no second name for a file. */
const LINKS_UNKNOWN: readonly (string | undefined)[] = ["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EMLINK"];

/**
 * Writes a file unless it is there: of many who do, on any machine, one does. Where the file system has no hard links, others
 * may see it while it is being written.
 *
 * @returns whether it was this call.
 * @throws ClaimbenchError `store-not-writable`.
 */
export async function createWhole(file: string, text: string): Promise<boolean> {
  const temporary = temporaryName(file);
  try {
    await writeNew(temporary, text, false);
    try {
      await link(temporary, file);
      return true;
    } catch (error) {
      // NFS may carry it out, lose its answer, and refuse it when it is asked again.
      if ((await stat(temporary)).nlink > 1) return true;
      if (!LINKS_UNKNOWN.includes((error as NodeJS.ErrnoException).code)) throw error;
    }
    await writeNew(file, text, false);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw notWritable(file, error as Error);
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

/** Writes a file that is not there yet, and its folder where that is missing. */
export async function writeNew(file: string, bytes: Uint8Array | string, lasting: boolean): Promise<void> {
  const handle = await open(file, "wx").catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    await makeFolder(dirname(file));
    return open(file, "wx");
  });
  try {
    await handle.writeFile(bytes);
    if (lasting) await handle.sync();
  } catch (error) {
    await rm(file, { force: true }).catch(() => {});
    throw error;
  } finally {
    await handle.close();
  }
}

/** Makes a renaming outlast a power failure; not every system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

export function notWritable(file: string, cause: Error): ClaimbenchError {
  return new ClaimbenchError("store-not-writable", `cannot write ${basename(file)} to the store: ${cause.message}`, {
    hint: "make room (claimbench store gc), or choose another place with --store",
    exitCode: 4,
    cause,
  });
}

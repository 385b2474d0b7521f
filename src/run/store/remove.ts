import { link, rename, rm, stat } from "node:fs/promises";
import { absent } from "./absent.ts";
import { notWritable, temporaryName } from "./durable-write.ts";

/** @throws ClaimbenchError `store-not-writable`. */
export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true }).catch((cause: Error) => {
    throw notWritable(file, cause);
  });
}

/**
 * Removes a file that others may renew at that moment. It is looked at once more under another name, where nobody renews it,
 * and put back when it is needed after all.
 *
 * @returns its bytes; undefined when it stays, or was gone.
 * @throws ClaimbenchError `store-not-writable`.
 */
export async function removeUnless(
  file: string,
  needed: (aside: string) => Promise<boolean>,
): Promise<number | undefined> {
  const aside = temporaryName(file);
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw notWritable(file, error as Error);
  }
  const facts = await stat(aside).catch(absent);
  const putBack = await needed(aside);
  if (putBack) await restore(aside, file);
  await removeFile(aside);
  return putBack ? undefined : facts?.size;
}

/** Does not replace what was written meanwhile, unless the file system has no hard links. */
async function restore(aside: string, file: string): Promise<void> {
  await link(aside, file).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") await rename(aside, file).catch(() => {});
  });
}

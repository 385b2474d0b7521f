import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it, as far as they are not there. Node's own recursive mkdir never ends where a folder that is
 * there cannot have others in it, such as /proc.
 *
 * @throws the error of the file system.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const parent = dirname(folder);
    if ((error as NodeJS.ErrnoException).code === "ENOENT" && parent !== folder) {
      await makeFolder(parent);
      await mkdir(folder).catch(unlessThere(folder));
    } else await unlessThere(folder)(error);
  }
}

/** Another process may make it at the same time. */
function unlessThere(folder: string) {
  return async (error: unknown) => {
    const found = await stat(folder).catch(() => undefined);
    if (!found?.isDirectory()) throw error;
  };
}

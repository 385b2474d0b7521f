import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A file of this package, wherever it is installed. @param path from its folder, with /. */
export function packageFile(path: string): string {
  return join(root, path);
}

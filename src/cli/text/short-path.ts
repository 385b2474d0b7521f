import { relative } from "node:path";

/** A path as the user would type it, and no option. */
export function shortPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  if (short.startsWith("..")) return path;
  return short.startsWith("-") ? `./${short}` : short;
}

import { isAbsolute, relative, sep } from "node:path";

/** A path as the user would type it, and no option: from cwd where it lies in it, else as it is. */
export function shortPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  if (short === ".." || short.startsWith(`..${sep}`) || isAbsolute(short)) return path;
  return short.startsWith("-") ? `./${short}` : short;
}

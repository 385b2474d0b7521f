import { createHash } from "node:crypto";

/**
 * The parts of a suite's id, "keskar-2017/sharp-minima", as names of folders. Records may come from anywhere: what leads out of a
 * folder, or hides in it, becomes a plain name of its own.
 */
export function pathSegments(id: string): string[] {
  return id.split("/").map(pathSegment);
}

/** A name as that of one file or folder; different names stay different. */
export function pathSegment(name: string): string {
  const plain = name.replace(/[^\w.+-]+/g, "_").replace(/^\.+/, "_") || "_";
  return plain === name ? plain : `${plain}-${createHash("sha256").update(name).digest("hex").slice(0, 6)}`;
}

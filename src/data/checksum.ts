import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Checksum } from "./data-sets.ts";

/** "SHA-256 0123…" of a checksum, as a message shows it. */
export function checksumWords(checksum: Checksum): string {
  return "sha256" in checksum ? `SHA-256 ${checksum.sha256}` : `MD5 ${checksum.md5}`;
}

/** Of bytes in memory. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Of a file on disk, by the algorithm of `expected`. @throws Error of the file system. */
export async function checksumOfFile(path: string, expected: Checksum, signal?: AbortSignal): Promise<Checksum> {
  const hash = createHash("sha256" in expected ? "sha256" : "md5");
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash, signal ? { signal } : {});
  const hex: string = hash.digest("hex");
  return "sha256" in expected ? { sha256: hex } : { md5: hex };
}

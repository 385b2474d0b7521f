import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { RunRecord } from "../../spec/run.types.ts";
import { shippedSuites } from "../package-files.ts";

/** A suite is far smaller, a record or a data set larger. */
const MOST_BYTES = 1024 * 1024;
/** Files and folders that are looked at: the folder may be anything. */
const MOST_ENTRIES = 20_000;

/**
 * The file of a record's suite, below a folder or among the suites that ship: the one with the record's checksum, so that
 * the lines of claims are right. Folders of packages and hidden ones are passed over.
 */
export function suiteFileOf({ suite: { sha256 } }: RunRecord, cwd: string): string | undefined {
  let looked = 0;
  const folders = [cwd];
  for (const folder of folders) {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith(".")) folders.push(path);
      if (entry.isFile() && /\.jsonc?$/.test(entry.name) && checksumOf(path) === sha256) return path;
      looked++;
      if (looked > MOST_ENTRIES) return undefined;
    }
  }
  return shippedSuites().find(({ path }) => checksumOf(path) === sha256)?.path;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function checksumOf(path: string): string | undefined {
  try {
    if (statSync(path).size > MOST_BYTES) return undefined;
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  } catch {
    return undefined;
  }
}

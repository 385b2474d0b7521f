import { mkdir, realpath, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ClaimbenchError } from "../../spec/error.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import { makeFolder } from "../make-folder.ts";
import { replaceWhole } from "../store/durable-write.ts";
import { pathSegments } from "./path-segments.ts";

/**
 * Makes the folder of a new run, reports/<suite>/<run id>. The id is the time it starts, in UTC, with a number behind it
 * when that is taken.
 *
 * @throws ClaimbenchError `reports-not-writable`.
 */
export async function makeRunFolder(
  reportsFolder: string,
  suite: string,
  startedAt: Date,
): Promise<{ id: string; folder: string }> {
  const time = startedAt
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
  const ofSuite = join(reportsFolder, ...pathSegments(suite));
  try {
    await makeFolder(ofSuite);
    for (let attempt = 1; ; attempt++) {
      const id = attempt === 1 ? time : `${time}-${attempt}`;
      const folder = join(ofSuite, id);
      try {
        await mkdir(folder);
        return { id, folder };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
    }
  } catch (cause) {
    throw notWritable(ofSuite, cause as Error);
  }
}

/**
 * Writes a whole file or none, with the folders that lead to it. What is there and is no file, such as /dev/null or a pipe, is
 * written to and stays what it is.
 *
 * @throws ClaimbenchError `reports-not-writable`.
 */
export async function writeReportFile(file: string, content: string): Promise<void> {
  try {
    await makeFolder(dirname(file));
    if (await isStream(file)) await writeFile(file, content);
    else await replaceWhole(await behindLinks(file), content, false);
  } catch (cause) {
    throw notWritable(file, cause as Error);
  }
}

async function isStream(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** A link stays one. */
async function behindLinks(file: string): Promise<string> {
  return realpath(file).catch(() => file);
}

export function recordFile(folder: string): string {
  return join(folder, "run.json");
}

export function encodeRecord(record: RunRecord): string {
  return `${JSON.stringify(record, null, 1)}\n`;
}

function notWritable(path: string, cause: Error): ClaimbenchError {
  return new ClaimbenchError("reports-not-writable", `cannot write ${path}: ${cause.message}`, {
    hint: "make room, or choose another place (--reports for runs)",
    cause,
  });
}

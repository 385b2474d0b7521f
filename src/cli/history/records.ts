import { createHash } from "node:crypto";
import type { Dirent } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ClaimbenchError } from "../../spec/error.ts";
import { readRunRecord } from "../../spec/read-run-record.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import { fileProblem } from "../file-problem.ts";
import { shortPath } from "../text/short-path.ts";

/** A record that a history can rest on. */
export interface FoundRecord {
  /** As the user would type it. */
  readonly file: string;
  /** SHA-256 of its bytes. */
  readonly sha256: string;
  readonly record: RunRecord;
}

/** What was found and cannot be used. */
export interface LeftOut {
  readonly file: string;
  readonly reason: string;
}

/** How a run's folder is called: the time it started, in UTC. */
const RUN_FOLDER = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(-\d+)?$/;

/**
 * Every whole record in and below the folders, one at a time: hundreds do not have to fit the memory at once.
 *
 * @param leaveOut is told of records that are corrupt, not finished, or there already.
 * @throws ClaimbenchError `reports-not-readable` where a folder is not there.
 */
export async function* recordsBelow(
  folders: readonly string[],
  cwd: string,
  leaveOut: (left: LeftOut) => void,
): AsyncGenerator<FoundRecord> {
  const known = new Map<string, string>();
  for (const folder of folders) {
    for await (const { path, problem } of runsBelow(resolve(cwd, folder))) {
      const file = shortPath(path, cwd);
      if (problem !== undefined) {
        leaveOut({ file, reason: problem });
        continue;
      }
      const found = await readFound(path, file).catch((error: unknown) => fileProblem(error));
      if (typeof found === "string") {
        leaveOut({ file, reason: found });
        continue;
      }
      const same = known.get(found.sha256);
      const reason = unusable(found.record) ?? (same === undefined ? undefined : `the same record as ${same}`);
      if (reason === undefined) {
        known.set(found.sha256, file);
        yield found;
      } else if (same !== file) leaveOut({ file, reason });
    }
  }
}

async function readFound(path: string, file: string): Promise<FoundRecord> {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new ClaimbenchError("record-not-readable", `cannot be read: ${cause.message}`, { cause });
  });
  return {
    file,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    record: readRunRecord(bytes.toString("utf8"), file),
  };
}

function unusable({ run }: RunRecord): string | undefined {
  if (run.status === "interrupted") return "the run was interrupted: not all of its trials ran";
  if (run.shard) return `shard ${run.shard.index} of ${run.shard.count}: claimbench merge puts shards together`;
  if (Number.isNaN(Date.parse(run.startedAt))) return `its start is no time: ${JSON.stringify(run.startedAt)}`;
  return undefined;
}

interface FoundPath {
  readonly path: string;
  /** Why there is no record to read. */
  readonly problem?: string;
}

/** Records in the order of their paths; links and hidden folders are not followed. */
async function* runsBelow(folder: string): AsyncGenerator<FoundPath> {
  const entries = await entriesOf(folder).catch((cause: Error) => {
    throw new ClaimbenchError("reports-not-readable", `cannot read ${folder}: ${cause.message}`, {
      hint: "give the folder that claimbench run writes to: reports, or what --reports named",
      cause,
    });
  });
  yield* runsIn(folder, entries);
}

async function* runsIn(folder: string, entries: readonly Dirent[]): AsyncGenerator<FoundPath> {
  if (entries.some(isRecord)) yield { path: join(folder, "run.json") };
  for (const entry of entries) {
    if (!entry.isDirectory() || entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const path = join(folder, entry.name);
    const below = await entriesOf(path).catch((error: Error) => error);
    if (below instanceof Error) yield { path, problem: `cannot be read: ${below.message}` };
    else if (RUN_FOLDER.test(entry.name) && !below.some(isRecord)) yield { path, problem: "the run is not finished" };
    else yield* runsIn(path, below);
  }
}

function isRecord(entry: Dirent): boolean {
  return entry.name === "run.json" && !entry.isDirectory();
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

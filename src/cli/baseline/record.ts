import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { recordFile } from "../../run/records/record-file.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import { readRunRecord } from "../../spec/read-run-record.ts";
import type { RunRecord } from "../../spec/run.types.ts";

/** @param path of a record, or of the folder of a run. @throws ClaimbenchError `record-not-readable`. */
export async function runRecordAt(path: string, cwd: string): Promise<RunRecord> {
  const isFolder = await stat(resolve(cwd, path)).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = isFolder ? recordFile(path) : path;
  const text = await readFile(resolve(cwd, file), "utf8").catch((cause: Error) => {
    throw new ClaimbenchError("record-not-readable", `cannot read ${file}: ${cause.message}`, {
      hint: "give the run.json of a run, or the folder that holds it",
      cause,
    });
  });
  return readRunRecord(text, file);
}

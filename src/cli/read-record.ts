import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { NamedRecord } from "../run/records/belong-together.ts";
import { recordFile } from "../run/records/record-file.ts";
import { ClaimbenchError } from "../spec/error.ts";
import { readRunRecord } from "../spec/read-run-record.ts";

/**
 * Reads a record as commands name it.
 *
 * @param path of the record, or of the folder of a run, from cwd.
 * @throws ClaimbenchError `record-not-readable`, or as `readRunRecord`.
 */
export async function readRecordAt(path: string, cwd: string): Promise<NamedRecord> {
  const found = await stat(resolve(cwd, path)).catch(() => undefined);
  const file = found?.isDirectory() ? recordFile(path) : path;
  const text = await readFile(resolve(cwd, file), "utf8").catch((cause: Error) => {
    throw new ClaimbenchError("record-not-readable", `cannot read ${file}: ${cause.message}`, {
      hint: "give the run.json that claimbench run wrote, reports/<suite>/<run>/run.json, or the folder that holds it",
      cause,
    });
  });
  return { file, record: readRunRecord(text, file) };
}

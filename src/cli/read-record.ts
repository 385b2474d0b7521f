import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ClaimbenchError } from "../spec/error.ts";
import { readRunRecord } from "../spec/read-run-record.ts";
import type { RunRecord } from "../spec/run.types.ts";

/** @throws ClaimbenchError `record-not-readable`, or as `readRunRecord`. */
export async function readRecordFile(file: string, cwd: string): Promise<RunRecord> {
  const path = resolve(cwd, file);
  const text = await readFile(path, "utf8").catch((cause: Error) => {
    throw new ClaimbenchError("record-not-readable", `cannot read ${path}: ${cause.message}`, {
      hint: "give the run.json that claimbench run wrote: reports/<suite>/<run>/run.json",
      cause,
    });
  });
  return readRunRecord(text, file);
}

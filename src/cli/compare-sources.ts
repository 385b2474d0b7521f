import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { ComparedSource } from "../judge/compare/compare.ts";
import { recordFile } from "../run/records/record-file.ts";
import { readRecordFile } from "./read-record.ts";

/**
 * The records to compare: files in their order, then named ones that are not among them.
 *
 * @param files records, or the folders of runs.
 * @throws ClaimbenchError as `readRecordFile`.
 */
export async function readSources(
  files: readonly string[],
  named: readonly { readonly label: string; readonly file: string }[],
  cwd: string,
): Promise<ComparedSource[]> {
  const open = [...named];
  const sources: ComparedSource[] = [];
  for (const file of files) {
    const at = open.findIndex((each) => resolve(cwd, each.file) === resolve(cwd, file));
    const [match] = at < 0 ? [] : open.splice(at, 1);
    sources.push(await readSource(file, match?.label, cwd));
  }
  for (const { label, file } of open) sources.push(await readSource(file, label, cwd));
  return sources;
}

async function readSource(path: string, label: string | undefined, cwd: string): Promise<ComparedSource> {
  const isFolder = await stat(resolve(cwd, path)).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = isFolder ? recordFile(path) : path;
  const record = await readRecordFile(file, cwd);
  return { file, record, ...(label === undefined ? {} : { label }) };
}

import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ComparedSource } from "../judge/compare/compare.ts";
import { ClaimbenchError } from "../spec/error.ts";
import { readRecordAt } from "./read-record.ts";

/**
 * The records to compare: files in their order, then named ones that are not among them.
 *
 * @param files records, or the folders of runs.
 * @throws ClaimbenchError as `readRecordAt`, or `same-record`.
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
  refuseTwins(sources);
  return sources;
}

/** A run agrees with itself, which says nothing. */
function refuseTwins(sources: readonly ComparedSource[]): void {
  for (const [i, { file, record }] of sources.entries()) {
    const twin = sources.slice(0, i).find((other) => isDeepStrictEqual(other.record, record));
    if (twin) {
      throw new ClaimbenchError("same-record", `${twin.file} and ${file} are the record of one run`, {
        hint: "give each run once",
      });
    }
  }
}

async function readSource(path: string, label: string | undefined, cwd: string): Promise<ComparedSource> {
  const named = await readRecordAt(path, cwd);
  return label === undefined ? named : { ...named, label };
}

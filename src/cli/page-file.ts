import { readFile, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { isReport } from "../report/is-report.ts";
import { writeReportFile } from "../run/records/record-file.ts";
import { ClaimbenchError } from "../spec/error.ts";
import type { Io } from "./io.ts";

/** What options for a page take for stdout. */
export const STDOUT = "-";

/**
 * Writes a page where an option says, or to stdout.
 *
 * @throws ClaimbenchError `reports-not-writable`, also where something else than a page of claimbench is in its place.
 */
export async function writePage(path: string, html: string, { cwd, out }: Pick<Io, "cwd" | "out">): Promise<void> {
  if (path === STDOUT) return out(html);
  const file = resolve(cwd, path);
  await refuseOtherFiles(file);
  await writeReportFile(file, html);
}

/** Nothing but an earlier page gives way to a page. @throws ClaimbenchError `reports-not-writable`. */
export async function refuseOtherFiles(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  // A device takes what it is given.
  if (!found || !(found.isFile() || found.isDirectory())) return;
  if (found.isFile() && (found.size === 0 || isReport(await readFile(file, "utf8")))) return;
  throw new ClaimbenchError("reports-not-writable", `${file} is there already, and is no report of claimbench`, {
    hint: `choose another place, or move ${basename(file)} away`,
  });
}

/** @throws ClaimbenchError `reporters-conflict` where a page and a document would share stdout. */
export function refuseTwoOnStdout(option: string, path: string | undefined, json: boolean): void {
  if (path !== STDOUT || !json) return;
  throw new ClaimbenchError("reporters-conflict", `${option} - and --json cannot both write to stdout`, {
    hint: `give the page a file: ${option} page.html`,
  });
}

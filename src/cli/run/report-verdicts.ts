import { join } from "node:path";
import { judge } from "../../judge/judge.ts";
import type { ClaimVerdict } from "../../judge/verdict.ts";
import { renderHtml } from "../../report/html.ts";
import { recordFile, writeReportFile } from "../../run/records/record-file.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import type { TableIo } from "../io.ts";
import { renderVerdicts } from "../tables/verdicts.ts";
import { duration } from "../text/duration.ts";
import { shortPath } from "../text/short-path.ts";

/**
 * Judges a record, writes the HTML report beside it and, unless all is to be one JSON document, prints the verdicts.
 *
 * @param folder of the record.
 * @returns the verdicts of the claims, and all of it as data.
 */
export async function reportVerdicts(
  record: RunRecord,
  folder: string,
  io: TableIo,
  json: boolean,
): Promise<{ verdicts: ClaimVerdict[]; document: object }> {
  const verdicts = judge(record);
  const html = join(folder, "index.html");
  // The table comes first: it must not be lost when the report cannot be written.
  if (!json) io.out(renderVerdicts(record, verdicts, io.columns.out, io.colours.out));
  await writeReportFile(html, renderHtml(record, verdicts));
  if (!json) io.out(`${duration(record.run.durationSeconds)}, report ${shortPath(html, io.cwd)}\n`);
  const { status } = record.run;
  return {
    verdicts,
    document: { suite: record.suite.id, status, verdicts, record: recordFile(folder), report: html },
  };
}

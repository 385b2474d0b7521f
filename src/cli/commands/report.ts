import { dirname, join, resolve } from "node:path";
import { Command } from "commander";
import { pathSegment, pathSegments } from "../../run/records/path-segments.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { readRecordAt } from "../read-record.ts";
import { shortPath } from "../text/short-path.ts";

interface ReportOptions {
  readonly html?: string;
  readonly out?: string;
}

const STDOUT = "-";

export function reportCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("report")
    .description("Write the HTML report of a run record, and print where it is.")
    .argument("<run.json...>", "records of runs, or the folders that hold them")
    .option("--html <file>", "of one record: write the report to this file (- is stdout) instead of beside the record")
    .option("--out <folder>", "write reports to <folder>/<suite>/<run>/index.html instead")
    .action(async (paths: string[], options: ReportOptions) => {
      if (options.html !== undefined && (paths.length > 1 || options.out !== undefined)) {
        throw new ClaimbenchError("usage", "--html names the file of one report", {
          hint: "give one record, or --out <folder> alone",
        });
      }
      const { judge } = await import("../../judge/judge.ts");
      const { renderHtml } = await import("../../report/html.ts");
      if (options.html === STDOUT) {
        const { record } = await readRecordAt(paths[0] ?? "", io.cwd);
        io.out(renderHtml(record, judge(record)));
        return exit(EXIT.success);
      }
      const { writeReportFile } = await import("../../run/records/record-file.ts");
      for (const [place, record] of await placesOf(paths, options, io.cwd)) {
        await writeReportFile(place, renderHtml(record, judge(record)));
        io.out(`${shortPath(place, io.cwd)}\n`);
      }
      exit(EXIT.success);
    });
}

/** Where each record's report goes: all are known to be free before the first is written. */
async function placesOf(
  paths: readonly string[],
  options: ReportOptions,
  cwd: string,
): Promise<ReadonlyMap<string, RunRecord>> {
  const { refuseOtherFiles } = await import("../page-file.ts");
  const places = new Map<string, RunRecord>();
  for (const path of paths) {
    const { file, record } = await readRecordAt(path, cwd);
    const place = placeOf(file, record, options, cwd);
    await refuseOtherFiles(place);
    if (places.has(place)) {
      throw new ClaimbenchError("reports-clash", `two of the records would have their report at ${place}`, {
        hint: "give each record once; two runs in one folder need --html, or --out where their suite and id differ",
      });
    }
    places.set(place, record);
  }
  return places;
}

function placeOf(file: string, { suite, run }: RunRecord, { html, out }: ReportOptions, cwd: string): string {
  if (html !== undefined) return resolve(cwd, html);
  if (out === undefined) return join(dirname(resolve(cwd, file)), "index.html");
  return join(resolve(cwd, out), ...pathSegments(suite.id), pathSegment(run.id), "index.html");
}

import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import type { NamedRecord } from "../../run/records/belong-together.ts";
import { mergeRecords } from "../../run/records/merge-records.ts";
import { machineDifferences } from "../../run/records/merged-provenance.ts";
import { encodeRecord, makeRunFolder, recordFile, writeReportFile } from "../../run/records/record-file.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import type { Io } from "../io.ts";
import { readRecordAt } from "../read-record.ts";
import { Gate, type GateOptions } from "./gate.ts";
import { reportVerdicts } from "./report-verdicts.ts";
import type { ReporterRequest } from "./reporter-option.ts";
import { Reporters } from "./reporters.ts";

/** What `claimbench merge` takes. */
export interface MergeCommandOptions extends GateOptions {
  readonly reports: string;
  readonly reporter?: readonly ReporterRequest[];
  readonly json?: true;
}

/** Merges records into one, and judges it as a run is judged. @returns the exit code. */
export async function mergeRuns(paths: readonly string[], options: MergeCommandOptions, io: Io): Promise<number> {
  const gate = new Gate(options, io);
  const sources: NamedRecord[] = [];
  for (const path of paths) sources.push(await readRecordAt(path, io.cwd));
  const reporters = new Reporters(options, io, { inputs: sources.map(({ file }) => resolve(io.cwd, file)) });
  const merged = mergeRecords(sources);
  const differing = machineDifferences(merged.run.parts);
  if (differing.length > 0) {
    io.err("the runs differ in what their samples may depend on in the last bits; run.json says which made which:\n");
    for (const line of differing) io.err(`  ${line}\n`);
  }
  const notRun = merged.trials.filter(({ state }) => state === "not-run").length;
  if (notRun > 0) io.err(`${notRun} of ${merged.trials.length} trials were not run\n`);

  const { id, folder } = await makeRunFolder(resolve(io.cwd, options.reports), merged.suite.id, io.now());
  const record: RunRecord = { ...merged, run: { id, ...merged.run } };
  try {
    await writeReportFile(recordFile(folder), encodeRecord(record));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  const reported = await reportVerdicts(record, folder, reporters.tableIo, options.json === true);
  if (options.json) io.out(`${JSON.stringify(reported.document, null, 2)}\n`);
  const gated = await gate.add(record, reported.verdicts);
  await reporters.add({ record, ...reported, ...gated });
  return reporters.end() ?? gate.exitCode();
}

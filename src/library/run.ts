import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { MOST_PARALLEL } from "../cli/options.ts";
import { contextOf, loadBaseline, loadSuiteFile, type SuiteFileOnDisk } from "../cli/package-files.ts";
import { repeatCommand } from "../cli/run/options.ts";
import { scopeOf } from "../cli/suite-options.ts";
import { tensorflowFolder } from "../engine/tensorflow-setup/folder.ts";
import { judge } from "../judge/judge.ts";
import type { ClaimVerdict } from "../judge/verdict.ts";
import { renderHtml } from "../report/html.ts";
import type { EngineRequest } from "../run/engines/choose-engine.ts";
import type { RunListener } from "../run/listener.ts";
import { recordFile, writeReportFile } from "../run/records/record-file.ts";
import { runSuite } from "../run/run-suite.ts";
import { ClaimbenchError } from "../spec/error.ts";
import { didYouMean } from "../spec/nearest.ts";
import { type ReadSuiteOptions, readSuite } from "../spec/read-suite.ts";
import type { RunRecord } from "../spec/run.types.ts";
import type { SuiteObject } from "./suite-object.ts";

/** As the options of `claimbench run`; folders are relative to the current one. */
export interface RunSettings extends ReadSuiteOptions, Partial<EngineRequest> {
  /** Folder that gets <suite>/<run id> with the record and the report; "reports" when absent. */
  readonly outDir?: string;
  /** Where results are kept between runs; ".claimbench" when absent. */
  readonly storeDir?: string;
  /** Folder to look for data sets in before others. */
  readonly dataDir?: string;
  /** Folder that paths in a suite given as an object are relative to; the current one when absent. */
  readonly suiteDir?: string;
  /** Worker processes, and threads of each; chosen by the size of the networks when absent. */
  readonly workers?: number;
  readonly threads?: number;
  /** Told how the run goes on. */
  readonly listener?: RunListener;
  /** Ends the run early: what was done is in the store, and the record ends with what was finished. */
  readonly signal?: AbortSignal;
}

/** What came of a run. */
export interface Run {
  readonly record: RunRecord;
  /** In the order of the suite's claims. */
  readonly verdicts: readonly ClaimVerdict[];
  /** Paths of run.json and index.html. */
  readonly recordPath: string;
  readonly reportPath: string;
}

/**
 * Runs a suite as `claimbench run` does, judges it and writes the report. What is in the store is not trained again.
 *
 * @param suite path of a suite file, the id of a suite that comes with the package, such as "quick", or a suite as an object.
 * @throws ClaimbenchError of the suite, its data, plugins or engine, before anything trains.
 */
export async function run(suite: string | SuiteObject, settings: RunSettings = {}): Promise<Run> {
  const { engine = "auto", device = "auto", workers, threads, listener } = settings;
  const { outDir = "reports", storeDir = ".claimbench", dataDir } = settings;
  checkSettings(suite, settings);
  checkParallelism({ workers, threads });
  const source = typeof suite === "string" ? loadSuiteFile(suite, process.cwd()) : sourceOf(suite, settings.suiteDir);
  const scope = scopeOf(settings);
  const placement = {
    ...(workers === undefined ? {} : { workers }),
    ...(threads === undefined ? {} : { threads }),
  };
  const dataFolder = dataDir === undefined ? undefined : resolve(dataDir);
  const resolved = readSuite(source, await contextOf(source, dataFolder), scope);
  const words = { ...scope, ...placement, engine, device, reports: outDir, store: storeDir, gate: "claims" } as const;
  const { record, folder } = await runSuite(resolved, loadBaseline(resolved.paper), {
    ...placement,
    reportsFolder: resolve(outDir),
    storeFolder: resolve(storeDir),
    engine: { engine, device },
    tensorflowFolder: tensorflowFolder(process.env),
    suiteFolder: source.folder,
    ...(dataFolder === undefined ? {} : { dataFolder }),
    command: typeof suite === "string" ? repeatCommand(source.name, words) : `run(suite) of the package claimbench`,
    signal: settings.signal ?? new AbortController().signal,
    now: () => new Date(),
    ...(listener ? { listener } : {}),
  });
  const verdicts = judge(record);
  const reportPath = join(folder, "index.html");
  await writeReportFile(reportPath, renderHtml(record, verdicts));
  return { record, verdicts, recordPath: recordFile(folder), reportPath };
}

const SETTINGS: Readonly<Record<keyof RunSettings, true>> = {
  profile: true,
  filter: true,
  seeds: true,
  engine: true,
  device: true,
  outDir: true,
  storeDir: true,
  dataDir: true,
  suiteDir: true,
  workers: true,
  threads: true,
  listener: true,
  signal: true,
};

/** What a program without types may get wrong, and would otherwise train a whole suite for. */
function checkSettings(suite: unknown, settings: RunSettings): void {
  if (typeof suite !== "string" && (typeof suite !== "object" || suite === null)) {
    throw new ClaimbenchError("invalid-setting", `expected a suite, or the path or id of one; found ${suite}`);
  }
  const known = Object.keys(SETTINGS);
  const unknown = Object.keys(settings).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new ClaimbenchError("invalid-setting", `unknown setting "${unknown}"${didYouMean(unknown, known)}`);
  }
  const { filter } = settings;
  if (filter !== undefined && typeof filter !== "string") {
    throw new ClaimbenchError("invalid-setting", `filter: expected words with commas between; found ${typeof filter}`);
  }
}

function checkParallelism(counts: Readonly<Record<string, number | undefined>>): void {
  for (const [name, count] of Object.entries(counts)) {
    if (count === undefined || (Number.isInteger(count) && count >= 1 && count <= MOST_PARALLEL)) continue;
    throw new ClaimbenchError(
      "invalid-setting",
      `${name}: expected a whole number, 1 to ${MOST_PARALLEL}; found ${count}`,
    );
  }
}

function sourceOf(suite: SuiteObject, suiteDir = "."): SuiteFileOnDisk {
  const folder = resolve(suiteDir);
  const text = JSON.stringify(suite, null, 2);
  const sha256 = createHash("sha256").update(text).digest("hex");
  return { name: "suite", file: "suite", path: join(folder, "suite.json"), folder, text, sha256 };
}

import { resolve } from "node:path";
import type { RunListener } from "../../run/listener.ts";
import { recordFile } from "../../run/records/record-file.ts";
import { type RunResult, runSuite } from "../../run/run-suite.ts";
import { Slurm } from "../../run/slurm/slurm.ts";
import type { PublishedBaseline } from "../../spec/baseline.types.ts";
import type { ClaimbenchConfig } from "../../spec/config.types.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import { unmatchedWords } from "../../spec/filter-suite.ts";
import { slurmSettings } from "../../spec/read-config.ts";
import { readSuite } from "../../spec/read-suite.ts";
import type { Suite } from "../../spec/run.types.ts";
import type { Io } from "../io.ts";
import {
  contextOf,
  loadBaseline,
  loadConfig,
  loadSuiteFile,
  type SuiteFileOnDisk,
  suitesIn,
} from "../package-files.ts";
import { renderError } from "../print-error.ts";
import { dataFolder, prepareOptions, scopeOf } from "../suite-options.ts";
import { shortPath } from "../text/short-path.ts";
import { Gate } from "./gate.ts";
import { jsonEvents } from "./json-events.ts";
import { type RunCommandOptions, repeatCommand, repeatCommandHere } from "./options.ts";
import { progressListener } from "./progress.ts";
import { reportVerdicts } from "./report-verdicts.ts";
import { Reporters } from "./reporters.ts";
import { shardDocument, shardSummary } from "./shard.ts";

/** A suite that was read, and the words of the command line that it was named by. */
interface NamedSuite {
  readonly name: string;
  readonly source: SuiteFileOnDisk;
  readonly suite: Suite;
  readonly baseline: PublishedBaseline | undefined;
}

/**
 * Runs suites one after the other. All are read before the first trains; of several, one that cannot be run keeps the others from
 * nothing.
 *
 * @returns the exit code.
 */
export async function runSuites(names: readonly string[], options: RunCommandOptions, io: Io): Promise<number> {
  const suites = await Promise.all(suitesIn(names, io.cwd).map((name) => readNamed(name, options, io)));
  checkFilter(options, suites);
  const deadline = deadlineOf(options, suites, io);
  const config = loadConfig(io.cwd);
  const documents: object[] = [];
  const gate = new Gate(options, io);
  const reporters = new Reporters(options, io, {
    inputs: suites.map(({ source }) => source.path),
    suites: suites.length,
  });
  for (const named of suites) {
    if (io.signal.aborted) break;
    const events = options.jsonEvents ? jsonEvents(io) : undefined;
    const progress = events ?? progressListener(io, options.quiet ? "quiet" : options.verbose ? "verbose" : "normal");
    if (!options.quiet) io.err(`${named.suite.title}\n`);
    const result = await runNamed(named, options, { config, deadline, listener: progress }, io)
      .catch((error: unknown) => {
        if (suites.length === 1 || !(error instanceof ClaimbenchError)) throw error;
        return error;
      })
      .finally(() => progress.end());
    if (result instanceof ClaimbenchError) {
      io.err(renderError(result, io.cwd, io.colours.err));
      gate.addFailure();
      continue;
    }
    const { record, folder } = result;
    if (options.shard) {
      if (record.trials.some(({ state }) => state === "crashed")) gate.addStatus("not-measured");
      if (options.json) documents.push(shardDocument(record, options.shard, recordFile(folder)));
      else io.out(shardSummary(record, options.shard, shortPath(recordFile(folder), io.cwd)));
    } else {
      const asJson = options.json === true || events !== undefined;
      if (suites.length > 1 && !asJson) reporters.tableIo.out(`${record.suite.id}\n`);
      const reported = await reportVerdicts(record, folder, reporters.tableIo, asJson);
      events?.onVerdicts(reported.document);
      const gated = await gate.add(record, reported.verdicts);
      await reporters.add({ record, ...reported, file: named.source.file, ...gated });
      documents.push(reported.document);
    }
    if (record.run.status === "interrupted") tellInterrupted(named.name, result, options, io);
  }
  if (options.json) io.out(`${JSON.stringify(suites.length === 1 ? documents[0] : documents, null, 2)}\n`);
  return reporters.end() ?? gate.exitCode();
}

async function readNamed(name: string, options: RunCommandOptions, io: Io): Promise<NamedSuite> {
  const source = loadSuiteFile(name, io.cwd);
  const context = await contextOf(source, dataFolder(options, io).dataFolder);
  const suite = readSuite(source, context, scopeOf(options));
  return { name, source, suite, baseline: loadBaseline(suite.paper) };
}

interface RunSurroundings {
  readonly config: ClaimbenchConfig;
  readonly deadline: Date | undefined;
  readonly listener: RunListener;
}

async function runNamed(
  { source, suite, baseline }: NamedSuite,
  options: RunCommandOptions,
  { config, deadline, listener }: RunSurroundings,
  io: Io,
): Promise<RunResult> {
  const { executor, shard, profile } = options;
  return runSuite(suite, baseline, {
    ...prepareOptions(options, source.folder, io),
    reportsFolder: resolve(io.cwd, options.reports),
    storeFolder: resolve(io.cwd, options.store),
    ...(executor ? { slurm: { client: new Slurm(), settings: slurmSettings(config, profile) } } : {}),
    ...(shard ? { shard } : {}),
    ...(deadline ? { deadline } : {}),
    command: repeatCommand(source.name, options),
    now: io.now,
    listener,
  });
}

/** @param name of the suite, as it was typed. */
function tellInterrupted(name: string, { record, folder }: RunResult, options: RunCommandOptions, io: Io): void {
  if (options.executor) {
    io.err("its Slurm jobs go on; the same command waits for them, `claimbench cancel` ends them\n");
  }
  const done = record.trials.filter(({ state }) => state !== "not-run").length;
  io.err(
    `interrupted: ${done} of ${record.trials.length} trials finished; they are in ${shortPath(recordFile(folder), io.cwd)}\n`,
  );
  io.err(`go on with: ${repeatCommandHere(name, options)}\n`);
}

/** @throws ClaimbenchError `filter-matches-nothing` for a word that no claim of any suite matches. */
function checkFilter({ filter }: RunCommandOptions, suites: readonly NamedSuite[]): void {
  const claims = suites.flatMap(({ suite }) => suite.claims);
  const unmatched = filter === undefined ? [] : unmatchedWords(filter, claims);
  if (unmatched.length === 0) return;
  throw new ClaimbenchError("filter-matches-nothing", `no claim matches "${unmatched.join(",")}"`, {
    hint: "claimbench list <suite> shows the ids of its claims",
  });
}

/** Of the whole command. @throws ClaimbenchError `budget` where no suite adds seeds. */
function deadlineOf(
  { budget }: RunCommandOptions,
  suites: readonly { readonly suite: Suite }[],
  io: Io,
): Date | undefined {
  if (budget === undefined) return undefined;
  if (!suites.some(({ suite }) => suite.sequential)) {
    throw new ClaimbenchError("budget", "--budget ends the adding of seeds, and their number is fixed here", {
      hint: 'leave it open in the suite: "seeds": { "min": 3, "max": 20, "until": "decided" }',
    });
  }
  return new Date(io.now().getTime() + 1000 * budget);
}

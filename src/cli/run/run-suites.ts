import { resolve } from "node:path";
import { tensorflowFolder } from "../../engine/tensorflow-setup/folder.ts";
import { recordFile } from "../../run/records/record-file.ts";
import { type RunResult, runSuite } from "../../run/run-suite.ts";
import { Slurm } from "../../run/slurm/slurm.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import { slurmSettings } from "../../spec/read-config.ts";
import { readSuite } from "../../spec/read-suite.ts";
import type { Suite } from "../../spec/run.types.ts";
import type { Io } from "../io.ts";
import { contextOf, loadBaseline, loadConfig, loadSuiteFile, suitesIn } from "../package-files.ts";
import { shortPath } from "../text/short-path.ts";
import { Gate } from "./gate.ts";
import { jsonEvents } from "./json-events.ts";
import { dataFolder, type RunCommandOptions, repeatCommand, repeatCommandHere } from "./options.ts";
import { progressListener } from "./progress.ts";
import { reportVerdicts } from "./report-verdicts.ts";
import { Reporters } from "./reporters.ts";
import { shardDocument, shardSummary } from "./shard.ts";

/** Runs suites one after the other. All are read before the first trains. @returns the exit code. */
export async function runSuites(names: readonly string[], options: RunCommandOptions, io: Io): Promise<number> {
  const { profile, filter, seeds, shard, workers, threads } = options;
  const data = dataFolder(options, io);
  const reading = suitesIn(names, io.cwd).map(async (name) => {
    const source = loadSuiteFile(name, io.cwd);
    const suite = readSuite(source, await contextOf(source, data.dataFolder), {
      ...(profile ? { profile } : {}),
      ...(filter === undefined ? {} : { filter }),
      ...(seeds ? { seeds } : {}),
    });
    return { name, source, suite, baseline: loadBaseline(suite.paper) };
  });
  const suites = await Promise.all(reading);
  const deadline = deadlineOf(options, suites, io);
  const config = loadConfig(io.cwd);
  const documents: unknown[] = [];
  const gate = new Gate(options, io);
  const reporters = new Reporters(options, io);
  for (const { name, source, suite, baseline } of suites) {
    if (io.signal.aborted) break;
    const events = options.jsonEvents ? jsonEvents(io) : undefined;
    const progress = events ?? progressListener(io, options.quiet ? "quiet" : options.verbose ? "verbose" : "normal");
    if (!options.quiet) io.err(`${suite.title}\n`);
    let result: RunResult;
    try {
      result = await runSuite(suite, baseline, {
        reportsFolder: resolve(io.cwd, options.reports),
        storeFolder: resolve(io.cwd, options.store),
        ...(options.executor ? { slurm: { client: new Slurm(), settings: slurmSettings(config, profile) } } : {}),
        ...(shard ? { shard } : {}),
        ...(deadline ? { deadline } : {}),
        ...(workers ? { workers } : {}),
        ...(threads ? { threads } : {}),
        engine: { engine: options.engine, device: options.device },
        tensorflowFolder: tensorflowFolder(io.environment),
        command: repeatCommand(source.name, options),
        suiteFolder: source.folder,
        ...data,
        signal: io.signal,
        now: io.now,
        listener: progress,
      });
    } finally {
      progress.end();
    }
    const { record, folder } = result;
    if (options.shard) {
      if (record.trials.some(({ state }) => state === "crashed")) gate.addStatus("not-measured");
      if (options.json) documents.push(shardDocument(record, options.shard, recordFile(folder)));
      else io.out(shardSummary(record, options.shard, shortPath(recordFile(folder), io.cwd)));
    } else {
      const reported = await reportVerdicts(
        record,
        folder,
        reporters.tableIo,
        options.json === true || events !== undefined,
      );
      events?.onVerdicts(reported.document);
      const gated = await gate.add(record, reported.verdicts);
      await reporters.add({ record, ...reported, file: source.file, ...gated });
      documents.push(reported.document);
    }
    if (record.run.status === "interrupted" && options.executor) {
      io.err("its Slurm jobs go on; the same command waits for them, `claimbench cancel` ends them\n");
    }
    if (record.run.status === "interrupted") {
      const done = record.trials.filter(({ state }) => state !== "not-run").length;
      io.err(
        `interrupted: ${done} of ${record.trials.length} trials finished; they are in ${shortPath(recordFile(folder), io.cwd)}\n`,
      );
      io.err(`go on with: ${repeatCommandHere(name, options)}\n`);
    }
  }
  if (options.json) io.out(`${JSON.stringify(documents.length === 1 ? documents[0] : documents, null, 2)}\n`);
  return reporters.end() ?? gate.exitCode();
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

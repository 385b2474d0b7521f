import { statSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { tensorflowFolder } from "../engine/tensorflow-setup/folder.ts";
import type { EngineRequest } from "../run/engines/choose-engine.ts";
import type { PrepareOptions } from "../run/prepare-suite.ts";
import { ClaimbenchError } from "../spec/error.ts";
import type { ReadSuiteOptions } from "../spec/read-suite.ts";
import type { Io } from "./io.ts";
import { count, dataOption, engineOptions, PROFILES, parallelism } from "./options.ts";

/** What of a suite is meant, and what computes it with what data: the same for run, plan and watch. */
export interface SuiteOptions extends ReadSuiteOptions {
  readonly workers?: number;
  readonly threads?: number;
  readonly engine: EngineRequest["engine"];
  readonly device: EngineRequest["device"];
  readonly dataDir?: string;
  readonly store: string;
}

/** The options of commands that ask what `run` would do. */
export function addSuiteOptions(command: Command): Command {
  const [engine, device] = engineOptions();
  return command
    .addOption(new Option("--profile <name>", "as `run` takes it").choices(PROFILES))
    .option("--filter <words>", "as `run` takes it")
    .option("--seeds <n>", "as `run` takes it", count)
    .option("--workers <n>", "as `run` takes it", parallelism)
    .option("--threads <n>", "as `run` takes it", parallelism)
    .addOption(engine)
    .addOption(device)
    .addOption(dataOption())
    .option("--store <folder>", "where trained networks and samples are kept", ".claimbench");
}

/** What of a suite is meant, as `readSuite` takes it. */
export function scopeOf({ profile, filter, seeds }: ReadSuiteOptions): ReadSuiteOptions {
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(filter === undefined ? {} : { filter }),
    ...(seeds === undefined ? {} : { seeds }),
  };
}

/**
 * Where `--data-dir` points to, as those take it that look for data.
 *
 * @throws ClaimbenchError `usage` where that is no folder: data would be looked for elsewhere.
 */
export function dataFolder({ dataDir }: Pick<SuiteOptions, "dataDir">, io: Io): { dataFolder?: string } {
  if (dataDir === undefined) return {};
  const folder = resolve(io.cwd, dataDir);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ClaimbenchError("usage", `--data-dir ${dataDir}: there is no such folder`);
  }
  return { dataFolder: folder };
}

/** What computes a suite with what data, as `prepareSuite` takes it. @param suiteFolder of the suite file. */
export function prepareOptions(options: SuiteOptions, suiteFolder: string, io: Io): PrepareOptions {
  const { workers, threads, engine, device } = options;
  return {
    ...(workers === undefined ? {} : { workers }),
    ...(threads === undefined ? {} : { threads }),
    engine: { engine, device },
    tensorflowFolder: tensorflowFolder(io.environment),
    suiteFolder,
    ...dataFolder(options, io),
    signal: io.signal,
  };
}

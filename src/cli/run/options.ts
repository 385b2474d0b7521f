import type { Shard } from "../../spec/run.types.ts";
import { shellQuoted } from "../completion/quoting.ts";
import type { SuiteOptions } from "../suite-options.ts";
import type { GateOptions } from "./gate.ts";
import type { ReporterRequest } from "./reporter-option.ts";

/** What `claimbench run` takes. */
export interface RunCommandOptions extends GateOptions, SuiteOptions {
  /** Seconds. */
  readonly budget?: number;
  readonly shard?: Shard;
  readonly reports: string;
  readonly executor?: "slurm";
  readonly reporter?: readonly ReporterRequest[];
  readonly json?: true;
  readonly jsonEvents?: true;
  readonly quiet?: true;
  readonly verbose?: true;
}

/**
 * The command line that repeats a run.
 *
 * @param name of the suite, without its folder: records hold no paths.
 */
export function repeatCommand(name: string, options: RunCommandOptions): string {
  return commandLine(repeatWords(name, options));
}

/**
 * The command line that repeats a run from the folder it was started in.
 *
 * @param suite as it was typed.
 */
export function repeatCommandHere(suite: string, options: RunCommandOptions): string {
  const words = repeatWords(suite, options);
  if (options.reports !== "reports") words.push("--reports", options.reports);
  if (options.executor) words.push("--executor", options.executor);
  if (options.store !== ".claimbench") words.push("--store", options.store);
  if (options.dataDir !== undefined) words.push("--data-dir", options.dataDir);
  if (options.gate !== "claims") words.push("--gate", options.gate);
  if (options.failOn) words.push("--fail-on", options.failOn);
  for (const { name, path } of options.reporter ?? []) {
    words.push("--reporter", path === undefined ? name : `${name}=${path}`);
  }
  return commandLine(words);
}

function repeatWords(name: string, options: RunCommandOptions): string[] {
  const words = ["claimbench", "run", name];
  if (options.profile) words.push("--profile", options.profile);
  if (options.filter) words.push("--filter", options.filter);
  if (options.seeds) words.push("--seeds", String(options.seeds));
  if (options.budget) words.push("--budget", `${options.budget}s`);
  if (options.shard) words.push("--shard", `${options.shard.index}/${options.shard.count}`);
  if (options.workers) words.push("--workers", String(options.workers));
  if (options.threads) words.push("--threads", String(options.threads));
  if (options.engine !== "auto") words.push("--engine", options.engine);
  if (options.device !== "auto") words.push("--device", options.device);
  return words;
}

function commandLine(words: readonly string[]): string {
  return words.map(quoted).join(" ");
}

/** A word as a POSIX shell takes it, in quotes only where it needs them. */
export function quoted(word: string): string {
  return /^[\w./,:@%+=-]+$/.test(word) ? word : shellQuoted(word);
}

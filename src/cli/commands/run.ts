import { basename, relative } from "node:path";
import { Command, Option } from "commander";
import type { ProfileName } from "../../spec/read-suite.ts";
import { EXIT, EXIT_CODES_HELP } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { count } from "../options.ts";

export interface RunCommandOptions {
  readonly profile?: ProfileName;
  readonly filter?: string;
  readonly seeds?: number;
  readonly workers?: number;
  readonly threads?: number;
  readonly reports: string;
  readonly json?: true;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly failOn?: "inconclusive";
}

export function runCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("run")
    .description("Train, measure and judge suites; write run.json and an HTML report.")
    .argument("<suite...>", "suite files, or ids of shipped suites such as quick")
    .addOption(new Option("--profile <name>", "scale of the run").choices(["smoke", "quick", "nightly", "paper"]))
    .option("--filter <words>", "only claims whose id contains a word, or whose registry number is one (C04,gap)")
    .option("--seeds <n>", "seeds 0 to n-1 instead of the suite's", count)
    .option("--workers <n>", "worker processes side by side (default: by the size of the networks)", count)
    .option("--threads <n>", "threads of each worker (default: by the size of the networks)", count)
    .option("--reports <folder>", "where reports are written", "reports")
    .addOption(new Option("--fail-on <verdict>", "exit with 3 on it").choices(["inconclusive"]))
    .option("--json", "print one JSON document on stdout instead of the table")
    .option("-q, --quiet", "no progress")
    .option("-v, --verbose", "a line per epoch")
    .addHelpText("after", `\n${EXIT_CODES_HELP}`)
    .action(async (suites: string[], options: RunCommandOptions) => {
      const { runSuites } = await import("../run-suites.ts");
      const code = await runSuites(suites, options, io);
      exit(io.signal.aborted ? EXIT.interrupted : code);
    });
}

/** The command line that repeats a run, with the suite's base name: records hold no paths. */
export function repeatCommand(suite: string, options: RunCommandOptions): string {
  const name = /[/\\]|\.jsonc?$/.test(suite) ? basename(suite) : suite;
  const words = ["claimbench", "run", name];
  if (options.profile) words.push("--profile", options.profile);
  if (options.filter) words.push("--filter", `"${options.filter}"`);
  if (options.seeds) words.push("--seeds", String(options.seeds));
  if (options.workers) words.push("--workers", String(options.workers));
  if (options.threads) words.push("--threads", String(options.threads));
  return words.join(" ");
}

/** A path as the user would type it. */
export function shortPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short.startsWith("..") ? path : short;
}

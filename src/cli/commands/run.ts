import { Command, Option } from "commander";
import { EXIT, EXIT_CODES_HELP } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { count, dataOption, engineOptions, gateOptions, PROFILES, parallelism, seconds } from "../options.ts";
import type { RunCommandOptions } from "../run/options.ts";
import { reporterOption } from "../run/reporter-option.ts";
import { shardOf } from "../run/shard.ts";

export function runCommand(io: Io, exit: (code: number) => void): Command {
  const [engine, device] = engineOptions();
  const [gate, update, failOn] = gateOptions();
  return new Command("run")
    .description("Train, measure and judge suites; write run.json and an HTML report.")
    .argument(
      "[suite...]",
      "suite files or folders of them, or ids of shipped suites such as quick; the folder suites when none is given",
    )
    .addOption(new Option("--profile <name>", "scale of the run").choices(PROFILES))
    .option("--filter <words>", "only claims whose id contains a word, or whose registry number is one (C04,gap)")
    .option("--seeds <n>", "seeds 0 to n-1 instead of the suite's", count)
    .addOption(
      new Option("--budget <time>", "add seeds to suites that leave their number open for so long, as 30m")
        .argParser(seconds)
        .conflicts(["seeds", "shard"]),
    )
    .option(
      "--shard <i/n>",
      "only the i-th of n parts of the trials; claimbench merge puts the records together",
      shardOf,
    )
    .option("--workers <n>", "worker processes side by side (default: by the size of the networks)", parallelism)
    .option("--threads <n>", "threads of each worker (default: by the size of the networks)", parallelism)
    .addOption(engine)
    .addOption(device)
    .addOption(dataOption())
    .option("--reports <folder>", "where reports are written", "reports")
    .option("--store <folder>", "where trained networks and samples are kept between runs", ".claimbench")
    .addOption(
      new Option("--executor <name>", "run trials as Slurm jobs; the store has to be on a shared disk").choices([
        "slurm",
      ]),
    )
    .addOption(gate.conflicts("shard"))
    .addOption(update)
    .addOption(failOn)
    .addOption(reporterOption().conflicts("shard"))
    .option("--json", "print one JSON document on stdout instead of the table")
    .addOption(
      new Option("--json-events", "tell everything on stdout as it happens, a JSON document a line").conflicts("json"),
    )
    .option("-q, --quiet", "no progress")
    .option("-v, --verbose", "a line per epoch")
    .addHelpText("after", `\n${EXIT_CODES_HELP}`)
    .action(async (names: string[], options: RunCommandOptions, command: Command) => {
      const { ownSuites } = await import("../package-files.ts");
      const { runSuites } = await import("../run/run-suites.ts");
      const suites = names.length > 0 ? names : ownSuites(io.cwd);
      if (suites.length === 0) command.error(NO_SUITE);
      const code = await runSuites(suites, options, io);
      exit(io.signal.aborted ? EXIT.interrupted : code);
    });
}

const NO_SUITE = `error: missing required argument 'suite'
(none is in the folder suites: claimbench init writes a first one; claimbench run quick runs one that ships)`;

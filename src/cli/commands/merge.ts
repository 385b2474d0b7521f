import { Command } from "commander";
import { EXIT_CODES_HELP } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { gateOptions } from "../options.ts";
import type { MergeCommandOptions } from "../run/merge-runs.ts";
import { reporterOption } from "../run/reporter-option.ts";

export function mergeCommand(io: Io, exit: (code: number) => void): Command {
  const [gate, update, failOn] = gateOptions();
  return new Command("merge")
    .description("Put the records of a suite's shards together and judge them; write run.json and an HTML report.")
    .argument("<run.json...>", "records of one suite's runs, or the folders that hold them")
    .option("--reports <folder>", "where reports are written", "reports")
    .addOption(gate)
    .addOption(update)
    .addOption(failOn)
    .addOption(reporterOption())
    .option("--json", "print one JSON document on stdout instead of the table")
    .addHelpText("after", `\n${EXIT_CODES_HELP}`)
    .action(async (paths: string[], options: MergeCommandOptions) => {
      const { mergeRuns } = await import("../run/merge-runs.ts");
      exit(await mergeRuns(paths, options, io));
    });
}

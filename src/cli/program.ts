import { Command } from "commander";
import { claimbenchVersion } from "../run/records/provenance.ts";
import { baselineCommand } from "./commands/baseline.ts";
import { cancelCommand } from "./commands/cancel.ts";
import { compareCommand } from "./commands/compare.ts";
import { completionCommand } from "./commands/completion.ts";
import { dataCommand } from "./commands/data.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { explainCommand } from "./commands/explain.ts";
import { historyCommand } from "./commands/history.ts";
import { initCommand } from "./commands/init.ts";
import { judgeCommand } from "./commands/judge.ts";
import { listCommand } from "./commands/list.ts";
import { measureCommand } from "./commands/measure.ts";
import { mergeCommand } from "./commands/merge.ts";
import { planCommand } from "./commands/plan.ts";
import { reportCommand } from "./commands/report.ts";
import { runCommand } from "./commands/run.ts";
import { selftestCommand } from "./commands/selftest.ts";
import { setupCommand } from "./commands/setup.ts";
import { siteCommand } from "./commands/site.ts";
import { storeCommand } from "./commands/store.ts";
import { validateCommand } from "./commands/validate.ts";
import { watchCommand } from "./commands/watch.ts";
import { EXIT_CODES_HELP } from "./exit-code.ts";
import type { Io } from "./io.ts";

/** The command line as data; what a command does is loaded when it runs. @param exit sets the exit code. */
export function buildProgram(io: Io, exit: (code: number) => void): Command {
  const program = new Command("claimbench")
    .description("Checks a paper's claims on the machine in front of you.")
    .version(claimbenchVersion(), "-V, --version")
    .addHelpText("after", `\n${EXIT_CODES_HELP}`);
  for (const command of [
    initCommand,
    runCommand,
    planCommand,
    mergeCommand,
    judgeCommand,
    explainCommand,
    compareCommand,
    reportCommand,
    historyCommand,
    siteCommand,
    selftestCommand,
    validateCommand,
    listCommand,
    measureCommand,
    doctorCommand,
    setupCommand,
    storeCommand,
    dataCommand,
    baselineCommand,
    cancelCommand,
    watchCommand,
    completionCommand,
  ]) {
    program.addCommand(command(io, exit));
  }
  for (const command of [program, ...program.commands.flatMap((each) => [each, ...each.commands])]) {
    command
      .exitOverride()
      .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
      .configureHelp({ helpWidth: Math.min(io.columns.out, 100) })
      .showHelpAfterError("(see --help)")
      .hook("preAction", (_, action) => refuseEmptyPaths(action));
  }
  return program;
}

/** An empty path is a shell's variable that was not set; resolved, it would be the current folder. */
function refuseEmptyPaths(command: Command): void {
  for (const option of command.options) {
    if (!/<(folder|file)/.test(option.flags) || command.getOptionValue(option.attributeName()) !== "") continue;
    command.error(`error: option '${option.flags}' has an empty path`);
  }
}

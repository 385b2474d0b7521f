import { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { addSuiteOptions, type SuiteOptions } from "../suite-options.ts";

export function watchCommand(io: Io, exit: (code: number) => void): Command {
  return addSuiteOptions(
    new Command("watch")
      .description("Validate, plan and judge a suite by what is in the store, again at every change; train nothing.")
      .argument("<suite>", "a suite file, or the id of a shipped suite"),
  ).action(async (suite: string, options: SuiteOptions) => {
    const { watchSuite } = await import("../plan/watch-suite.ts");
    await watchSuite(suite, options, io);
    exit(EXIT.interrupted);
  });
}

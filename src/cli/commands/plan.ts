import { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import type { PlanOptions } from "../plan/plan-suite.ts";
import { addSuiteOptions } from "../suite-options.ts";

export function planCommand(io: Io, exit: (code: number) => void): Command {
  return addSuiteOptions(
    new Command("plan")
      .description("Show what `run` would do: what is in the store, what is trained and why, how long it takes.")
      .argument("<suite>", "a suite file, or the id of a shipped suite"),
  )
    .option("--json", "print one JSON document on stdout")
    .option("-v, --verbose", "a line per trial, however many there are")
    .action(async (suite: string, options: PlanOptions) => {
      const { planSuite } = await import("../plan/plan-suite.ts");
      await planSuite(suite, options, io);
      exit(io.signal.aborted ? EXIT.interrupted : EXIT.success);
    });
}

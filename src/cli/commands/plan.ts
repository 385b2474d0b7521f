import { Command, Option } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { count, dataOption, engineOptions, PROFILES, parallelism } from "../options.ts";
import type { WatchOptions } from "../plan/watch-suite.ts";

export function planCommand(io: Io, exit: (code: number) => void): Command {
  const [engine, device] = engineOptions();
  return new Command("plan")
    .description("Show what `run` would do: what is in the store, what is trained and why, how long it takes.")
    .argument("<suite>", "a suite file, or the id of a shipped suite")
    .addOption(new Option("--profile <name>", "as `run` takes it").choices(PROFILES))
    .option("--filter <words>", "as `run` takes it")
    .option("--seeds <n>", "as `run` takes it", count)
    .option("--workers <n>", "as `run` takes it", parallelism)
    .option("--threads <n>", "as `run` takes it", parallelism)
    .addOption(engine)
    .addOption(device)
    .addOption(dataOption())
    .option("--store <folder>", "where trained networks and samples are kept", ".claimbench")
    .option("--json", "print one JSON document on stdout")
    .option("-v, --verbose", "a line per trial, however many there are")
    .action(async (suite: string, options: WatchOptions & { readonly verbose?: true }) => {
      const { planSuite } = await import("../plan/plan-suite.ts");
      await planSuite(suite, options, options.verbose === true, io);
      exit(io.signal.aborted ? EXIT.interrupted : EXIT.success);
    });
}

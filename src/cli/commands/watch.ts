import { Command, Option } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { count, dataOption, engineOptions, PROFILES, parallelism } from "../options.ts";
import type { WatchOptions } from "../plan/watch-suite.ts";

export function watchCommand(io: Io, exit: (code: number) => void): Command {
  const [engine, device] = engineOptions();
  return new Command("watch")
    .description("Validate, plan and judge a suite by what is in the store, again at every change; train nothing.")
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
    .action(async (suite: string, options: WatchOptions) => {
      const { watchSuite } = await import("../plan/watch-suite.ts");
      await watchSuite(suite, options, io);
      exit(EXIT.interrupted);
    });
}

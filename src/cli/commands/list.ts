import { Command, Option } from "commander";
import type { ProfileName } from "../../spec/read-suite.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { dataOption, PROFILES } from "../options.ts";
import { dataFolder } from "../suite-options.ts";

interface ListOptions {
  readonly profile?: ProfileName;
  readonly dataDir?: string;
  readonly json?: true;
}

export function listCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("list")
    .description("List suites with their claims, arms and trials.")
    .argument("[suite...]", "suite files, folders or ids; all shipped suites when none is given")
    .addOption(new Option("--profile <name>", "as `run` takes it").choices(PROFILES))
    .addOption(dataOption())
    .option("--json", "print one JSON document on stdout")
    .action(async (names: string[], options: ListOptions) => {
      const { listSuites, renderSuites } = await import("../suite-listing.ts");
      const { profile } = options;
      const scope = { ...(profile === undefined ? {} : { profile }), ...dataFolder(options, io) };
      const suites = await listSuites(names, scope, io.cwd);
      io.out(options.json ? `${JSON.stringify(suites, null, 2)}\n` : renderSuites(suites));
      exit(EXIT.success);
    });
}

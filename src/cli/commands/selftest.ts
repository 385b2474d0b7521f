import { Command, InvalidArgumentError, Option } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { count } from "../options.ts";
import { readRecordAt } from "../read-record.ts";

interface SelftestOptions {
  readonly pairs: number;
  readonly seed: number;
  readonly record?: string;
  readonly json?: true;
}

export function selftestCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("selftest")
    .description("Judge simulated runs of which the truth is known: how often verdicts are wrong, and effects found.")
    .addOption(new Option("--pairs <n>", "simulated runs of each case").argParser(count).default(400))
    .addOption(new Option("--seed <n>", "draws other runs").argParser(seedNumber).default(0))
    .option("--record <run.json>", "also damage this record, and tell which verdicts turn")
    .option("--json", "print one JSON document on stdout instead of the tables")
    .addHelpText("after", EXIT_HELP)
    .action(async ({ pairs, seed, record: path, json }: SelftestOptions) => {
      const { selftest } = await import("../../judge/selftest/selftest.ts");
      const named = path === undefined ? undefined : await readRecordAt(path, io.cwd);
      const result = selftest({ pairs, seed });
      const { sabotage } = await import("../../judge/selftest/sabotage.ts");
      const damaged = named && sabotage(named.record);
      if (json) {
        io.out(`${JSON.stringify({ pairs, seed, ...result, ...(damaged ? { sabotage: damaged } : {}) }, null, 2)}\n`);
      } else {
        const { renderSelftest } = await import("../tables/selftest.ts");
        io.out(renderSelftest(result, damaged));
      }
      const sound = result.exceeding.length === 0 && !damaged?.some(({ wrong }) => wrong);
      exit(sound ? EXIT.success : EXIT.claimFails);
    });
}

const EXIT_HELP = `
Exit codes
  0    the judge errs no more often than its intervals allow
  1    it does, beyond chance; or a damaged record still passes
  2    wrong usage, or the record cannot be read`;

function seedNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError("Expected a whole number of at least 0.");
  return value;
}

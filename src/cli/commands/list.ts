import { Command, Option } from "commander";
import type { ProfileName } from "../../spec/read-suite.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { PROFILES } from "../options.ts";

export function listCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("list")
    .description("List suites with their claims, arms and trials.")
    .argument("[suite...]", "suite files or ids; all shipped suites when none is given")
    .addOption(new Option("--profile <name>", "as `run` takes it").choices(PROFILES))
    .option("--json", "print one JSON document on stdout")
    .action(async (names: string[], options: { profile?: ProfileName; json?: true }) => {
      const { profilesOf, readSuite } = await import("../../spec/read-suite.ts");
      const { loadSuiteFile, shippedSuites, suiteContext } = await import("../package-files.ts");
      const wanted = names.length > 0 ? names : shippedSuites().map(({ id }) => id);
      const suites = wanted.map((name) => {
        const source = loadSuiteFile(name, io.cwd);
        const profiles = profilesOf(source);
        // Of all suites, those without the profile are listed as they stand; a suite that was named must have it.
        const profile = names.length > 0 ? options.profile : profiles.find((known) => known === options.profile);
        const suite = readSuite(source, suiteContext(source.folder), profile ? { profile } : {});
        return {
          suite: suite.id,
          title: suite.title,
          profiles,
          seeds: suite.seeds.length,
          trials: suite.arms.length * suite.seeds.length,
          arms: suite.arms.map(({ name, networkName, regime }) => ({
            name,
            network: networkName,
            batch: regime.batch,
          })),
          claims: suite.claims.map(({ id, registry, statement }) => ({ id, registry, statement })),
        };
      });
      if (options.json) io.out(`${JSON.stringify(suites, null, 2)}\n`);
      else {
        for (const { suite, title, profiles, seeds, trials, arms, claims } of suites) {
          io.out(`${suite} — ${title}\n`);
          io.out(
            `  ${trials} trials: ${arms.length} arm(s) × ${seeds} seed(s)${profiles.length > 0 ? `; profiles ${profiles.join(", ")}` : ""}\n`,
          );
          for (const { name, network, batch } of arms) io.out(`  arm    ${name}: ${network}, batch ${batch}\n`);
          for (const { id, registry, statement } of claims)
            io.out(`  claim  ${id}${registry ? ` (${registry})` : ""}: ${statement}\n`);
          io.out("\n");
        }
      }
      exit(EXIT.success);
    });
}

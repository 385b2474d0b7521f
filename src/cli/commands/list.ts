import { Command, Option } from "commander";
import type { ProfileName } from "../../spec/read-suite.ts";
import type { Suite } from "../../spec/run.types.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { dataOption, PROFILES } from "../options.ts";
import { dataFolder } from "../suite-options.ts";

export function listCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("list")
    .description("List suites with their claims, arms and trials.")
    .argument("[suite...]", "suite files, folders or ids; all shipped suites when none is given")
    .addOption(new Option("--profile <name>", "as `run` takes it").choices(PROFILES))
    .addOption(dataOption())
    .option("--json", "print one JSON document on stdout")
    .action(async (names: string[], options: { profile?: ProfileName; dataDir?: string; json?: true }) => {
      const { estimatedSeconds } = await import("../suite-estimate.ts");
      const { duration } = await import("../text/duration.ts");
      const { profilesOf, readSuite } = await import("../../spec/read-suite.ts");
      const { contextOf, loadSuiteFile, shippedSuites, suitesIn } = await import("../package-files.ts");
      const wanted = names.length > 0 ? suitesIn(names, io.cwd) : shippedSuites().map(({ id }) => id);
      const reading = wanted.map(async (name) => {
        const source = loadSuiteFile(name, io.cwd);
        const profiles = profilesOf(source);
        // Of all suites, those without the profile are listed as they stand; a suite that was named must have it.
        const profile = names.length > 0 ? options.profile : profiles.find((known) => known === options.profile);
        const context = await contextOf(source, dataFolder(options, io).dataFolder);
        const suite = readSuite(source, context, profile ? { profile } : {});
        const scales = profile ? [profile] : profiles;
        return {
          suite: suite.id,
          title: suite.title,
          profiles: scales.map((name) => {
            const scaled = name === profile ? suite : readSuite(source, context, { profile: name });
            return { name, ...sizeOf(scaled), estimatedSeconds: estimatedSeconds(scaled, context) };
          }),
          ...sizeOf(suite),
          estimatedSeconds: estimatedSeconds(suite, context),
          arms: suite.arms.map(({ name, networkName, regime }) => ({
            name,
            network: networkName,
            batch: regime.batch,
          })),
          claims: suite.claims.map(({ id, registry, statement, finding }) => ({
            id,
            registry,
            statement,
            ...(finding ? { finding } : {}),
          })),
        };
      });
      const suites = await Promise.all(reading);
      if (options.json) io.out(`${JSON.stringify(suites, null, 2)}\n`);
      else {
        for (const { suite, title, profiles, arms, claims, ...whole } of suites) {
          io.out(`${suite} — ${title}\n`);
          const scales = profiles.length > 0 ? profiles : [{ name: "", ...whole }];
          for (const { name, trials, armCount, seeds, mostSeeds, estimatedSeconds: seconds } of scales) {
            const time = seconds === undefined ? "" : `, roughly ${duration(seconds)} on one core`;
            const more = mostSeeds === undefined ? "" : `, then up to ${mostSeeds} seeds until every claim is decided`;
            io.out(`  ${name.padEnd(7)} ${trials} trials: ${armCount} arm(s) × ${seeds} seed(s)${time}${more}\n`);
          }
          for (const { name, network, batch } of arms) io.out(`  arm     ${name}: ${network}, batch ${batch}\n`);
          for (const { id, registry, statement, finding } of claims)
            io.out(`  ${finding ? "finding" : "claim  "} ${id}${registry ? ` (${registry})` : ""}: ${statement}\n`);
          io.out("\n");
        }
      }
      exit(EXIT.success);
    });
}

function sizeOf({ arms, seeds, sequential }: Suite) {
  return {
    armCount: arms.length,
    seeds: seeds.length,
    ...(sequential ? { mostSeeds: sequential.max } : {}),
    trials: arms.length * seeds.length,
  };
}

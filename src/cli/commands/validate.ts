import { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

export function validateCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("validate")
    .description("Check suites, in every profile, without running them.")
    .argument("<suite...>", "suite files, or ids of shipped suites")
    .option("--json", "print one JSON document on stdout")
    .action(async (names: string[], options: { json?: true }) => {
      const { profilesOf, readSuite } = await import("../../spec/read-suite.ts");
      const { ClaimbenchError } = await import("../../spec/error.ts");
      const { loadBaseline, loadSuiteFile, suiteContext } = await import("../package-files.ts");
      const { publishedEntries } = await import("../../spec/published-entries.ts");
      const { errorDocument, renderError } = await import("../print-error.ts");
      const results: unknown[] = [];
      let failed = false;
      for (const name of names) {
        try {
          const source = loadSuiteFile(name, io.cwd);
          const context = suiteContext(source.folder);
          const suite = readSuite(source, context);
          publishedEntries(suite, loadBaseline(suite.paper));
          const profiles = profilesOf(source);
          for (const profile of profiles)
            publishedEntries(readSuite(source, context, { profile }), loadBaseline(suite.paper));
          results.push({ suite: suite.id, valid: true, profiles });
          const checked = profiles.length > 0 ? ` (also ${profiles.join(", ")})` : "";
          if (!options.json)
            io.out(`${source.file}: valid, ${suite.claims.length} claim(s), ${suite.arms.length} arm(s)${checked}\n`);
        } catch (error) {
          if (!(error instanceof ClaimbenchError)) throw error;
          failed = true;
          results.push({ suite: name, valid: false, ...errorDocument(error) });
          if (!options.json) io.err(renderError(error, io.cwd, io.colours.err));
        }
      }
      if (options.json) io.out(`${JSON.stringify(results, null, 2)}\n`);
      exit(failed ? EXIT.usage : EXIT.success);
    });
}

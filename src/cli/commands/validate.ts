import { writeFile } from "node:fs/promises";
import { dirname, format, parse, resolve } from "node:path";
import { Command } from "commander";
import { makeFolder } from "../../run/make-folder.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import type { Suite } from "../../spec/run.types.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

export function validateCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("validate")
    .description("Check suites, in every profile, without running them.")
    .argument("<suite...>", "suite files or folders of them, or ids of shipped suites")
    .option(
      "--dump-onnx <file>",
      "write the graph by which the onnx engine trains each arm on the CPU (suite and arm go into the name)",
    )
    .option("--json", "print one JSON document on stdout")
    .action(async (names: string[], options: { json?: true; dumpOnnx?: string }) => {
      const { profilesOf, readSuite } = await import("../../spec/read-suite.ts");
      const { contextOf, loadBaseline, loadSuiteFile, suitesIn } = await import("../package-files.ts");
      const { publishedEntries } = await import("../../spec/published-entries.ts");
      const { errorDocument, renderError } = await import("../print-error.ts");
      const results: unknown[] = [];
      let failed = false;
      for (const name of suitesIn(names, io.cwd)) {
        try {
          const source = loadSuiteFile(name, io.cwd);
          const context = await contextOf(source);
          const suite = readSuite(source, context);
          publishedEntries(suite, loadBaseline(suite.paper));
          const profiles = profilesOf(source);
          for (const profile of profiles)
            publishedEntries(readSuite(source, context, { profile }), loadBaseline(suite.paper));
          const graphs =
            options.dumpOnnx === undefined
              ? []
              : await writeGraphs(suite, source.folder, resolve(io.cwd, options.dumpOnnx));
          results.push({ suite: suite.id, valid: true, profiles, ...(graphs.length > 0 ? { graphs } : {}) });
          const checked = profiles.length > 0 ? ` (also ${profiles.join(", ")})` : "";
          if (!options.json)
            io.out(`${source.file}: valid, ${suite.claims.length} claim(s), ${suite.arms.length} arm(s)${checked}\n`);
          if (!options.json) for (const file of graphs) io.out(`${file}\n`);
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

/** @returns the files written: one an arm, with the names of suite and arm before the extension. */
async function writeGraphs(suite: Suite, suiteFolder: string, file: string): Promise<string[]> {
  const { trainingStepGraph } = await import("../../run/training-step-graph.ts");
  const { dir, name, ext } = parse(file);
  const files: string[] = [];
  for (const arm of suite.arms) {
    const words = `${name}-${suite.id}-${arm.name}`.replaceAll(/[^\w.-]+/g, "-").replace(/-$/, "");
    const path = format({ dir, name: words, ext });
    const graph = await trainingStepGraph(arm, suiteFolder);
    try {
      await makeFolder(dirname(path));
      await writeFile(path, graph);
    } catch (cause) {
      throw new ClaimbenchError("graph-not-written", `cannot write ${path}: ${(cause as Error).message}`, { cause });
    }
    files.push(path);
  }
  return files;
}

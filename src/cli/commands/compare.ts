import { Command, InvalidArgumentError, Option } from "commander";
import { EXIT } from "../exit-code.ts";
import { type Io, onStderr } from "../io.ts";
import { repeatable } from "../options.ts";

interface CompareOptions {
  readonly name?: NamedFile[];
  readonly html?: string;
  readonly json?: true;
  readonly failOn?: "disagreement";
}

interface NamedFile {
  readonly label: string;
  readonly file: string;
}

const EXIT_CODES = `Exit codes
  0    the records were compared, whatever they say
  1    gated claims have different verdicts, with --fail-on disagreement
  2    wrong usage, or records that cannot be compared`;

export function compareCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("compare")
    .description("Compare runs of a suite on several machines: verdicts, effects, samples, times and settings.")
    .argument("[run.json...]", "records of complete runs, or the folders that hold them; 2 to 20")
    .addOption(
      new Option("--name <label=run.json>", "a record under a name of your own, given here or above").argParser(
        repeatable((text) => [namedFile(text)]),
      ),
    )
    .option(
      "--html <file>",
      "write the comparison to this file, as one page (- is stdout, and the table goes to stderr)",
    )
    .addOption(
      new Option("--fail-on <what>", "exit with 1 where machines disagree on a gated claim").choices(["disagreement"]),
    )
    .option("--json", "print one JSON document on stdout instead of the table")
    .addHelpText("after", `\n${EXIT_CODES}`)
    .action(async (files: string[], options: CompareOptions) => {
      const { refuseTwoOnStdout, STDOUT, writePage } = await import("../page-file.ts");
      refuseTwoOnStdout("--html", options.html, options.json === true);
      const { compareRecords } = await import("../../judge/compare/compare.ts");
      const { readSources } = await import("../compare-sources.ts");
      const comparison = compareRecords(await readSources(files, options.name ?? [], io.cwd));
      if (options.html !== undefined) {
        const { renderComparisonPage } = await import("../../report/compare/page.ts");
        await writePage(options.html, renderComparisonPage(comparison), io);
      }
      if (options.json) io.out(`${JSON.stringify(comparison, null, 2)}\n`);
      else {
        const { renderComparison } = await import("../tables/comparison.ts");
        const { out, columns, colours } = options.html === STDOUT ? onStderr(io) : io;
        out(renderComparison(comparison, columns.out, colours.out));
      }
      const fails = options.failOn === "disagreement" && comparison.counts.gatedDisagreements > 0;
      exit(fails ? EXIT.claimFails : EXIT.success);
    });
}

function namedFile(text: string): NamedFile {
  const at = text.indexOf("=");
  const [label, file] = [text.slice(0, at).trim(), text.slice(at + 1)];
  if (at < 0 || label === "" || file === "")
    throw new InvalidArgumentError("Expected a name and a file: gpu=run.json.");
  return { label, file };
}

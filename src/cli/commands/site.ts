import { Command } from "commander";
import { formatCount } from "../../judge/wording.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { shortPath } from "../text/short-path.ts";

interface SiteOptions {
  readonly out: string;
  readonly json?: true;
}

const EXIT_CODES = `Exit codes
  0    the site is made, of all records that a site can rest on
  2    wrong usage, or some of it could not be written or read; the rest is made`;

export function siteCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("site")
    .description("Make static pages of all runs: an index, the history of each suite, reports and comparisons.")
    .argument("[folder...]", "folders of reports (default: reports)")
    .option("--out <folder>", "where the site is made, or brought up to date", "site")
    .option("--json", "print one JSON document on stdout")
    .addHelpText("after", `\n${EXIT_CODES}`)
    .action(async (folders: string[], { out, json }: SiteOptions) => {
      const { resolve } = await import("node:path");
      const { makeSite } = await import("../site/make-site.ts");
      const made = await makeSite(folders.length > 0 ? folders : ["reports"], out, io.cwd, {
        onLeftOut: ({ file, reason }) => io.err(`left out: ${file}: ${reason}\n`),
        onTooLong: (file, bytes) => io.err(`long: the report of ${file} has ${(bytes / 1e6).toFixed(1)} MB\n`),
        onFailed: (what, reason) => io.err(`failed: ${what}: ${reason}\n`),
      });
      const index = shortPath(resolve(io.cwd, out, "index.html"), io.cwd);
      const { runs, written, kept, failed } = made;
      const unmade = failed === 0 ? "" : `, ${failed} failed`;
      if (json) io.out(`${JSON.stringify({ ...made, index }, null, 2)}\n`);
      else {
        const pages = formatCount(written, "page");
        io.out(`${formatCount(runs, "run")}: ${pages} written, ${kept} up to date${unmade}; ${index}\n`);
      }
      exit(failed === 0 ? EXIT.success : EXIT.usage);
    });
}

import { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { LeftOut } from "../history/records.ts";
import { type Io, onStderr } from "../io.ts";
import { count } from "../options.ts";

interface HistoryOptions {
  readonly dir: string;
  readonly claim?: string;
  readonly last?: number;
  readonly out?: string;
  readonly json?: true;
}

export function historyCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("history")
    .description("Show how verdicts, effects and times changed over the runs of a suite, by class of hardware.")
    .argument("[suite-or-folder...]", "suites to show (all by default), or folders to read instead of --dir")
    .option("--dir <folder>", "the folder of reports", "reports")
    .option("--claim <name>", "only this claim, in all of its matrix variants")
    .option("--last <n>", "only the newest so many runs of a suite on a class of hardware", count)
    .option("--out <file.html>", "write the history to this file as well, as one page with charts (- is stdout)")
    .option("--json", "print one JSON document on stdout instead of the table")
    .action(async (words: string[], options: HistoryOptions) => {
      const { refuseTwoOnStdout, STDOUT, writePage } = await import("../page-file.ts");
      refuseTwoOnStdout("--out", options.out, options.json === true);
      const { selectionOf, judgedRuns, onlyClaim } = await import("../history/runs.ts");
      const { historyOf } = await import("../../report/history/series.ts");
      const selection = await selectionOf(words, options.dir, io.cwd);
      const leftOut: LeftOut[] = [];
      const all = await judgedRuns(selection, io.cwd, (left) => {
        leftOut.push(left);
        io.err(`left out: ${left.file}: ${left.reason}\n`);
      });
      const runs = options.claim === undefined || all.length === 0 ? all : onlyClaim(all, options.claim);
      const history = historyOf(runs, options.last);
      if (options.out !== undefined) {
        const { renderHistoryPage } = await import("../../report/history/page.ts");
        await writePage(options.out, renderHistoryPage(history), io);
      }
      const { out, columns, colours } = options.out === STDOUT ? onStderr(io) : io;
      if (options.json) {
        const { historyDocument } = await import("../history/document.ts");
        io.out(`${JSON.stringify(historyDocument(history, leftOut), null, 2)}\n`);
      } else if (history.length === 0) out(`no finished runs in ${selection.folders.join(", ")}\n`);
      else {
        const { renderHistory } = await import("../history/table.ts");
        out(renderHistory(history, columns.out, colours.out));
      }
      exit(EXIT.success);
    });
}

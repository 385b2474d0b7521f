import { resolve } from "node:path";
import { Command, Option } from "commander";
import type { ProfileName } from "../../spec/read-suite.ts";
import { EXIT_CODES_HELP } from "../exit-code.ts";
import { type Io, onStderr } from "../io.ts";
import { gateOptions, PROFILES } from "../options.ts";
import type { GateOptions } from "../run/gate.ts";
import { type ReporterRequest, reporterOption } from "../run/reporter-option.ts";

interface JudgeOptions extends GateOptions {
  readonly html?: string;
  readonly suite?: string;
  readonly profile?: ProfileName;
  readonly reporter?: readonly ReporterRequest[];
  readonly json?: true;
}

export function judgeCommand(io: Io, exit: (code: number) => void): Command {
  const [gate, update, failOn] = gateOptions();
  return new Command("judge")
    .description("Judge a run record again, without training.")
    .argument("<run.json>", "record of a run, or the folder that holds it")
    .option("--suite <suite>", "judge by the claims of this suite instead, and show which verdicts turn")
    .addOption(new Option("--profile <name>", "of that suite; the record's own when absent").choices(PROFILES))
    .option("--html <file>", "write the HTML report to this file (- is stdout, and the table goes to stderr)")
    .addOption(gate)
    .addOption(update)
    .addOption(failOn)
    .addOption(reporterOption())
    .option("--json", "print one JSON document on stdout instead of the table")
    .addHelpText("after", `\n${EXIT_CODES_HELP}`)
    .action(async (path: string, options: JudgeOptions, command: Command) => {
      const { judge } = await import("../../judge/judge.ts");
      const { Gate } = await import("../run/gate.ts");
      const { loadSuiteFile } = await import("../package-files.ts");
      const { readRecordAt } = await import("../read-record.ts");
      const { rejudgeBySuite, renderRejudged } = await import("../rejudge.ts");
      const { Reporters } = await import("../run/reporters.ts");
      const { refuseTwoOnStdout, STDOUT, writePage } = await import("../page-file.ts");
      const { suite, profile } = options;
      if (profile !== undefined && suite === undefined) command.error("error: --profile goes with --suite");
      refuseTwoOnStdout("--html", options.html, options.json === true);
      const gates = new Gate(options, io);
      const { file, record: own } = await readRecordAt(path, io.cwd);
      const reporters = new Reporters(options, io, {
        inputs: [resolve(io.cwd, file), ...(suite === undefined ? [] : [loadSuiteFile(suite, io.cwd).path])],
      });
      const rejudged = suite === undefined ? undefined : await rejudgeBySuite(own, suite, profile, io.cwd);
      const record = rejudged?.record ?? own;
      const verdicts = rejudged?.now ?? judge(own);
      if (options.html !== undefined) {
        const { renderHtml } = await import("../../report/html.ts");
        await writePage(options.html, renderHtml(record, verdicts), io);
      }
      const document = {
        suite: record.suite.id,
        status: record.run.status,
        verdicts,
        ...(rejudged ? { was: rejudged.was, differences: rejudged.differences } : {}),
      };
      if (options.json) {
        io.out(`${JSON.stringify(document, null, 2)}\n`);
      } else {
        const { renderVerdicts } = await import("../tables/verdicts.ts");
        const { out, columns, colours } = options.html === STDOUT ? onStderr(io) : reporters.tableIo;
        out(renderVerdicts(record, verdicts, columns.out, colours.out));
        if (rejudged) out(`\n${renderRejudged(rejudged, colours.out)}`);
      }
      const gated = await gates.add(record, verdicts);
      await reporters.add({ record, verdicts, document, ...gated, ...(rejudged ? { file: rejudged.file } : {}) });
      exit(reporters.end() ?? gates.exitCode());
    });
}

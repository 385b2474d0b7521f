import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Command } from "commander";
import { ClaimbenchError } from "../../spec/error.ts";
import { EXIT_CODES_HELP } from "../exit-code.ts";
import type { GateOptions } from "../gate.ts";
import type { Io } from "../io.ts";
import { gateOptions } from "../options.ts";

interface JudgeOptions extends GateOptions {
  readonly html?: string;
  readonly json?: true;
}

export function judgeCommand(io: Io, exit: (code: number) => void): Command {
  const [gate, update, failOn] = gateOptions();
  return new Command("judge")
    .description("Judge a run record again, without training.")
    .argument("<run.json>", "record of a run")
    .option("--html <file>", "write the HTML report to this file")
    .addOption(gate)
    .addOption(update)
    .addOption(failOn)
    .option("--json", "print one JSON document on stdout instead of the table")
    .addHelpText("after", `\n${EXIT_CODES_HELP}`)
    .action(async (file: string, options: JudgeOptions) => {
      const { readRunRecord } = await import("../../spec/read-run-record.ts");
      const { judge } = await import("../../judge/judge.ts");
      const { Gate } = await import("../gate.ts");
      const record = readRunRecord(await readText(resolve(io.cwd, file)), file);
      const verdicts = judge(record);
      if (options.html !== undefined) {
        const { renderHtml } = await import("../../report/html.ts");
        const { writeReportFile } = await import("../../run/record-file.ts");
        await writeReportFile(resolve(io.cwd, options.html), renderHtml(record, verdicts));
      }
      if (options.json) {
        io.out(`${JSON.stringify({ suite: record.suite.id, status: record.run.status, verdicts }, null, 2)}\n`);
      } else {
        const { renderVerdicts } = await import("../verdict-table.ts");
        io.out(renderVerdicts(record, verdicts, io.columns.out, io.colours.out));
      }
      const gates = new Gate(options, io);
      await gates.add(record, verdicts);
      exit(gates.exitCode());
    });
}

async function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: Error) => {
    throw new ClaimbenchError("record-not-readable", `cannot read ${path}: ${cause.message}`, { cause });
  });
}

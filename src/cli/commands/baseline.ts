import { Command } from "commander";
import { CAPTURED_FOLDER } from "../baseline/folder.ts";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

interface CaptureOptions {
  readonly to: string;
  readonly update?: true;
  readonly json?: true;
}

interface DiffOptions {
  readonly from: string;
  readonly against?: string;
  readonly json?: true;
}

export function baselineCommand(io: Io, exit: (code: number) => void): Command {
  const command = new Command("baseline").description(
    "Keep what a suite gave on this class of hardware, and compare later runs with it.",
  );
  const part = (name: string, description: string) =>
    command.command(name).description(description).option("--json", "print one JSON document on stdout");
  const print = (json: true | undefined, document: object, text: string) =>
    io.out(json ? `${JSON.stringify(document, null, 2)}\n` : text);
  const captureRun = async (path: string, to: string, update: boolean, json: true | undefined) => {
    const { judge } = await import("../../judge/judge.ts");
    const { readRecordAt } = await import("../read-record.ts");
    const { captureBaseline } = await import("../baseline/capture.ts");
    const { baselineText } = await import("../baseline/text.ts");
    const { record } = await readRecordAt(path, io.cwd);
    const captured = await captureBaseline(record, judge(record), to, { update, cwd: io.cwd });
    const { state, file, comparison } = captured;
    const was = comparison && state === "updated" ? baselineText(comparison) : "";
    print(json, captured, `${was}${state === "same" ? "unchanged" : state}: ${file}\n`);
    exit(EXIT.success);
  };

  part("capture", "Make a run the baseline of its class of hardware.")
    .argument("<run.json>", "record of a complete run of two seeds or more, or the folder that holds it")
    .option("--to <folder>", "where baselines are kept", CAPTURED_FOLDER)
    .option("--update", "replace the one that is there, and say what changes")
    .action(async (path: string, { to, update, json }: CaptureOptions) => captureRun(path, to, update === true, json));

  part("update", "The same as capture --update.")
    .argument("<run.json>", "record of a complete run of two seeds or more, or the folder that holds it")
    .option("--to <folder>", "where baselines are kept", CAPTURED_FOLDER)
    .action(async (path: string, { to, json }: CaptureOptions) => captureRun(path, to, true, json));

  part("show", "List captured baselines.")
    .option("--from <folder>", "where baselines are kept", CAPTURED_FOLDER)
    .action(async ({ from, json }: DiffOptions) => {
      const { listBaselines, renderBaselines } = await import("../baseline/listing.ts");
      const baselines = await listBaselines(from, io.cwd);
      print(json, baselines, renderBaselines(baselines));
      exit(EXIT.success);
    });

  part("diff", "Compare a run with the baseline of its class of hardware.")
    .argument("<run.json>", "record of a run, or the folder that holds it")
    .option("--from <folder>", "where baselines are kept", CAPTURED_FOLDER)
    .option("--against <file>", "this baseline, whatever its class")
    .addHelpText("after", "\nExit codes\n  0    the same\n  1    drifted\n  4    there is nothing to compare with")
    .action(async (path: string, { from, against, json }: DiffOptions) => {
      const { judge } = await import("../../judge/judge.ts");
      const { readRecordAt } = await import("../read-record.ts");
      const { baselineDiff } = await import("../baseline/diff.ts");
      const { baselineExitCode } = await import("../baseline/gate.ts");
      const { baselineText } = await import("../baseline/text.ts");
      const { record } = await readRecordAt(path, io.cwd);
      const options = { from, cwd: io.cwd, ...(against === undefined ? {} : { against }) };
      const found = await baselineDiff(record, judge(record), options);
      print(json, found, baselineText(found.comparison));
      exit(baselineExitCode([found.status]));
    });
  return command;
}

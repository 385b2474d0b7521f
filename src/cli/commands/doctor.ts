import { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";

export function doctorCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("doctor")
    .description("Say what this machine offers: engines, data sets, and how far thread counts change a training.")
    .option("--json", "print one JSON document on stdout")
    .action(async (options: { json?: true }) => {
      const { examine, renderExamination } = await import("../examine.ts");
      const examination = await examine(io).catch((error: unknown) => {
        if (!io.signal.aborted) throw error;
      });
      if (!examination) {
        exit(EXIT.interrupted);
        return;
      }
      io.out(options.json ? `${JSON.stringify(examination, null, 2)}\n` : renderExamination(examination, io.cwd));
      exit(examination.ready ? EXIT.success : EXIT.notMeasured);
    });
}

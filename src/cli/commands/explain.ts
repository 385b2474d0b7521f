import { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { readRecordAt } from "../read-record.ts";

export function explainCommand(io: Io, exit: (code: number) => void): Command {
  return new Command("explain")
    .description("Show how the verdict on a claim was reached: samples, interval, rule, and what would settle it.")
    .argument("<run.json>", "record of a run, or the folder that holds it")
    .argument("<claim>", "id of the claim, with its matrix variant: lb-sharper[F1]")
    .option("--json", "print one JSON document on stdout")
    .action(async (path: string, claim: string, options: { json?: true }) => {
      const { explain } = await import("../../judge/explain/explain.ts");
      const { record } = await readRecordAt(path, io.cwd);
      const explanation = explain(record, claim);
      if (options.json) io.out(`${JSON.stringify(explanation, null, 2)}\n`);
      else {
        const { renderExplanation } = await import("../tables/explanation.ts");
        io.out(renderExplanation(explanation, record));
      }
      exit(EXIT.success);
    });
}

import { quoted } from "../run/options.ts";
import type { Initialised } from "./folder.ts";

/**
 * What `claimbench init` says: what it wrote, and the commands that follow, to be copied.
 *
 * @param folder as it was typed.
 */
export function nextSteps({ file, schemaIsThere }: Initialised, folder: string): string {
  const commands = [
    [`npx claimbench validate ${quoted(file)}`, "finds every mistake, trains nothing"],
    [`npx claimbench plan ${quoted(file)}`, "what would be trained, and how long it takes"],
    [`npx claimbench run ${quoted(file)}`, "trains, judges, writes a report: less than a minute"],
  ];
  const width = Math.max(...commands.map(([command = ""]) => command.length));
  const install = `${folder === "." ? "" : `cd ${quoted(folder.startsWith("-") ? `./${folder}` : folder)} && `}npm install claimbench`;
  return [
    `wrote ${file}`,
    "",
    "Read it: every part has a comment. Then",
    "",
    ...commands.map(([command = "", what]) => `  ${command.padEnd(width)}  # ${what}`),
    "",
    ...(schemaIsThere
      ? []
      : ["An editor completes and checks the suite once claimbench is installed there:", "", `  ${install}`, ""]),
  ].join("\n");
}

import { InvalidArgumentError, Option } from "commander";
import type { ReporterName } from "../../report/reporters/reporters.ts";

/** A reporter as it was asked for; without a path it writes to stdout. */
export interface ReporterRequest {
  readonly name: ReporterName;
  readonly path?: string;
}

// The reporters themselves are loaded when a command runs.
const KNOWN = { json: true, junit: true, github: true, markdown: true, tap: true } satisfies Record<ReporterName, true>;
const NAMES = Object.keys(KNOWN) as ReporterName[];

/** `--reporter`, the same for every command that judges. */
export function reporterOption(): Option {
  return new Option(
    "--reporter <name[=path]>",
    `${NAMES.join(", ")}: to a file, or to stdout and the table to stderr; can be given several times`,
  ).argParser((text: string, before: ReporterRequest[] = []) => [...before, reporterOf(text)]);
}

function reporterOf(text: string): ReporterRequest {
  const at = text.indexOf("=");
  const word = at < 0 ? text : text.slice(0, at);
  const path = at < 0 ? "-" : text.slice(at + 1);
  const name = NAMES.find((known) => known === word);
  if (name === undefined) throw new InvalidArgumentError(`"${word}" is not one of ${NAMES.join(", ")}.`);
  if (path === "") throw new InvalidArgumentError("Expected a path after the =.");
  return { name, ...(path === "-" ? {} : { path }) };
}

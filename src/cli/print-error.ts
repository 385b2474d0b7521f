import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import pc from "picocolors";
import type { ClaimbenchError, SourceLocation } from "../spec/error.ts";
import { ERROR_PAGES } from "./error-pages.ts";
import { packageFile } from "./package-path.ts";
import { shortPath } from "./text/short-path.ts";

const MOST_LINES = 22;
const MOST_COLUMNS = 110;
const LONGEST_LINE = 500;

/** An expected error as a screenful: what, where with the line itself, what to do, and the page of the docs that helps. */
export function renderError(error: ClaimbenchError, cwd: string, colour: boolean): string {
  const colours = pc.createColors(colour);
  const { location, hint, code } = error;
  const page = ERROR_PAGES[code];
  const lines = error.message.split("\n").map(printable);
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), "  …"] : lines;
  const where = location ? `${location.file}:${location.line}:${location.column}: ` : "";
  return [
    `${colours.red(colours.bold("error"))} ${where}${shown.join("\n")} ${colours.dim(`[${code}]`)}`,
    ...(location ? excerpt(location, cwd) : []),
    ...(hint === undefined ? [] : [`${colours.bold("hint")}  ${printable(hint)}`]),
    ...(page === undefined ? [] : [`See ${shortPath(packageFile(page), cwd)}`]),
    "",
  ].join("\n");
}

/** A line of the user's words: short, and nothing in it that could drive the terminal. */
function printable(line: string): string {
  const text = line.replace(/\p{Cc}/gu, " ");
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text;
}

/** The error as data, for --json; the page of the docs from the folder of the package. */
export function errorDocument(error: ClaimbenchError) {
  const { code, message, hint, location } = error;
  const docs = ERROR_PAGES[code];
  return {
    error: { code, message, ...(hint ? { hint } : {}), ...(docs ? { docs } : {}), ...(location ? { location } : {}) },
  };
}

/** A wrong command line as data, for --json. @param message of commander, its suggestion on a line of its own. */
export function usageDocument(message: string) {
  const [first = "", ...further] = message.replace(/^error: /, "").split("\n");
  const hint = further.join(" ").replace(/^\((.*)\)$/, "$1");
  return { error: { code: "usage", message: first, ...(hint ? { hint } : {}) } };
}

/** The line with a caret below the column, where the file can be read. */
function excerpt({ file, line, column }: SourceLocation, cwd: string): string[] {
  try {
    const text = readFileSync(resolve(cwd, file), "utf8")
      .replace(/^\uFEFF/, "")
      .split("\n")[line - 1];
    if (text === undefined) return [];
    const from = Math.max(0, column - 1 - MOST_COLUMNS / 2);
    const part = text
      .slice(from, from + MOST_COLUMNS)
      .replace(/\p{Cc}/gu, " ")
      .trimEnd();
    const gutter = `${line} | `;
    return [`${gutter}${part}`, `${" ".repeat(gutter.length + column - 1 - from)}^`];
  } catch {
    return [];
  }
}

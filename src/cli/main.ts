#!/usr/bin/env node
import { CommanderError } from "commander";
import { ClaimbenchError } from "../spec/error.ts";
import { EXIT } from "./exit-code.ts";
import { processIo } from "./io.ts";
import { errorDocument, renderError } from "./print-error.ts";
import { buildProgram } from "./program.ts";

const interruption = new AbortController();
// The first signal lets the command save what it has; the second ends at once.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (interruption.signal.aborted) process.exit(EXIT.interrupted);
    interruption.abort();
  });
}
// A reader that closes the pipe early, such as head, is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? EXIT.success : 1));

const io = processIo(interruption.signal);
const program = buildProgram(io, (code) => {
  process.exitCode = code;
});
const words = process.argv.slice(2);
try {
  if (words.length === 0) program.outputHelp();
  else await program.parseAsync(words, { from: "user" });
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.success : EXIT.usage;
  if (error instanceof ClaimbenchError) {
    if (words.includes("--json")) io.out(`${JSON.stringify(errorDocument(error), null, 2)}\n`);
    else io.err(renderError(error, io.cwd, io.colours.err));
    return error.exitCode;
  }
  io.err(`${error instanceof Error ? error.stack : String(error)}\nThis is a bug in claimbench.\n`);
  return 1;
}

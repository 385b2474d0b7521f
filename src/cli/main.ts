#!/usr/bin/env node
import { Console } from "node:console";
import { CommanderError } from "commander";
import { ClaimbenchError } from "../spec/error.ts";
import { EXIT } from "./exit-code.ts";
import { processIo } from "./io.ts";
import { errorDocument, renderError, usageDocument } from "./print-error.ts";
import { buildProgram } from "./program.ts";

const words = process.argv.slice(2);
// The first signal lets a command that asked for it save what it has; the second, or the first elsewhere, ends at once.
const interruption = new AbortController();
let asked = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (!asked || interruption.signal.aborted) process.exit(EXIT.interrupted);
    interruption.abort();
  });
}
// A reader that closes the pipe early, such as head, is not an error: what is left unread changes no verdict.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // Nor is progress that nobody can be told.
    if (error.code === "EPIPE" || stream === process.stderr) return;
    io.err(`error cannot write to standard output: ${error.message}\n`);
    process.exit(EXIT.notMeasured);
  });
}

// What a plugin prints is no part of a document on stdout.
globalThis.console = new Console(process.stderr, process.stderr);

const io = processIo(() => {
  asked = true;
  return interruption.signal;
});
process.on("uncaughtException", (error) => {
  process.exit(report(error));
});
const program = buildProgram(io, (code) => {
  process.exitCode = code;
});
try {
  if (words.length === 0) program.outputHelp();
  else await program.parseAsync(words, { from: "user" });
} catch (error) {
  process.exitCode = report(error);
}

/** Tells what went wrong. @returns the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.success;
    // Commander has said it on stderr.
    if (words.includes("--json")) io.out(`${JSON.stringify(usageDocument(error.message), null, 2)}\n`);
    return EXIT.usage;
  }
  if (error instanceof ClaimbenchError) {
    if (words.includes("--json")) io.out(`${JSON.stringify(errorDocument(error), null, 2)}\n`);
    else io.err(renderError(error, io.cwd, io.colours.err));
    return error.exitCode;
  }
  io.err(`${error instanceof Error ? error.stack : String(error)}\nThis is a bug in claimbench.\n`);
  return EXIT.notMeasured;
}

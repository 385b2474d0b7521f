import { spawn } from "node:child_process";
import { ClaimbenchError } from "../../spec/error.ts";

export interface ProgramOptions {
  readonly cwd?: string;
  readonly signal: AbortSignal;
  /** What to do when it cannot be started or fails. */
  readonly hint: string;
}

const OUTPUT_KEPT = 20_000;
const LINES_SHOWN = 6;

/**
 * Runs a program to its end, without a shell.
 *
 * @returns what it wrote to stdout.
 * @throws ClaimbenchError `setup-failed` with its last lines, or `interrupted` when the signal ended it.
 */
export function runProgram(program: string, words: readonly string[], options: ProgramOptions): Promise<string> {
  const { cwd, signal, hint } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd, signal, killSignal: "SIGKILL", stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let all = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      all = (all + text).slice(-OUTPUT_KEPT);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      all = (all + text).slice(-OUTPUT_KEPT);
    });
    const fail = (how: string, cause?: Error) => {
      const code = signal.aborted ? "interrupted" : "setup-failed";
      const last = all.trim().split("\n").slice(-LINES_SHOWN).join("\n");
      const message = [`${[program, ...words].join(" ").slice(0, 300)} ${how}`, last].filter(Boolean).join("\n");
      reject(new ClaimbenchError(code, message, { hint, ...(cause ? { cause } : {}) }));
    };
    child.once("error", (error) => fail(`could not be run: ${error.message}`, error));
    child.once("close", (code, signalName) => {
      if (code === 0) resolve(stdout);
      else fail(signalName ? `was ended by ${signalName}` : `ended with code ${code}`);
    });
  });
}

import { spawn } from "node:child_process";
import { ClaimbenchError } from "../../spec/error.ts";
import { type Command, shortLine } from "./command.ts";

export interface ProgramOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** What to do when it cannot be started or fails. */
  readonly hint: string;
}

export interface ProgramOutput {
  readonly stdout: string;
  readonly stderr: string;
}

const OUTPUT_KEPT = 20_000;
const LINES_SHOWN = 6;
const PATIENCE_MILLISECONDS = 3000;

/**
 * Runs a program to its end, without a shell. The signal ends it together with what it started.
 *
 * @throws ClaimbenchError `setup-failed` with its last lines, or `interrupted` when the signal ended it.
 */
export function runProgram(command: Command, options: ProgramOptions): Promise<ProgramOutput> {
  const { environment, signal, hint } = options;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new ClaimbenchError("interrupted", `${shortLine(command)} was not run`));
    const child = spawn(command.program, command.words, {
      ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      // A process group, since a compiler and pip start programs of their own.
      detached: true,
    });
    let [stdout, stderr, all] = ["", "", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout = (stdout + text).slice(-OUTPUT_KEPT);
      all = (all + text).slice(-OUTPUT_KEPT);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-OUTPUT_KEPT);
      all = (all + text).slice(-OUTPUT_KEPT);
    });

    let killing: NodeJS.Timeout | undefined;
    const kill = () => endGroup(child.pid, "SIGKILL");
    // SIGINT first: it lets them remove their temporary files.
    const interrupt = () => {
      endGroup(child.pid, "SIGINT");
      killing = setTimeout(kill, PATIENCE_MILLISECONDS);
    };
    signal.addEventListener("abort", interrupt, { once: true });
    process.once("exit", kill);
    const settle = () => {
      clearTimeout(killing);
      signal.removeEventListener("abort", interrupt);
      process.removeListener("exit", kill);
    };

    const fail = (how: string, cause?: Error) => {
      settle();
      const code = signal.aborted ? "interrupted" : "setup-failed";
      const last = all.trim().split("\n").slice(-LINES_SHOWN).join("\n");
      const message = [`${shortLine(command)} ${how}`, last].filter(Boolean).join("\n");
      const advice = /no space left|ENOSPC|quota exceeded/i.test(all) ? "the disk is full: free some space" : hint;
      reject(new ClaimbenchError(code, message, { hint: advice, ...(cause ? { cause } : {}) }));
    };
    child.once("error", (error) => fail(`could not be run: ${error.message}`, error));
    child.once("close", (code, signalName) => {
      if (signal.aborted || code !== 0) fail(signalName ? `was ended by ${signalName}` : `ended with code ${code}`);
      else {
        settle();
        resolve({ stdout, stderr });
      }
    });
  });
}

/** @param leader of the group; undefined when it was never started. */
function endGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // It has ended by itself.
  }
}

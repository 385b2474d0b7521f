import { spawn } from "node:child_process";

export interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; rejects with the system's error where it cannot be started. */
export type RunProgram = (
  program: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  input: string,
) => Promise<ProgramResult>;

export const runProgram: RunProgram = (program, words, environment, input) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, words, { env: environment, stdio: ["pipe", "pipe", "pipe"] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    // A program that ends without reading its input says why by its exit code.
    child.stdin.on("error", () => {}).end(input);
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({
        exitCode: code ?? 1,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      });
    });
  });

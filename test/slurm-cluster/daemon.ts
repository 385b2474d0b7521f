import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";

/** A server of the cluster's, in the foreground of a process of ours. */
export class Daemon {
  readonly #process: ChildProcess;
  readonly #log: string;

  /**
   * The system kills it when we die, however that happens.
   *
   * @param log file for what it prints.
   */
  constructor(command: readonly string[], environment: NodeJS.ProcessEnv, log: string) {
    this.#log = log;
    const output = openSync(log, "a");
    this.#process = spawn("setpriv", ["--pdeathsig", "KILL", ...command], {
      stdio: ["ignore", output, output],
      env: environment,
    });
    closeSync(output);
  }

  get pid(): number {
    return this.#process.pid as number;
  }

  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** What it printed. */
  get output(): string {
    return readFileSync(this.#log, "utf8");
  }

  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    if (!this.running) return;
    const exit = once(this.#process, "exit");
    this.#process.kill(signal);
    await exit;
  }
}

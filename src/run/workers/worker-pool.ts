import { type ChildProcess, fork } from "node:child_process";
import { homedir } from "node:os";
import { extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { FailedTrial } from "../../spec/run.types.ts";
import { programArguments } from "./program-arguments.ts";
import type { RunnerMessage, TrialTask, WorkerMessage } from "./protocol.ts";

export interface PoolListener {
  onStart(task: TrialTask): void;
  onProgress(task: TrialTask, progress: Extract<WorkerMessage, { kind: "progress" }>): void;
  /** A worker died; its trial is run once more, from where it was. */
  onRetry(task: TrialTask, reason: string): void;
  /** A file of the store was damaged and has been set aside. */
  onDamaged(file: string, why: string): void;
  /** @param failed absent when the results are in the store. */
  onEnd(task: TrialTask, failed?: FailedTrial): Promise<void>;
}

const STDERR_KEPT = 2000;
/** What workers have to bring what they did into the store before they are killed. */
const STOP_MILLISECONDS = 10_000;
/** For what a worker printed last; a process that a plugin started may hold the pipe open. */
const LAST_WORDS_MILLISECONDS = 1_000;

/**
 * Runs trials in worker processes, each one trial at a time, in the order given, but no two of one training side by side,
 * and none before the trial it starts from.
 * A worker that dies is replaced and its trial tried once more. When the signal is aborted, workers leave off as soon as
 * what they did is in the store.
 *
 * @throws what the listener throws, when all workers have left off.
 */
export async function runInWorkers(
  tasks: readonly TrialTask[],
  workers: number,
  signal: AbortSignal,
  listener: PoolListener,
): Promise<void> {
  const queue = [...tasks];
  const running = new Map<string, Promise<unknown>>();
  const broken = new AbortController();
  const stop = AbortSignal.any([signal, broken.signal]);
  const work = async (lane: Lane) => {
    while (queue.length > 0) {
      const next = queue.findIndex((task) => isReady(task, queue, running));
      const [task] = next < 0 ? [] : queue.splice(next, 1);
      if (!task) {
        await Promise.race(running.values());
        continue;
      }
      const { training } = task.trial.keys;
      const done = lane.run(task);
      running.set(training, done);
      try {
        await done;
      } finally {
        running.delete(training);
      }
    }
  };
  const lanes = Array.from({ length: Math.min(workers, tasks.length) }, async () => {
    const lane = new Lane(stop, listener);
    try {
      await work(lane);
    } catch (error) {
      broken.abort();
      throw error;
    } finally {
      lane.end();
    }
  });
  const ends = await Promise.allSettled(lanes);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

function isReady({ trial }: TrialTask, queue: readonly TrialTask[], running: ReadonlyMap<string, unknown>): boolean {
  const source = trial.source?.keys.training;
  if (running.has(trial.keys.training) || (source !== undefined && running.has(source))) return false;
  return source === undefined || !queue.some((other) => other.trial.keys.training === source);
}

type Outcome =
  | { readonly kind: "done" }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "died"; readonly reason: string };

/** Trials one after the other, in one worker as long as it lives. */
class Lane {
  readonly #signal: AbortSignal;
  readonly #listener: PoolListener;
  #worker: Worker | undefined;

  constructor(signal: AbortSignal, listener: PoolListener) {
    this.#signal = signal;
    this.#listener = listener;
  }

  async run(task: TrialTask): Promise<void> {
    if (!this.#signal.aborted) this.#listener.onStart(task);
    let outcome = await this.#attempt(task);
    if (outcome.kind === "died" && !this.#signal.aborted) {
      this.#listener.onRetry(task, outcome.reason);
      outcome = await this.#attempt(task);
    }
    await this.#listener.onEnd(task, failure(task, outcome));
  }

  end(): void {
    this.#worker?.end();
  }

  async #attempt(task: TrialTask): Promise<Outcome> {
    if (this.#signal.aborted) return { kind: "stopped" };
    if (!this.#worker?.lives) this.#worker = new Worker(this.#signal);
    return this.#worker.run(task, this.#listener);
  }
}

class Worker {
  readonly #process: ChildProcess;
  /** How it ended, in words. */
  readonly #end: Promise<string>;
  #lives = true;
  #stderr = "";
  #stopping = false;

  constructor(signal: AbortSignal) {
    const path = fileURLToPath(new URL(`./worker${extname(import.meta.url)}`, import.meta.url));
    this.#process = fork(path, {
      execArgv: programArguments(),
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
    });
    this.#process.stderr?.on("data", (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-STDERR_KEPT);
    });
    let killing: NodeJS.Timeout | undefined;
    const stop = () => {
      this.#stopping = true;
      this.#send({ kind: "stop" });
      killing = setTimeout(() => this.#process.kill("SIGKILL"), STOP_MILLISECONDS);
    };
    signal.addEventListener("abort", stop);
    // From the beginning: it may end while it waits for a trial.
    this.#end = new Promise((resolve) => {
      const ended = (how: string, untilSaid: number) => {
        this.#lives = false;
        clearTimeout(killing);
        signal.removeEventListener("abort", stop);
        const said = setTimeout(resolve, untilSaid, how);
        this.#process.once("close", () => {
          clearTimeout(said);
          resolve(how);
        });
      };
      this.#process.on("error", (error) => ended(`failed: ${error.message}`, 0));
      this.#process.once("exit", (code, signalName) => {
        ended(signalName ? `was killed by ${signalName}` : `ended with code ${code}`, LAST_WORDS_MILLISECONDS);
      });
    });
  }

  get lives(): boolean {
    return this.#lives;
  }

  run(task: TrialTask, listener: PoolListener): Promise<Outcome> {
    return new Promise((resolve) => {
      const finish = (outcome: Outcome) => {
        this.#process.off("message", onMessage);
        resolve(outcome);
      };
      const onMessage = (message: WorkerMessage) => {
        if (message.kind === "progress") listener.onProgress(task, message);
        else if (message.kind === "damaged") listener.onDamaged(message.file, message.why);
        else if (message.kind === "error") finish({ kind: "failed", reason: explained(message.message, task) });
        else finish(message);
      };
      this.#process.on("message", onMessage);
      void this.#end.then((how) => {
        finish(this.#stopping ? { kind: "stopped" } : { kind: "died", reason: crash(how, this.#stderr.trim(), task) });
      });
      this.#send({ kind: "run", task });
    });
  }

  end(): void {
    if (this.#process.connected) this.#process.disconnect();
  }

  /** A worker that has just died is told nothing; its exit is what counts. */
  #send(message: RunnerMessage): void {
    if (this.#process.connected) this.#process.send(message, () => {});
  }
}

function crash(how: string, output: string, task: TrialTask): string {
  const what = [`its worker ${how}`, output].filter(Boolean).join(": ");
  const { memoryAdvice } = task.trial;
  // What the system's out-of-memory killer does, and nobody else on an ordinary day.
  const mayBeMemory = how.includes("SIGKILL") && memoryAdvice !== undefined;
  return mayBeMemory ? `${what}, perhaps for want of memory: ${memoryAdvice}` : explained(what, task);
}

/** onnxruntime's, C++'s and V8's words for it. */
function explained(message: string, { trial }: TrialTask): string {
  const outOfMemory = /allocate memory|bad_alloc|allocation failed|heap out of memory/i.test(message);
  return outOfMemory ? `out of memory: ${trial.memoryAdvice ?? message}` : message;
}

function failure({ trial }: TrialTask, outcome: Outcome): FailedTrial | undefined {
  const identity = { arm: trial.arm.name, seed: trial.seed };
  switch (outcome.kind) {
    case "done":
      return undefined;
    case "stopped":
      return { state: "not-run", ...identity, reason: "the run was interrupted" };
    case "failed":
    case "died":
      return { state: "crashed", ...identity, reason: withoutPaths(outcome.reason) };
  }
}

/** Records hold no paths: what a stack or a crash prints says where in this program, not where on this machine. */
function withoutPaths(text: string): string {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  return text.replaceAll(pathToFileURL(root).href, "").replaceAll(root, "").replaceAll(homedir(), "~");
}

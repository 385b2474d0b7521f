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

/**
 * Runs trials in worker processes, each one trial at a time, in the order given, but no two of one training side by side,
 * and none before the trial it starts from.
 * A worker that dies is replaced and its trial tried once more. When the signal is aborted, workers leave off as soon as
 * what they did is in the store.
 */
export async function runInWorkers(
  tasks: readonly TrialTask[],
  workers: number,
  signal: AbortSignal,
  listener: PoolListener,
): Promise<void> {
  const queue = [...tasks];
  const running = new Map<string, Promise<unknown>>();
  const lanes = Array.from({ length: Math.min(workers, tasks.length) }, async () => {
    let worker: Worker | undefined;
    const attempt = async (task: TrialTask): Promise<Outcome> => {
      if (signal.aborted) return { kind: "stopped" };
      worker ??= new Worker(signal);
      const outcome = await worker.run(task, listener);
      if (outcome.kind === "died") worker = undefined;
      return outcome;
    };
    const run = async (task: TrialTask) => {
      listener.onStart(task);
      let outcome = await attempt(task);
      if (outcome.kind === "died" && !signal.aborted) {
        listener.onRetry(task, outcome.reason);
        outcome = await attempt(task);
      }
      await listener.onEnd(task, failure(task, outcome));
    };
    while (queue.length > 0) {
      const next = queue.findIndex((task) => isReady(task, queue, running));
      const [task] = next < 0 ? [] : queue.splice(next, 1);
      if (!task) {
        await Promise.race(running.values());
        continue;
      }
      const { training } = task.trial.keys;
      const done = run(task);
      running.set(training, done);
      try {
        await done;
      } finally {
        running.delete(training);
      }
    }
    worker?.end();
  });
  await Promise.all(lanes);
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

class Worker {
  readonly #process: ChildProcess;
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
    this.#process.once("exit", () => {
      clearTimeout(killing);
      signal.removeEventListener("abort", stop);
    });
  }

  run(task: TrialTask, listener: PoolListener): Promise<Outcome> {
    return new Promise((resolve) => {
      const finish = (outcome: Outcome) => {
        this.#process.off("message", onMessage).off("exit", onExit).off("error", onError);
        resolve(outcome);
      };
      const onMessage = (message: WorkerMessage) => {
        if (message.kind === "progress") listener.onProgress(task, message);
        else if (message.kind === "damaged") listener.onDamaged(message.file, message.why);
        else if (message.kind === "error") finish({ kind: "failed", reason: explained(message.message, task) });
        else finish(message);
      };
      const onExit = (code: number | null, signalName: NodeJS.Signals | null) => {
        if (this.#stopping) return finish({ kind: "stopped" });
        const how = signalName ? `was killed by ${signalName}` : `ended with code ${code}`;
        finish({ kind: "died", reason: crash(how, this.#stderr.trim(), task) });
      };
      const onError = (error: Error) => finish({ kind: "died", reason: `its worker failed: ${error.message}` });
      this.#process.on("message", onMessage).on("exit", onExit).on("error", onError);
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

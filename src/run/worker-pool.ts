import { type ChildProcess, fork } from "node:child_process";
import { homedir } from "node:os";
import { extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Sample, Trial } from "../spec/run.types.ts";
import type { TrialTask, WorkerMessage } from "./protocol.ts";

export interface PoolListener {
  onStart(task: TrialTask): void;
  onProgress(task: TrialTask, progress: Extract<WorkerMessage, { kind: "progress" }>): void;
  onEnd(task: TrialTask, trial: Trial, samples: readonly Sample[]): void;
}

const STDERR_KEPT = 2000;

/**
 * Runs trials in worker processes, each one trial at a time, in the order given.
 * A worker that dies takes only its trial with it; when the signal is aborted all workers are ended at once.
 */
export async function runInWorkers(
  tasks: readonly TrialTask[],
  workers: number,
  signal: AbortSignal,
  listener: PoolListener,
): Promise<void> {
  const queue = [...tasks];
  const lanes = Array.from({ length: Math.min(workers, tasks.length) }, async () => {
    let worker: Worker | undefined;
    for (let task = queue.shift(); task; task = queue.shift()) {
      if (signal.aborted) listener.onEnd(task, unfinished(task, "not-run", "the run was interrupted"), []);
      else {
        worker ??= new Worker(signal);
        const alive = await worker.run(task, listener);
        if (!alive) worker = undefined;
      }
    }
    worker?.end();
  });
  await Promise.all(lanes);
}

class Worker {
  readonly #process: ChildProcess;
  #stderr = "";

  constructor(signal: AbortSignal) {
    const path = fileURLToPath(new URL(`./worker${extname(import.meta.url)}`, import.meta.url));
    this.#process = fork(path, { stdio: ["ignore", "ignore", "pipe", "ipc"], serialization: "advanced" });
    this.#process.stderr?.on("data", (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-STDERR_KEPT);
    });
    const kill = () => this.#process.kill("SIGKILL");
    signal.addEventListener("abort", kill);
    this.#process.once("exit", () => signal.removeEventListener("abort", kill));
  }

  /** @returns whether the worker can take another trial. */
  run(task: TrialTask, listener: PoolListener): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (alive: boolean, trial: Trial, samples: readonly Sample[]) => {
        this.#process.off("message", onMessage).off("exit", onExit).off("error", onError);
        listener.onEnd(task, trial, samples);
        resolve(alive);
      };
      const onMessage = (message: WorkerMessage) => {
        if (message.kind === "progress") listener.onProgress(task, message);
        else if (message.kind === "done") finish(true, message.trial, message.samples);
        else finish(true, unfinished(task, "crashed", explained(message.message, task)), []);
      };
      const onExit = (code: number | null, signalName: NodeJS.Signals | null) => {
        const killed = this.#process.killed;
        const how = signalName ? `was killed by ${signalName}` : `ended with code ${code}`;
        const trial = killed
          ? unfinished(task, "not-run", "the run was interrupted")
          : unfinished(task, "crashed", crash(how, this.#stderr.trim(), task));
        finish(false, trial, []);
      };
      const onError = (error: Error) =>
        finish(false, unfinished(task, "crashed", `its worker failed: ${error.message}`), []);
      this.#process.on("message", onMessage).on("exit", onExit).on("error", onError);
      listener.onStart(task);
      this.#process.send(task);
    });
  }

  end(): void {
    this.#process.disconnect();
  }
}

function crash(how: string, output: string, task: TrialTask): string {
  const what = [`its worker ${how}`, output].filter(Boolean).join(": ");
  // What the system's out-of-memory killer does, and nobody else on an ordinary day.
  const mayBeMemory = how.includes("SIGKILL") && task.memoryAdvice !== undefined;
  return mayBeMemory ? `${what}, perhaps for want of memory: ${task.memoryAdvice}` : explained(what, task);
}

/** onnxruntime's, C++'s and V8's words for it. */
function explained(message: string, { memoryAdvice }: TrialTask): string {
  const outOfMemory = /allocate memory|bad_alloc|allocation failed|heap out of memory/i.test(message);
  return outOfMemory ? `out of memory: ${memoryAdvice ?? message}` : message;
}

function unfinished(task: TrialTask, state: "crashed" | "not-run", reason: string): Trial {
  return { state, arm: task.arm.name, seed: task.seed, reason: withoutPaths(reason) };
}

/** Records hold no paths: what a stack or a crash prints says where in this program, not where on this machine. */
function withoutPaths(text: string): string {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  return text.replaceAll(pathToFileURL(root).href, "").replaceAll(root, "").replaceAll(homedir(), "~");
}

// A worker process: runs the trials it is sent, one after the other. The runtime blocks its thread while it computes,
// and a crash in native code must not take the runner down; hence a process of its own.

import { TaskRunner } from "../run-task.ts";
import { failureReason } from "./failure-reason.ts";
import type { RunnerMessage, TrialTask, WorkerMessage } from "./protocol.ts";

/** Least time between two progress messages that carry no point of the curve. */
const PROGRESS_MILLISECONDS = 100;

let stopping = false;
let measuring = false;
const runner = new TaskRunner({
  clock: () => performance.now(),
  now: () => new Date(),
  stopping: () => stopping,
  onDamaged: (file, why) => send({ kind: "damaged", file, why }),
});

// Ctrl-C reaches every process of the terminal, SIGTERM those of a service; the runner decides what it means.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
process.on("disconnect", () => process.exit(0));
process.on("message", (message: RunnerMessage) => {
  if (message.kind === "stop") {
    stopping = true;
    // A measurement cannot be cut; what was finished is in the store.
    if (measuring) process.exit(0);
    return;
  }
  work(message.task).catch((error: unknown) => send({ kind: "error", message: failureReason(error) }));
});

async function work(task: TrialTask): Promise<void> {
  let lastProgress = Number.NEGATIVE_INFINITY;
  const outcome = await runner.run(task, (progress) => {
    const now = performance.now();
    measuring = progress.measuring !== undefined;
    if (!progress.point && !progress.measuring && now - lastProgress < PROGRESS_MILLISECONDS) return;
    lastProgress = now;
    send({ kind: "progress", ...progress });
  });
  send({ kind: outcome });
}

function send(message: WorkerMessage): void {
  process.send?.(message);
}

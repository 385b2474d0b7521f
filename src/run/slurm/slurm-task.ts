// What a task of a Slurm array runs: a group of trials, one after the other. SIGTERM means that the time is up, or that
// the node is wanted otherwise: what was done is brought into the store. A task whose time is up asks to be started again;
// what preempts it, or drains its node, does so itself.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { TaskRunner } from "../run-task.ts";
import { failureReason } from "../workers/failure-reason.ts";
import type { TrialTask } from "../workers/protocol.ts";
import { TASK_VARIABLE } from "./batch-script.ts";

/** Slurm's warning comes 30 s before the end, or up to a minute earlier. */
const WARNING_SECONDS = 120;
const TERMINATED = 143;

let stopping = false;
let measuring = false;
const runner = new TaskRunner({
  clock: () => performance.now(),
  now: () => new Date(),
  stopping: () => stopping,
});

process.on("SIGTERM", () => {
  if (stopping) return;
  stopping = true;
  process.stdout.write("SIGTERM: leaving off\n");
  // A measurement cannot be cut; what was finished is in the store.
  if (measuring) void leave();
});

const [file = ""] = process.argv.slice(2);
const groups = JSON.parse(await readFile(file, "utf8")) as TrialTask[][];
for (const task of groups[Number(process.env[TASK_VARIABLE])] ?? []) {
  const name = `${task.trial.arm.name} seed ${task.trial.seed}`;
  try {
    const outcome = await runner.run(task, (progress) => {
      measuring = progress.measuring !== undefined;
    });
    process.stdout.write(`${name}: ${outcome}\n`);
    if (outcome === "stopped") await leave();
  } catch (error) {
    // The others of the group may still come right.
    process.exitCode = 1;
    process.stderr.write(`${name}: ${failureReason(error)}\n`);
  }
}
process.exit();

async function leave(): Promise<never> {
  const { SLURM_JOB_END_TIME: end, SLURM_JOB_ID: job } = process.env;
  const timeIsUp = end !== undefined && Number(end) - Date.now() / 1000 < WARNING_SECONDS;
  if (timeIsUp && job !== undefined) {
    await promisify(execFile)("scontrol", ["requeue", job]).catch((error: Error) => {
      process.stderr.write(`${error.message}\n`);
    });
  }
  process.exit(TERMINATED);
}

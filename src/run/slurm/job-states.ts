import { ClaimbenchError } from "../../spec/error.ts";
import { type ArrayJob, taskNames } from "./array-job.ts";
import { ownWords, type Slurm } from "./slurm.ts";
import { type TaskReport, type TaskState, taskState } from "./task-state.ts";

/** What squeue is asked for, with the width of each column: the way of telling them apart that every version has. */
const COLUMNS = { ArrayJobID: 14, ArrayTaskID: 14, State: 20, exit_code: 14, RestartCnt: 14, NodeList: 64, Reason: 64 };
const FORMAT = Object.entries(COLUMNS)
  .map(([name, width]) => `${name}:${width}`)
  .join(",");

/**
 * Asks squeue once for all tasks. It forgets a task some minutes after its end (`MinJobAge`); those are looked up with
 * sacct, where the cluster keeps accounts.
 *
 * @returns the state of every task, by its name such as `12_3`.
 * @throws `slurm-missing`, `slurm-unreachable`, `slurm-refused`.
 */
export async function jobStates(slurm: Slurm, jobs: readonly ArrayJob[]): Promise<Map<string, TaskState>> {
  if (jobs.length === 0) return new Map();
  const ids = jobs.map(({ id }) => id);
  const queued = await queuedTasks(slurm, ids);
  const tasks = jobs.flatMap(taskNames);
  const recorded = tasks.every((task) => queued.has(task)) ? new Map() : await recordedTasks(slurm, ids);
  return new Map(
    tasks.map((task): [string, TaskState] => {
      const report = queued.get(task) ?? recorded.get(task) ?? queued.get(task.replace(/_\d+$/, WHOLE));
      return [task, report ? taskState(report) : { state: "unknown", restarts: 0 }];
    }),
  );
}

/** In place of an index: an array that was cancelled before any of its tasks began is told as one. */
const WHOLE = "_whole";

async function queuedTasks(slurm: Slurm, ids: readonly string[]): Promise<Map<string, TaskReport>> {
  const words = ["--noheader", "--array", "--all", "--states=all", `--jobs=${ids.join(",")}`, `--Format=${FORMAT}`];
  const result = await slurm.call("squeue", words);
  // What it says of a single job that it has forgotten; of one among several it says nothing.
  if (/invalid job id/i.test(result.stderr)) return new Map();
  if (result.exitCode !== 0) {
    throw new ClaimbenchError("slurm-refused", `Slurm did not list the jobs: ${ownWords(result)}`, { exitCode: 4 });
  }
  return new Map(result.stdout.split("\n").filter(Boolean).map(queuedTask));
}

function queuedTask(line: string): [string, TaskReport] {
  let start = 0;
  const [job, index, word = "", exit = "", restarts, node = "", reason = ""] = Object.values(COLUMNS).map((width) => {
    start += width;
    return line.slice(start - width, start).trim();
  });
  return [
    /^\d+$/.test(index ?? "") ? `${job}_${index}` : `${job}${WHOLE}`,
    { word, node, reason, ...waitStatus(exit), restarts: Number(restarts) || 0 },
  ];
}

/** Of squeue's column: the system's wait status, or the code and the signal with a colon between. */
function waitStatus(text: string): { exitCode: number; signal: number } {
  if (text.includes(":")) return codeAndSignal(text);
  const status = Number(text) || 0;
  return { exitCode: (status >> 8) & 0xff, signal: status & 0x7f };
}

function codeAndSignal(text: string): { exitCode: number; signal: number } {
  const [exitCode = 0, signal = 0] = text.split(":").map(Number);
  return { exitCode, signal };
}

/** Nothing where the cluster keeps no accounts. */
async function recordedTasks(slurm: Slurm, ids: readonly string[]): Promise<Map<string, TaskReport>> {
  const words = ["--allocations", "--parsable2", "--noheader", `--jobs=${ids.join(",")}`];
  const fields = "--format=JobID,State,ExitCode,NodeList";
  try {
    const { exitCode, stdout } = await slurm.attempt("sacct", [...words, fields]);
    return exitCode === 0 ? new Map(stdout.split("\n").filter(Boolean).map(recordedTask)) : new Map();
  } catch (error) {
    if (error instanceof ClaimbenchError && error.code === "slurm-missing") return new Map();
    throw error;
  }
}

function recordedTask(line: string): [string, TaskReport] {
  const [task = "", state = "", exit = "", node = ""] = line.split("|");
  // "CANCELLED by 1000"
  const [word = ""] = state.split(" ");
  return [task, { word, node, reason: "", ...codeAndSignal(exit), restarts: 0 }];
}

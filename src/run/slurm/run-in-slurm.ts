import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { SlurmSettings } from "../../spec/config.types.ts";
import type { FailedTrial } from "../../spec/run.types.ts";
import { absent } from "../store/absent.ts";
import { writeWhole } from "../store/durable-write.ts";
import type { TrialTask } from "../workers/protocol.ts";
import type { PoolListener } from "../workers/worker-pool.ts";
import { type ArrayJob, taskNames } from "./array-job.ts";
import { jobStates } from "./job-states.ts";
import type { Slurm } from "./slurm.ts";
import { type SlurmJob, SlurmJobs } from "./slurm-jobs.ts";
import { submitArray, taskLog } from "./submit-array.ts";
import { groupsByLevel, type TaskGroup } from "./task-groups.ts";
import type { TaskState } from "./task-state.ts";

export interface SlurmRun {
  readonly slurm: Slurm;
  readonly settings: SlurmSettings;
  /** Folder of the store, which every node has to see. */
  readonly store: string;
  readonly suite: string;
  /** Names this submission; no two of a store are equal. */
  readonly name: string;
  /** Whether everything of a trial is in the store. */
  isDone(task: TrialTask): Promise<boolean>;
}

/** A group with the task of an array that runs it. */
interface Followed {
  readonly group: TaskGroup;
  readonly job: SlurmJob;
  readonly attempts: number;
  started: boolean;
}

const POLL_MILLISECONDS = 2_000;
/** Slurm tells of a job a little after it has taken it. */
const POLLS_UNKNOWN = 5;
const OUTPUT_KEPT = 2000;

/**
 * Gives trials to Slurm as job arrays and waits for them; those that an earlier call gave to it, in whatever shell, are only
 * waited for. A task that ends without its results is submitted once more. When the signal is aborted nothing is
 * cancelled: the jobs go on, and a later call finds them.
 *
 * @throws ClaimbenchError `slurm-refused`, `slurm-missing`, `slurm-unreachable`.
 */
export async function runInSlurm(
  tasks: readonly TrialTask[],
  run: SlurmRun,
  signal: AbortSignal,
  listener: PoolListener,
): Promise<void> {
  const jobs = new SlurmJobs(run.store);
  let following = await submitMissing(tasks, run, jobs);
  const unknown = new Map<string, number>();
  while (following.length > 0 && !signal.aborted) {
    const states = await jobStates(run.slurm, arraysOf(following));
    const left: Followed[] = [];
    for (const followed of following) {
      const name = nameOf(followed.job);
      const state = states.get(name) ?? { state: "unknown", restarts: 0 };
      if (state.state === "running" && !followed.started) {
        followed.started = true;
        for (const task of followed.group) listener.onStart(task);
      }
      const polls = state.state === "unknown" ? (unknown.get(name) ?? 0) + 1 : 0;
      unknown.set(name, polls);
      if (state.state === "pending" || state.state === "running" || (polls > 0 && polls < POLLS_UNKNOWN)) {
        left.push(followed);
        continue;
      }
      left.push(...(await ended(followed, state, run, jobs, listener)));
    }
    following = left;
    if (following.length > 0) await sleep(POLL_MILLISECONDS, undefined, { signal }).catch(() => {});
  }
  const reason = "the run was interrupted; its Slurm job goes on";
  for (const { group } of following) {
    for (const task of group)
      await listener.onEnd(task, (await run.isDone(task)) ? undefined : failed(task, "not-run", reason));
  }
}

/** @returns the groups that still have to be waited for: none, or one that was submitted again. */
async function ended(
  { group, job, attempts }: Followed,
  state: TaskState,
  run: SlurmRun,
  jobs: SlurmJobs,
  listener: PoolListener,
): Promise<Followed[]> {
  const done = new Map<TrialTask, boolean>();
  for (const task of group) done.set(task, await run.isDone(task));
  const missing = group.filter((task) => !done.get(task));
  const why = missing.length > 0 ? await reasonOf(job, state) : "";
  const [first, ...others] = missing;
  // `claimbench cancel` forgets the jobs that it ends.
  const cancelled = state.state === "cancelled" || (first && !(await jobs.get(first.trial.keys.trial)));
  if (first && attempts === 1 && !cancelled) {
    for (const task of missing) listener.onRetry(task, why);
    for (const task of group) if (done.get(task)) await listener.onEnd(task);
    return submit([[first, ...others]], run, jobs, [], 2);
  }
  for (const task of group) {
    await jobs.remove(task.trial.keys.trial);
    await listener.onEnd(task, done.get(task) ? undefined : failed(task, "crashed", why));
  }
  return [];
}

/** Submits what no living job has, level by level. */
async function submitMissing(tasks: readonly TrialTask[], run: SlurmRun, jobs: SlurmJobs): Promise<Followed[]> {
  const levels = groupsByLevel(tasks);
  const known = new Map<TaskGroup, SlurmJob>();
  for (const group of levels.flat()) {
    const job = await jobs.get(group[0].trial.keys.trial);
    if (job) known.set(group, job);
  }
  const states = await jobStates(run.slurm, arraysOf([...known.values()].map((job) => ({ job }))));
  const followed: Followed[] = [];
  let before: readonly string[] = [];
  for (const level of levels) {
    const isAlive = (group: TaskGroup) => {
      const job = known.get(group);
      const state = job && states.get(nameOf(job))?.state;
      return state === "pending" || state === "running" ? job : undefined;
    };
    const here = level.flatMap((group): Followed[] => {
      const job = isAlive(group);
      return job ? [{ group, job, attempts: 1, started: false }] : [];
    });
    const fresh = level.filter((group) => !isAlive(group));
    if (fresh.length > 0) here.push(...(await submit(fresh, run, jobs, before, 1)));
    before = [...new Set(here.map(({ job }) => job.id))];
    followed.push(...here);
  }
  return followed;
}

let submissions = 0;

async function submit(
  groups: readonly TaskGroup[],
  run: SlurmRun,
  jobs: SlurmJobs,
  after: readonly string[],
  attempts: number,
): Promise<Followed[]> {
  const name = `${run.name}-${++submissions}`;
  const file = jobs.taskFile(name);
  await writeWhole(file, JSON.stringify(groups), false);
  const output = jobs.outputFolder(name);
  const { throttle, ...options } = run.settings;
  const program = fileURLToPath(new URL(`./slurm-task${extname(import.meta.url)}`, import.meta.url));
  const arrays = await submitArray(run.slurm, {
    name: `claimbench-${run.suite}`,
    tasks: groups.length,
    ...(throttle === undefined ? {} : { throttle }),
    command: [process.execPath, program, file],
    chdir: run.store,
    output,
    // Whatever became of the others: a trial that finds its start missing trains it.
    dependency: { jobs: after, kind: "afterany" },
    options,
  });
  const followed: Followed[] = [];
  for (const { id, tasks, first } of arrays) {
    for (const [index, group] of groups.slice(first, first + tasks).entries()) {
      const job = { id, tasks, index, suite: run.suite, output, ...identity(group[0]) };
      for (const { trial } of group) await jobs.put(trial.keys.trial, job);
      followed.push({ group, job, attempts, started: false });
    }
  }
  return followed;
}

function arraysOf(followed: readonly { readonly job: SlurmJob }[]): ArrayJob[] {
  const arrays = new Map(followed.map(({ job: { id, tasks } }) => [id, { id, tasks, first: 0 }]));
  return [...arrays.values()];
}

function nameOf({ id, tasks, index }: SlurmJob): string {
  return taskNames({ id, tasks, first: 0 })[index] ?? "";
}

async function reasonOf(job: SlurmJob, state: TaskState): Promise<string> {
  const output = (await readFile(taskLog(job.output, nameOf(job)), "utf8").catch(absent))?.trim() ?? "";
  const how =
    state.state === "failed"
      ? state.signal > 0
        ? `was ended by signal ${state.signal}`
        : `ended with code ${state.exitCode}`
      : state.state === "completed"
        ? "ended without its results"
        : `ended: ${state.state}`;
  return [`its Slurm task ${nameOf(job)} ${how}`, output.slice(-OUTPUT_KEPT)].filter(Boolean).join(": ");
}

function identity({ trial }: TrialTask) {
  return { arm: trial.arm.name, seed: trial.seed };
}

function failed(task: TrialTask, state: FailedTrial["state"], reason: string): FailedTrial {
  return { state, ...identity(task), reason };
}

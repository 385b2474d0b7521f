import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ClaimbenchError } from "../../spec/error.ts";
import type { ArrayJob } from "./array-job.ts";
import { batchScript } from "./batch-script.ts";
import { cancelJobs } from "./cancel-jobs.ts";
import { optionWords, type SlurmOptions } from "./options.ts";
import type { ProgramResult } from "./program.ts";
import { ownWords, type Slurm } from "./slurm.ts";

/** How long before a task's time is up it gets SIGTERM. Slurm may send it up to a minute earlier. */
const WARNING_SECONDS = 30;

/** Jobs to wait for. One that Slurm has forgotten, or never knew, counts as having succeeded. */
export interface Dependency {
  readonly jobs: readonly string[];
  /** Whether the jobs have to succeed, or only to end. */
  readonly kind: "afterok" | "afterany";
}

export interface ArraySubmission {
  readonly name: string;
  /** How many; each finds its number, counted from 0, in the variable CLAIMBENCH_TASK. */
  readonly tasks: number;
  /** The most tasks at once. */
  readonly throttle?: number;
  readonly command: readonly string[];
  readonly chdir: string;
  /** Folder for what the tasks print, which is made where it is missing; see `taskLog`. */
  readonly output: string;
  readonly dependency?: Dependency;
  readonly options?: SlurmOptions;
  /** Set for the command, besides this process's environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The file with what a task printed, of all its attempts. @param task such as `12_3`. */
export function taskLog(output: string, task: string): string {
  return join(output, `${task}.log`);
}

/**
 * Submits an array of tasks, as several jobs where Slurm does not allow so large an array. With a throttle these run
 * one after the other, so that it holds for all. When one is refused, those before it are cancelled.
 *
 * @throws `slurm-refused` with sbatch's own words, `slurm-missing`, `slurm-unreachable`.
 */
export async function submitArray(slurm: Slurm, submission: ArraySubmission): Promise<ArrayJob[]> {
  await mkdir(submission.output, { recursive: true });
  const largest = await maxArraySize(slurm);
  const jobs: ArrayJob[] = [];
  try {
    for (let first = 0; first < submission.tasks; first += largest) {
      const tasks = Math.min(largest, submission.tasks - first);
      const before = submission.throttle === undefined ? undefined : jobs.at(-1);
      jobs.push({ id: await submitOne(slurm, submission, first, tasks, before), tasks, first });
    }
  } catch (error) {
    await cancelJobs(
      slurm,
      jobs.map(({ id }) => id),
    ).catch(() => {});
    throw error;
  }
  return jobs;
}

async function submitOne(
  slurm: Slurm,
  submission: ArraySubmission,
  first: number,
  tasks: number,
  before: ArrayJob | undefined,
): Promise<string> {
  const { name, throttle, command, chdir, output, options = {}, environment = {} } = submission;
  const dependencies = dependencyWords(submission.dependency, before);
  // Found again in the job's comment.
  const mark = `claimbench-${randomUUID()}`;
  const words = [
    ...optionWords(options),
    "--parsable",
    `--job-name=${name}`,
    `--array=0-${tasks - 1}${throttle === undefined ? "" : `%${throttle}`}`,
    "--requeue",
    `--signal=B:TERM@${WARNING_SECONDS}`,
    "--open-mode=append",
    "--export=ALL",
    `--chdir=${chdir}`,
    `--output=${taskLog(patternOf(output), "%A_%a")}`,
    `--comment=${mark}`,
    ...dependencies,
  ];
  const script = batchScript(command, first, environment);
  // An answer can get lost after the job was taken, and it must not be submitted twice.
  const result = await slurm.call("sbatch", words, script, () => submittedBefore(slurm, mark));
  if (result.exitCode !== 0) throw refused(result);
  // With several clusters the number is followed by the cluster's name.
  return result.stdout.trim().split(";")[0] as string;
}

function dependencyWords(given: Dependency | undefined, before: ArrayJob | undefined): string[] {
  const conditions: string[] = [];
  if (given && given.jobs.length > 0) conditions.push(`${given.kind}:${given.jobs.join(":")}`);
  if (before) conditions.push(`afterany:${before.id}`);
  return conditions.length === 0 ? [] : [`--dependency=${conditions.join(",")}`, "--kill-on-invalid-dep=yes"];
}

/** Looks for a job by the mark in its comment, and answers as sbatch would have. */
async function submittedBefore(slurm: Slurm, mark: string): Promise<ProgramResult | undefined> {
  const words = ["--noheader", "--states=all", "--format=%F|%k"];
  const result = await slurm.attempt("squeue", words);
  if (result.exitCode !== 0) return result;
  const found = result.stdout.split("\n").find((line) => line.endsWith(`|${mark}`));
  return found === undefined ? undefined : { exitCode: 0, stdout: found.split("|")[0] as string, stderr: "" };
}

async function maxArraySize(slurm: Slurm): Promise<number> {
  const result = await slurm.call("scontrol", ["show", "config"]);
  if (result.exitCode !== 0) throw refused(result);
  return Number(/^MaxArraySize\s*=\s*(\d+)/m.exec(result.stdout)?.[1] ?? 1001);
}

/** A folder's path as part of Slurm's pattern for file names, in which % begins a placeholder. */
function patternOf(folder: string): string {
  // A backslash anywhere takes the placeholders' meaning away, and all tasks would write one file.
  if (folder.includes("\\")) {
    throw new ClaimbenchError(
      "slurm-refused",
      `Slurm cannot write to a folder with a backslash in its path: ${folder}`,
    );
  }
  return folder.replaceAll("%", "%%");
}

function refused(result: ProgramResult): ClaimbenchError {
  return new ClaimbenchError("slurm-refused", `Slurm did not take the job: ${ownWords(result)}`, {
    hint: "`sinfo` lists the partitions; accounts, limits and resources are the cluster's",
  });
}

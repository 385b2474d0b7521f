import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type ArrayJob, taskNames } from "../../../src/run/slurm/array-job.ts";
import { cancelJobs } from "../../../src/run/slurm/cancel-jobs.ts";
import { jobStates } from "../../../src/run/slurm/job-states.ts";
import { type RunProgram, runProgram } from "../../../src/run/slurm/program.ts";
import { Slurm } from "../../../src/run/slurm/slurm.ts";
import { type ArraySubmission, submitArray, taskLog } from "../../../src/run/slurm/submit-array.ts";
import type { TaskState } from "../../../src/run/slurm/task-state.ts";
import { type Cluster, startCluster } from "../../slurm-cluster/cluster.ts";
import { slurmMissing } from "../../slurm-cluster/programs.ts";

// On a machine without Slurm the rest can still be tested; in CI its absence is a failure.
const missing = slurmMissing();
const skipped = missing !== undefined && !process.env["CI"];
if (skipped) console.warn(`No ${missing}: Slurm is not tested. Install slurmctld, slurmd, slurm-client and munge.`);
const onCluster = test.skipIf(skipped);

/** Shell for a task that waits for the file GO in its folder. */
const UNTIL_GO = "while [ ! -e go ]; do sleep 0.1; done";

let cluster: Cluster;
let slurm: Slurm;
let folders = 0;
/** Two tasks whose time is up while the tests run. The first ends when it is told to, the second does not. */
let limited: ArrayJob[];
let limitedFolder: string;
const submitted: ArrayJob[] = [];

beforeAll(async () => {
  if (skipped) return;
  cluster = await startCluster({ cpus: 3, maxArraySize: 21 });
  slurm = new Slurm({ environment: cluster.environment });
  limitedFolder = freshFolder();
  const script = `trap 'touch told-$CLAIMBENCH_TASK; [ $CLAIMBENCH_TASK = 1 ] || exit 0' TERM; ${UNTIL_GO}`;
  const options = { timeMinutes: 1, extra: ["--nodelist=node2"] };
  limited = await submitArray(slurm, { ...shell(script, 2, limitedFolder), options });
  await vi.waitUntil(async () => (await kinds(limited)).every((kind) => kind === "running"), 10_000);
  // A limit of less than a minute cannot be asked for.
  await cluster.call("scontrol", "update", `JobId=${limited[0]?.id}_1`, "EndTime=now+1");
});

afterEach(async () => {
  if (!skipped)
    await cancelJobs(
      slurm,
      submitted.splice(0).map(({ id }) => id),
    );
});

afterAll(async () => {
  await cluster?.stop();
});

function freshFolder(): string {
  folders += 1;
  const folder = join(cluster.folder, `test-${folders}`);
  mkdirSync(folder);
  return folder;
}

function shell(script: string, tasks: number, chdir: string): ArraySubmission {
  return { name: "test", tasks, command: ["sh", "-c", script], chdir, output: join(chdir, "output") };
}

/** Submits, for this test only. */
async function submit(submission: ArraySubmission): Promise<ArrayJob[]> {
  const jobs = await submitArray(slurm, submission);
  submitted.push(...jobs);
  return jobs;
}

async function states(jobs: readonly ArrayJob[]): Promise<TaskState[]> {
  return [...(await jobStates(slurm, jobs)).values()];
}

function eventually(found: () => unknown, seconds = 25) {
  return expect.poll(found, { timeout: 1000 * seconds, interval: 200 });
}

async function kinds(jobs: readonly ArrayJob[]): Promise<string[]> {
  return (await states(jobs)).map(({ state }) => state);
}

/** Waits until each task has a node. */
async function running(jobs: readonly ArrayJob[]): Promise<string[]> {
  const count = jobs.flatMap(taskNames).length;
  await eventually(() => kinds(jobs)).toEqual(Array(count).fill("running"));
  return (await states(jobs)).map((state) => (state.state === "running" ? state.node : ""));
}

const completed = { state: "completed", restarts: 0 };

onCluster("an array runs on all nodes, and one call of squeue tells how", async () => {
  const calls: string[] = [];
  const run: RunProgram = (program, ...rest) => {
    calls.push(program);
    return runProgram(program, ...rest);
  };
  const counting = new Slurm({ environment: cluster.environment, run });
  const folder = freshFolder();
  const script = 'echo "$CLAIMBENCH_TASK $SLURMD_NODENAME" > task-$CLAIMBENCH_TASK; sleep 0.3';
  const jobs = await submit(shell(script, 20, folder));
  const more = await submit(shell("true", 1, folder));
  await eventually(async () => new Set(await kinds([...jobs, ...more]))).toEqual(new Set(["completed"]));
  expect([...(await jobStates(counting, [...jobs, ...more])).keys()]).toEqual([...jobs, ...more].flatMap(taskNames));
  expect(calls).toEqual(["squeue"]);
  const tasks = Array.from({ length: 20 }, (_, i) =>
    readFileSync(join(folder, `task-${i}`), "utf8")
      .trim()
      .split(" "),
  );
  expect(tasks.map(([task]) => Number(task))).toEqual(Array.from({ length: 20 }, (_, i) => i));
  expect(new Set(tasks.map(([, node]) => node))).toEqual(new Set(["node1", "node2"]));
});

onCluster("paths, words and variables arrive as they are", async () => {
  const odd = `o'd "d" $x %a  \`y\` é*;&`;
  const folder = join(freshFolder(), `${odd} \\`);
  mkdirSync(folder);
  const command = ["node", "-e", "console.log(JSON.stringify([process.cwd(), process.argv[1], process.env.ODD]))", odd];
  const output = join(freshFolder(), "new", odd);
  const environment = { ODD: `${odd}\n,=` };
  const jobs = await submit({ name: odd, tasks: 1, command, chdir: folder, output, environment });
  await eventually(() => states(jobs)).toEqual([completed]);
  const log = readFileSync(taskLog(output, `${jobs[0]?.id}_0`), "utf8");
  expect(JSON.parse(log)).toEqual([folder, odd, environment.ODD]);
});

onCluster("how a task failed", async () => {
  const script = "case $CLAIMBENCH_TASK in 0) exit 3;; 1) kill -9 $$;; 2) exit 0;; esac";
  const jobs = await submit(shell(script, 3, freshFolder()));
  await eventually(() => states(jobs)).toEqual([
    { state: "failed", exitCode: 3, signal: 0, restarts: 0 },
    { state: "failed", exitCode: 0, signal: 9, restarts: 0 },
    completed,
  ]);
});

onCluster("with a throttle of one, tasks wait for each other", async () => {
  const folder = freshFolder();
  // mkdir fails where another task is inside.
  const jobs = await submit({ ...shell("mkdir inside && sleep 0.3 && rmdir inside", 3, folder), throttle: 1 });
  const seen = new Set<string>();
  await eventually(async () => {
    const found = await states(jobs);
    for (const state of found) if (state.state === "pending") seen.add(state.reason);
    return found;
  }).toEqual([completed, completed, completed]);
  expect(seen).toContain("JobArrayTaskLimit");
});

onCluster("an array that is too long becomes several, one after the other under a throttle", async () => {
  const folder = freshFolder();
  const script = "ls | grep -c task > count-$CLAIMBENCH_TASK; touch task-$CLAIMBENCH_TASK";
  const jobs = await submit({ ...shell(script, 24, folder), throttle: 4 });
  expect(jobs.map(({ tasks, first }) => [tasks, first])).toEqual([
    [21, 0],
    [3, 21],
  ]);
  await eventually(async () => new Set(await kinds(jobs))).toEqual(new Set(["completed"]));
  expect(readdirSync(folder).filter((name) => name.startsWith("task-"))).toHaveLength(24);
  expect(Number(readFileSync(join(folder, "count-21"), "utf8"))).toBeGreaterThanOrEqual(21);
});

onCluster("dependencies: after success, and after the end", async () => {
  const folder = freshFolder();
  const failing = await submit(shell(`${UNTIL_GO}; exit 1`, 1, folder));
  const good = await submit(shell(`${UNTIL_GO}; touch made`, 1, folder));
  const after = (jobs: ArrayJob[], kind: "afterok" | "afterany", script: string) =>
    submit({ ...shell(script, 1, folder), dependency: { jobs: jobs.map(({ id }) => id), kind } });
  const never = await after(failing, "afterok", "touch never");
  const anyway = await after([...failing, ...good], "afterany", "test -e made");
  const then = await after(good, "afterok", "test -e made");
  await running([...failing, ...good]);
  expect(await states([...never, ...anyway, ...then])).toEqual(
    Array(3).fill({ state: "pending", reason: "Dependency", restarts: 0 }),
  );
  writeFileSync(join(folder, "go"), "");
  await eventually(() => kinds([...never, ...anyway, ...then])).toEqual(["cancelled", "completed", "completed"]);
  expect(readdirSync(folder)).not.toContain("never");
});

onCluster("a task that is cancelled gets SIGTERM; one that waits never starts", async () => {
  const folder = freshFolder();
  const script = `trap 'touch ended; exit 0' TERM; touch task-$CLAIMBENCH_TASK; ${UNTIL_GO}`;
  const jobs = await submit({ ...shell(script, 2, folder), throttle: 1 });
  await eventually(() => readdirSync(folder)).toContain("task-0");
  await cancelJobs(
    slurm,
    jobs.map(({ id }) => id),
  );
  await eventually(() => kinds(jobs)).toEqual(["cancelled", "cancelled"]);
  await eventually(() => readdirSync(folder)).toContain("ended");
  expect(readdirSync(folder)).not.toContain("task-1");
  // Once more is no error.
  await cancelJobs(
    slurm,
    jobs.map(({ id }) => id),
  );
});

onCluster("what sbatch refuses is said in its words", async () => {
  const options = { partition: "nowhere" };
  await expect(submitArray(slurm, { ...shell("true", 1, freshFolder()), options })).rejects.toMatchObject({
    code: "slurm-refused",
    message: expect.stringContaining("invalid partition specified: nowhere"),
  });
});

onCluster("when the second part of an array is refused, the first is cancelled", async () => {
  let calls = 0;
  const run: RunProgram = (program, words, ...rest) => {
    if (program === "sbatch") calls += 1;
    const second = program === "sbatch" && calls === 2;
    return runProgram(program, second ? [...words, "--partition=nowhere"] : words, ...rest);
  };
  const failing = new Slurm({ environment: cluster.environment, run });
  const submission = { ...shell("sleep 100", 24, freshFolder()), name: "halves", throttle: 1 };
  await expect(submitArray(failing, submission)).rejects.toMatchObject({ code: "slurm-refused" });
  await eventually(() => cluster.call("squeue", "--noheader", "--name=halves")).toBe("");
});

onCluster("a folder for output that Slurm cannot write to is refused", async () => {
  const submission = { ...shell("true", 1, freshFolder()), output: join(freshFolder(), "a\\b") };
  await expect(submitArray(slurm, submission)).rejects.toMatchObject({ code: "slurm-refused" });
});

test("where there is no Slurm, its programs are named", async () => {
  const nowhere = new Slurm({ environment: { PATH: "/nonexistent" } });
  await expect(nowhere.check()).rejects.toMatchObject({
    code: "slurm-missing",
    message: expect.stringContaining("sbatch, squeue, scancel, scontrol"),
  });
  await expect(jobStates(nowhere, [{ id: "1", tasks: 1, first: 0 }])).rejects.toMatchObject({ code: "slurm-missing" });
});

onCluster("jobs that Slurm does not know are unknown", async () => {
  const forgotten = [
    { id: "999998", tasks: 1, first: 0 },
    { id: "999999", tasks: 2, first: 0 },
  ];
  expect(await kinds(forgotten)).toEqual(["unknown", "unknown", "unknown"]);
  expect(await kinds(forgotten.slice(0, 1))).toEqual(["unknown"]);
  await cancelJobs(slurm, ["999999"]);
});

onCluster("a job whose number got lost on the way is not submitted twice", async () => {
  let lost = 0;
  const run: RunProgram = async (program, ...rest) => {
    const result = await runProgram(program, ...rest);
    if (program !== "sbatch") return result;
    lost += 1;
    return { exitCode: 1, stdout: "", stderr: "sbatch: error: Socket timed out on send/recv operation" };
  };
  const forgetful = new Slurm({ environment: cluster.environment, run, pauses: [0] });
  const jobs = await submitArray(forgetful, { ...shell("true", 1, freshFolder()), name: "lost" });
  expect(lost).toBe(1);
  await eventually(() => states(jobs)).toEqual([completed]);
  expect((await cluster.call("squeue", "--noheader", "--name=lost", "--states=all")).trim().split("\n")).toHaveLength(
    1,
  );
});

onCluster("a controller that is away is waited for", async () => {
  const hasty = new Slurm({ environment: cluster.environment, pauses: [] });
  const patient = new Slurm({ environment: cluster.environment, pauses: Array(20).fill(1) });
  await cluster.stopController();
  await expect(cancelJobs(hasty, ["1"])).rejects.toMatchObject({ code: "slurm-unreachable", exitCode: 4 });
  const waiting = submitArray(patient, shell("true", 1, freshFolder()));
  await cluster.startController();
  await eventually(async () => states(await waiting)).toEqual([completed]);
});

onCluster("tasks of a node that is drained run on the other one when they are requeued", async () => {
  const folder = freshFolder();
  const jobs = await submit({
    ...shell(`echo $SLURMD_NODENAME; ${UNTIL_GO}`, 2, folder),
    options: { extra: ["--spread-job"] },
  });
  const nodes = await running(jobs);
  const onFirst = jobs.flatMap(taskNames).filter((_, i) => nodes[i] === "node1");
  expect(onFirst.length).toBeGreaterThan(0);
  await cluster.drain("node1");
  expect(await running(jobs)).toEqual(nodes);
  await cluster.call("scontrol", "requeue", onFirst.join(","));
  await eventually(() => kinds(jobs)).toContain("pending");
  await eventually(async () => (await states(jobs)).map((s) => s.state === "running" && s.restarts)).toContain(1);
  writeFileSync(join(folder, "go"), "");
  await eventually(() => kinds(jobs)).toEqual(["completed", "completed"]);
  await cluster.resume("node1");
  // The log goes on where the first attempt left it.
  const log = readFileSync(taskLog(join(folder, "output"), onFirst[0] as string), "utf8");
  expect(log.split("\n").filter((line) => line.startsWith("node"))).toEqual(["node1", "node2"]);
});

onCluster("tasks of a node that dies run on the other one", async () => {
  const folder = freshFolder();
  const jobs = await submit({ ...shell(`echo $SLURMD_NODENAME; ${UNTIL_GO}`, 3, folder) });
  const nodes = await running(jobs);
  expect(nodes).toContain("node1");
  await cluster.killNode("node1");
  writeFileSync(join(folder, "go"), "");
  await eventually(() => states(jobs), 40).toEqual(
    nodes.map((node) => ({ state: "completed", restarts: node === "node1" ? 1 : 0 })),
  );
  await cluster.startNode("node1");
});

onCluster("a task whose time is up gets SIGTERM first", async () => {
  await eventually(() => kinds(limited), 45).toEqual(["completed", "timeout"]);
  expect(readdirSync(limitedFolder)).toEqual(expect.arrayContaining(["told-0", "told-1"]));
});

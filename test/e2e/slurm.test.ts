import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRunRecord } from "../../src/spec/read-run-record.ts";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { type Cluster, startCluster } from "../slurm-cluster/cluster.ts";
import { slurmMissing } from "../slurm-cluster/programs.ts";
import { type Folder, folder } from "./program.ts";
import { threeClasses } from "./safetensors-file.ts";
import { holds, tinySuite } from "./suites.ts";

const missing = slurmMissing();
const skipped = missing !== undefined && !process.env["CI"];
const onCluster = test.skipIf(skipped);

let cluster: Cluster;

beforeAll(async () => {
  if (!skipped) cluster = await startCluster({ cpus: 2 });
});
afterAll(async () => {
  await cluster?.stop();
});

/** SB, LB, and LB from SB's second epoch, at two seeds; LB trains for so many epochs. */
function place(epochs: number): Folder {
  const here = folder();
  here.write("data.safetensors", threeClasses(160));
  const suite = tinySuite({
    network: { input: [4], layers: [{ layer: "dense", units: 3 }] },
    data: { files: { train: "data.safetensors", test: "data.safetensors" } },
    train: { batch: 4 },
    claims: {
      holds,
      order: { statement: "An order.", source: "p. 1", assert: [{ less: ["SB.trainLoss", "warm.trainLoss"] }] },
    },
  });
  const LB = { extends: "SB", train: { batch: 32, stop: { epochs } } };
  const warm = { extends: "LB", train: { start: { arm: "SB", epoch: 1 } } };
  here.write("suite.json", { ...suite, arms: { ...suite.arms, LB, warm } });
  here.write("claimbench.config.json", { slurm: { cpusPerTask: 1, memory: "300M", throttle: 3 } });
  return here;
}

const words = ["run", "suite.json", "--executor", "slurm"];

function record(here: Folder): RunRecord {
  return readRunRecord(readFileSync(join(here.runs("tiny").at(-1) as string, "run.json"), "utf8"), "run.json");
}

/** What must not depend on where and when it was computed. */
function numbers({ trials, samples }: RunRecord) {
  const byName = <Item extends { arm: string; seed: number }>(a: Item, b: Item) =>
    a.arm < b.arm ? -1 : a.arm > b.arm ? 1 : a.seed - b.seed;
  return {
    trials: trials
      .map((trial) => ({ ...trial, trainSeconds: 0, measureSeconds: 0, reused: 0, machine: "" }))
      .sort(byName),
    samples: samples.toSorted(byName),
  };
}

/** Kills the process of a task, as the system does when memory runs out. */
function killOneTask(here: Folder): void {
  const pids = readdirSync("/proc").filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, "utf8");
      return words.includes("slurm-task") && words.includes(here.path) && words.startsWith(process.execPath);
    } catch {
      return false;
    }
  });
  expect(pids.length).toBeGreaterThan(0);
  process.kill(Number(pids[0]), "SIGKILL");
}

/** Waits until a job of this folder's has trained for a while. */
async function somethingTrained(here: Folder): Promise<void> {
  const checkpoints = join(here.path, ".claimbench", "checkpoints");
  while (
    !readdirSync(here.path).includes(".claimbench") ||
    !readdirSync(join(here.path, ".claimbench")).includes("checkpoints")
  )
    await sleep(100);
  while (readdirSync(checkpoints).length === 0) await sleep(100);
}

onCluster(
  "trials run as Slurm's jobs, and give what they give here",
  async () => {
    const here = place(20);
    const { code, stderr } = await here.run(words, { environment: cluster.environment });
    expect(stderr).not.toContain("crashed");
    const there = place(20);
    await there.run(["run", "suite.json", "--threads", "1"]);
    expect(record(here).trials.map(({ state }) => state)).toEqual(Array(6).fill("completed"));
    expect(numbers(record(here))).toEqual(numbers(record(there)));
    expect(code).toBe(0);
    // Everything is in the store: no job is submitted.
    const again = await here.run(words, { environment: cluster.environment });
    expect(again.stderr).toContain("6 trial(s) from the store");
  },
  120_000,
);

onCluster(
  "a killed task, a drained node and a node that dies cost nothing that was finished",
  async () => {
    const here = place(4_000);
    const run = here.start(words, { environment: cluster.environment });
    await somethingTrained(here);
    killOneTask(here);
    await sleep(1000);
    await cluster.drain("node1");
    await sleep(1000);
    await cluster.resume("node1");
    await cluster.killNode("node2");
    await sleep(3000);
    await cluster.startNode("node2");
    const { stderr } = await run.finished;
    const there = place(4_000);
    await there.run(["run", "suite.json", "--threads", "1"]);
    expect(stderr).not.toContain("crashed");
    expect(numbers(record(here))).toEqual(numbers(record(there)));
  },
  180_000,
);

onCluster(
  "another shell waits for the jobs of the first, and cancel ends them",
  async () => {
    const here = place(1_000_000);
    const run = here.start(words, { environment: cluster.environment });
    await somethingTrained(here);
    run.child.kill("SIGINT");
    const { code, stderr } = await run.finished;
    expect(code).toBe(130);
    expect(stderr).toContain("its Slurm jobs go on");
    const queue = () => cluster.call("squeue", "--noheader", "--array", "--states=running,pending", "--format=%i");
    const before = (await queue()).trim().split("\n").sort();
    expect(before.length).toBeGreaterThan(1);
    const again = here.start(words, { environment: cluster.environment });
    await again.stderrMatches(/trial\(s\) on/);
    await sleep(3000);
    // Nothing was submitted a second time.
    const after = (await queue()).trim().split("\n");
    expect(after.filter((job) => !before.includes(job))).toEqual([]);
    const cancelled = await here.run(["cancel"], { environment: cluster.environment });
    expect(cancelled.stdout).toContain("tiny: LB seed 0");
    const end = await again.finished;
    expect(end.code).toBe(4);
    expect(record(here).trials.filter(({ state }) => state === "crashed").length).toBeGreaterThan(0);
    expect((await queue()).trim()).toBe("");
  },
  120_000,
);

onCluster("a partition that is not there, in Slurm's own words", async () => {
  const here = place(2);
  here.write("claimbench.config.json", { slurm: { partition: "nowhere" } });
  const { code, stderr } = await here.run(words, { environment: cluster.environment });
  expect(stderr).toMatch(/Slurm did not take the job: .*partition/i);
  expect(code).toBe(2);
  const misspelt = place(2);
  misspelt.write("claimbench.config.json", { slurm: { partitions: "debug" } });
  const bad = await misspelt.run(words, { environment: cluster.environment });
  expect(bad.stderr).toContain("claimbench.config.json:3:5");
  expect(bad.code).toBe(2);
});

test("without Slurm, what is missing is named", async () => {
  const here = place(2);
  const { code, stderr } = await here.run(words, { environment: { PATH: "/nowhere" } });
  expect(stderr).toContain("cannot be found on the PATH");
  expect(code).toBe(2);
  expect(here.names()).not.toContain("reports");
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { readRunRecord } from "../../src/spec/read-run-record.ts";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { type Folder, folder, killGroup, lives, readJson, type Started, workersOf } from "./program.ts";
import { threeClasses } from "./safetensors-file.ts";
import { holds, tinySuite } from "./suites.ts";

const FOREVER = 1_000_000;
const order = { statement: "An order.", source: "p. 1", assert: [{ less: ["SB.trainLoss", "LB.trainLoss"] }] };

/** A suite whose small-batch trials end soon, and whose large-batch trials take so many epochs. */
function placeFor(epochs: number): Folder {
  const place = folder();
  place.write("data.safetensors", threeClasses(160));
  const suite = tinySuite({
    network: { input: [4], layers: [{ layer: "dense", units: 3 }] },
    data: { files: { train: "data.safetensors", test: "data.safetensors" } },
    train: { batch: 4 },
    claims: { holds, order },
  });
  const LB = { extends: "SB", train: { batch: 32, stop: { epochs } } };
  place.write("suite.json", { ...suite, arms: { ...suite.arms, LB } });
  return place;
}

const runInTwo = ["run", "suite.json", "--workers", "2", "--threads", "1"];

/** A run whose first trial ends soon; two workers then train trials of so many epochs. */
function startRun(epochs: number): { place: Folder; run: Started } {
  const place = placeFor(epochs);
  return { place, run: place.start(runInTwo) };
}

const firstTrial = /\[1\/4\] SB seed 0 .*\n/;

function record(place: Folder): RunRecord {
  return readRunRecord(readFileSync(join(place.runs("tiny")[0] as string, "run.json"), "utf8"), "run.json");
}

const states = (place: Folder) => record(place).trials.map(({ arm, seed, state }) => `${arm} ${seed} ${state}`);
const oneDone = ["LB 0 not-run", "SB 0 completed", "LB 1 not-run", "SB 1 not-run"];

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(50);
}

test.each([
  { name: "SIGINT", signal: "SIGINT", group: false },
  { name: "SIGTERM", signal: "SIGTERM", group: false },
  { name: "Ctrl-C in a terminal, which reaches the workers too", signal: "SIGINT", group: true },
  { name: "SIGTERM to the workers too", signal: "SIGTERM", group: true },
] as const)("$name saves what is done", async ({ signal, group }) => {
  const { place, run } = startRun(FOREVER);
  await run.stderrMatches(firstTrial);
  const workers = process.platform === "linux" ? workersOf(run.child.pid as number) : [];
  if (group) killGroup(run.child, signal);
  else run.child.kill(signal);
  const { code, stdout, stderr } = await run.finished;
  expect(stderr).toContain("interrupted: 1 of 4 trials finished; they are in reports/tiny/");
  expect(stderr).toContain("go on with: claimbench run suite.json --workers 2 --threads 1\n");
  expect(stdout).toContain("not-measured  order");
  expect(code).toBe(130);
  if (process.platform === "linux") expect(workers).toHaveLength(2);
  expect(workers.filter(lives)).toEqual([]);
  expect(record(place).run.status).toBe("interrupted");
  expect(states(place)).toEqual(oneDone);
  const judged = await place.run(["judge", join(place.runs("tiny")[0] as string, "run.json")]);
  expect(judged).toMatchObject({ code: 4, stderr: "" });
  expect(stdout.startsWith(judged.stdout)).toBe(true);
});

test("an interruption before anything trains leaves a record without trials", async () => {
  const { place, run } = startRun(FOREVER);
  await run.stderrMatches(/^tiny\n/);
  run.child.kill("SIGINT");
  expect((await run.finished).code).toBe(130);
  expect(states(place).map((state) => state.split(" ")[2])).toEqual(Array(4).fill("not-run"));
});

test("a second signal ends at once and leaves a readable record", async () => {
  const { place, run } = startRun(FOREVER);
  await run.stderrMatches(firstTrial);
  run.child.kill("SIGINT");
  run.child.kill("SIGTERM");
  expect((await run.finished).code).toBe(130);
  expect(record(place).run.status).toBe("interrupted");
});

test.runIf(process.platform === "linux")("killed, it leaves a record and no workers", async () => {
  const { place, run } = startRun(FOREVER);
  await run.stderrMatches(firstTrial);
  const file = () => readFileSync(join(place.runs("tiny")[0] as string, "run.json"), "utf8");
  await until(() => file().includes('"state": "completed"'));
  const workers = workersOf(run.child.pid as number);
  expect(workers).toHaveLength(2);
  run.child.kill("SIGKILL");
  await until(() => !workers.some(lives));
  expect(record(place).run.status).toBe("interrupted");
  expect(states(place)).toEqual(oneDone);
});

/** Kills the worker that trains LB at seed 0; SB at seed 0 has left its worker to LB at seed 1. */
function killFirstWorker(run: Started): void {
  process.kill(Math.min(...workersOf(run.child.pid as number)), "SIGKILL");
}

test.runIf(process.platform === "linux")(
  "a trial whose worker is killed is tried once more, then given up",
  async () => {
    const { place, run } = startRun(4000);
    await run.stderrMatches(firstTrial);
    const workers = () => workersOf(run.child.pid as number);
    const before = workers();
    killFirstWorker(run);
    await run.stderrMatches(/LB seed 0 is tried once more: its worker was killed by SIGKILL\n/);
    const replacement = () => workers().find((pid) => !before.includes(pid));
    await until(() => replacement() !== undefined);
    process.kill(replacement() as number, "SIGKILL");
    const { code, stdout, stderr } = await run.finished;
    expect(stderr).toContain("LB seed 0 crashed: its worker was killed by SIGKILL\n");
    expect(record(place).run.status).toBe("complete");
    expect(states(place)).toEqual(["LB 0 crashed", "SB 0 completed", "LB 1 completed", "SB 1 completed"]);
    expect(stdout).toContain("✓ pass  holds");
    expect(stdout).toContain("not-measured  order");
    expect(code).toBe(4);
  },
);

test.runIf(process.platform === "linux")("killed once, a trial comes to its end", async () => {
  const { place, run } = startRun(4000);
  await run.stderrMatches(firstTrial);
  killFirstWorker(run);
  const { stderr } = await run.finished;
  expect(stderr).toContain("LB seed 0 is tried once more");
  expect(states(place)).toEqual(["LB 0 completed", "SB 0 completed", "LB 1 completed", "SB 1 completed"]);
});

test.runIf(process.platform === "linux")("a worker that is killed while it waits for a trial is replaced", async () => {
  const place = placeFor(1);
  const suite = readJson(join(place.path, "suite.json"));
  const { SB } = suite.arms;
  const stop = (epochs: number, more: object = {}) => ({ extends: "SB", train: { stop: { epochs }, ...more } });
  const LB = { extends: "SB", train: { batch: 32, stop: { epochs: 1 } } };
  const after = { start: { arm: "long", epoch: 1 } };
  // One worker trains the long one; the other has done the short ones, and waits for what begins where that was.
  const arms = { SB, LB, long: stop(1500, { batch: 8 }), one: stop(1, after), two: stop(1, { ...after, batch: 16 }) };
  place.write("suite.json", { ...suite, suite: "waits", arms, seeds: 1 });
  const run = place.start(runInTwo);
  await run.stderrMatches(/\[2\/5\]/);
  const [busy, waiting] = workersOf(run.child.pid as number);
  expect(busy).toBeLessThan(waiting as number);
  process.kill(waiting as number, "SIGKILL");
  const { code, stderr } = await run.finished;
  expect(stderr).toMatch(/\[5\/5\]/);
  expect(stderr).not.toMatch(/crashed|once more/);
  expect(code).toBe(0);
});

test.runIf(process.platform === "linux")(
  "a store that cannot be read any more ends the run and its workers",
  async () => {
    const place = placeFor(FOREVER);
    // What a failing disk says, to the runner only: the results of the first trial that ends.
    const hook = `if (process.argv[1].endsWith("main.js")) {
    const files = require("node:fs/promises");
    const { readFile } = files;
    files.readFile = async (path, ...rest) => {
      if (!String(path).includes("/entries/measurement/")) return readFile(path, ...rest);
      throw Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
    };
    require("node:module").syncBuiltinESMExports();
  }`;
    const environment = { NODE_OPTIONS: `--require ${place.write("hook.cjs", hook)}` };
    const run = place.start(runInTwo, { environment });
    await until(() => workersOf(run.child.pid as number).length === 2);
    const workers = workersOf(run.child.pid as number);
    const { code, stderr } = await run.finished;
    expect(stderr).toContain("cannot read the store: EIO: i/o error, read [store-not-readable]");
    expect(code).toBe(4);
    await until(() => !workers.some(lives));
  },
);

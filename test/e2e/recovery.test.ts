// What a store is worth when something happens to it, to the reports, or to nothing at all.
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { expect, onTestFinished, type TestContext, test } from "vitest";
import { generator } from "../../src/train/seeds.ts";
import { type Folder, folder, killGroup, readJson } from "./program.ts";
import { threeClasses } from "./safetensors-file.ts";
import { holds, tinySuite } from "./suites.ts";

const run = ["run", "suite.json", "--workers", "2", "--threads", "1"];

/** Two trainings at two seeds, and one from within the first. @param own settings that the small-batch arm has besides. */
function place(epochs = 4, own: object = {}): Folder {
  const here = folder();
  here.write("data.safetensors", threeClasses(160));
  const suite = tinySuite({
    network: { input: [4], layers: [{ layer: "dense", units: 16 }, { layer: "relu" }, { layer: "dense", units: 3 }] },
    data: { files: { train: "data.safetensors", test: "data.safetensors" } },
    train: { batch: 16, stop: { epochs }, ...own },
    measure: { trainAccuracy: { metric: "accuracy", on: "train" }, moved: { metric: "distance" } },
    claims: { holds },
  });
  const warm = { extends: "SB", train: { batch: 32, stop: { epochs }, start: { arm: "SB", epoch: 2 } } };
  here.write("suite.json", { ...suite, arms: { ...suite.arms, warm } });
  return here;
}

/** What a run gave, but for times and where it came from. */
function results(here: Folder, run = -1) {
  const { trials, samples } = readJson(join(here.runs("tiny").at(run) as string, "run.json"));
  const timeless = trials.map((trial: object) => ({ ...trial, trainSeconds: 0, measureSeconds: 0, reused: undefined }));
  return { trials: timeless, samples };
}

function reused(here: Folder): boolean[] {
  const { trials } = readJson(join(here.runs("tiny").at(-1) as string, "run.json"));
  return trials.map((trial: { reused?: boolean }) => trial.reused === true);
}

async function completes(here: Folder, words: readonly string[] = run) {
  const finished = await here.run(words);
  expect(finished.stderr).not.toMatch(/crashed|error/);
  expect(finished.code).toBe(0);
  return finished;
}

/** Files of a part of the store, sorted; none while there is no such part. */
function storeFiles(here: Folder, part: string): string[] {
  const path = join(here.path, ".claimbench", part);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

test("a second run starts no worker and takes every trial from the store", async () => {
  const here = place();
  // Told of by every Node process as it starts.
  here.write(
    "tell.cjs",
    `require("fs").appendFileSync(${JSON.stringify(join(here.path, "processes"))}, process.argv[1] + "\\n");`,
  );
  const environment = { NODE_OPTIONS: `--require ${join(here.path, "tell.cjs")}` };
  const workers = () =>
    readFileSync(join(here.path, "processes"), "utf8")
      .split("\n")
      .filter((path) => basename(path) === "worker.js").length;
  expect((await here.run(run, { environment })).code).toBe(0);
  expect(workers()).toBe(2);
  expect(reused(here)).toEqual(Array(6).fill(false));
  const second = await here.run(run, { environment });
  expect(second.code).toBe(0);
  expect(second.stderr).toContain("6 trial(s) from the store\n");
  expect(workers()).toBe(2);
  expect(reused(here)).toEqual(Array(6).fill(true));
  expect(results(here, 1)).toEqual(results(here, 0));
});

test("training that ends at a loss is measured, and found again", async () => {
  const here = place(4, { stop: { trainLoss: 0.6, maxEpochs: 400 } });
  await completes(here);
  const { trials } = results(here);
  for (const { curve } of trials.filter(({ arm }: { arm: string }) => arm === "SB")) {
    expect(curve.at(-1).trainLoss).toBeLessThanOrEqual(0.6);
    expect(curve.at(-1).epoch).toBeLessThan(400);
  }
  await completes(here);
  expect(reused(here)).toEqual(Array(6).fill(true));
});

test("arms that share the beginning of a training, and one alone, agree", async () => {
  const here = place(6);
  const suite = readJson(join(here.path, "suite.json"));
  const { SB, LB, warm } = suite.arms;
  const short = { extends: "SB", train: { stop: { epochs: 3 } } };
  const alone = async (name: string, arms: object) => {
    here.write("suite.json", { ...suite, arms });
    await completes(here, [...run, "--store", `store of ${name}`]);
    const found = results(here);
    const of = ({ arm }: { arm: string }) => arm === name;
    return { trials: found.trials.filter(of), samples: found.samples.filter(of) };
  };
  const expected = [
    await alone("SB", { SB }),
    await alone("LB", { SB, LB }),
    await alone("warm", { SB, warm }),
    await alone("short", { SB, short }),
  ];
  here.write("suite.json", { ...suite, arms: { short, SB, LB, warm } });
  await completes(here, [...run, "--store", "store of all"]);
  const all = results(here);
  for (const { trials, samples } of expected) {
    const [first] = trials;
    const of = ({ arm }: { arm: string }) => arm === first.arm;
    expect(all.trials.filter(of)).toEqual(trials);
    expect(all.samples.filter(of)).toEqual(samples);
  }
});

test("what was once finished is never trained again, and of the rest an epoch at most for each kill", async () => {
  // A loss that is not reached has a point of the curve after every epoch.
  const here = place(500, { stop: { trainLoss: 1e-9, maxEpochs: 500 } });
  const random = generator("order", 11);
  const seen = new Map<string, number>();
  let repeated = 0;
  const kills = 8;
  for (let kill = 0; kill <= kills; kill++) {
    const before = storeFiles(here, "entries/trial").length;
    const started = here.start([...run, "--verbose"]);
    if (kill < kills) {
      await started.stderrMatches(/ epoch \d/);
      await sleep(600 * uniformFloat64(random));
      killGroup(started.child, "SIGKILL");
    }
    const { stderr } = await started.finished;
    // Trials in the store are told first, and those are all that were in it; a measurement may be missing.
    const fromStore = stderr.match(/\w+ seed \d(?= .*, from the store$)/gm) ?? [];
    expect(before - fromStore.length).toBeLessThanOrEqual(2);
    for (const name of fromStore) expect(stderr).not.toContain(`${name} epoch`);
    for (const line of stderr.match(/^\w+ seed \d epoch [1-9]\d*:/gm) ?? []) {
      const times = (seen.get(line) ?? 0) + 1;
      seen.set(line, times);
      if (times > 1) repeated++;
    }
  }
  expect(repeated).toBeLessThanOrEqual(2 * kills);
  expect(results(here).trials.map(({ state }: { state: string }) => state)).toEqual(Array(6).fill("completed"));
  expect(results(here)).toEqual(await undisturbed(here));
});

function flipByte(file: string): void {
  const bytes = readFileSync(file);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] as number) ^ 0x10;
  writeFileSync(file, bytes);
}

test.each([
  ["a flipped byte in every trial", "entries/trial", flipByte],
  ["every trial cut short", "entries/trial", (file: string) => truncateSync(file, 20)],
  ["a flipped byte in every measurement", "entries/measurement", flipByte],
])("%s is said, and computed again to the same", async (_, part, damage) => {
  const here = place();
  await completes(here);
  const files = storeFiles(here, part);
  for (const file of files) damage(file);
  const { stderr } = await completes(here);
  for (const file of files) expect(stderr).toContain(`damaged in the store, set aside: ${basename(file)}: `);
  expect(reused(here)).toEqual(Array(6).fill(false));
  expect(results(here, 1)).toEqual(results(here, 0));
  expect((await completes(here)).stderr).not.toContain("damaged");
  expect(reused(here)).toEqual(Array(6).fill(true));
});

test("damaged states are said when they are needed, and trained again to the same", async () => {
  const here = place();
  await completes(here);
  for (const file of storeFiles(here, "objects")) flipByte(file);
  for (const file of storeFiles(here, "entries/measurement")) rmSync(file);
  const { stderr } = await completes(here);
  expect(stderr).toMatch(/damaged in the store, set aside: [0-9a-f]{64}\.safetensors: its SHA-256 is not its name's/);
  expect(results(here, 1)).toEqual(results(here, 0));
});

test("a damaged checkpoint is said, and its training begins anew", async () => {
  const here = place(3000);
  const first = here.start(run);
  while (storeFiles(here, "checkpoints").length === 0) await sleep(20);
  first.child.kill("SIGTERM");
  expect((await first.finished).code).toBe(130);
  const checkpoints = storeFiles(here, "checkpoints");
  expect(checkpoints.length).toBeGreaterThan(0);
  for (const file of checkpoints) flipByte(file);
  const second = here.start(run);
  await second.stderrMatches(/damaged in the store, set aside: /);
  second.child.kill("SIGTERM");
  expect((await second.finished).code).toBe(130);
});

test("with its store gone, a run comes to an end that the next one completes", async () => {
  const here = place(300);
  const first = here.start(run);
  await first.stderrMatches(/\[1\/6\]/);
  // In one step; workers make it anew when they write to it.
  renameSync(join(here.path, ".claimbench"), join(here.path, "elsewhere"));
  const { code, stderr } = await first.finished;
  // A file may have been between its two names.
  if (code !== 0) expect(stderr).toMatch(/crashed: .*(to the store|not in the store)/);
  await completes(here);
  expect(results(here)).toEqual(await undisturbed(here));
});

/** Of an undisturbed run of the same suite, in a store and reports of its own. */
async function undisturbed(here: Folder) {
  const other = folder();
  for (const name of ["data.safetensors", "suite.json"]) other.write(name, readFileSync(join(here.path, name)));
  await completes(other);
  return results(other);
}

test("with its reports removed, a run writes its record all the same", async () => {
  const here = place(300);
  const first = here.start(run);
  await first.stderrMatches(/\[1\/6\]/);
  rmSync(join(here.path, "reports"), { recursive: true, force: true });
  const { code, stderr } = await first.finished;
  expect(stderr).toMatch(/\[6\/6\]/);
  expect(code).toBe(0);
  expect(results(here)).toEqual(await undisturbed(here));
});

const PAGE = 4096;

/** A disk of a few pages, where the tests may mount one: as root on Linux. */
function smallDisk(here: Folder, pages: number, skip: TestContext["skip"]): string {
  const disk = join(here.path, "disk");
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${pages * PAGE}`, "tmpfs", disk], { stdio: "ignore" });
  } catch {
    skip("a disk cannot be mounted here");
  }
  onTestFinished(() => void execFileSync("umount", [disk]));
  return disk;
}

const onDisk = [...run, "--store", "disk/store"];

test("with its disk full from the beginning, each trial says so", async ({ skip }) => {
  const here = place();
  const disk = smallDisk(here, 64, skip);
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, "full"), Buffer.alloc(bavail * bsize));
  const full = await here.run(onDisk);
  expect(full.stderr).toMatch(/SB seed 0 crashed: .*ENOSPC/);
  expect(full.code).toBe(4);
  rmSync(join(disk, "full"));
  await completes(here, onDisk);
  expect(results(here)).toEqual(await undisturbed(here));
});

test("with its disk full in the middle, what was finished before is not lost", async ({ skip }) => {
  const here = place(300);
  const disk = smallDisk(here, 256, skip);
  const first = here.start(onDisk);
  await first.stderrMatches(/\[1\/6\]/);
  for (let i = 0; ; i++) {
    const { bavail, bsize } = statfsSync(disk);
    if (bavail === 0) break;
    try {
      writeFileSync(join(disk, `full-${i}`), Buffer.alloc(bavail * bsize));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
  }
  const { code, stderr } = await first.finished;
  expect(stderr).toMatch(/crashed: .*ENOSPC/);
  expect(code).toBe(4);
  const finished = results(here).trials.map(({ state }: { state: string }) => state === "completed");
  expect(finished).toContain(true);
  for (const name of readdirSync(disk)) if (name.startsWith("full-")) rmSync(join(disk, name));
  await completes(here, onDisk);
  expect(reused(here)).toEqual(finished);
  expect(results(here)).toEqual(await undisturbed(here));
});

test("what an arm begins with is trained on its own data, whoever trains it", async () => {
  const here = place();
  const suite = readJson(join(here.path, "suite.json"));
  const { SB } = suite.arms;
  here.write("other.safetensors", threeClasses(96));
  const other = { files: { train: "other.safetensors", test: "other.safetensors" } };
  // From an epoch that nobody keeps for it, and from the end of a trial that is in the store without its minimiser.
  const tuned = { extends: "SB", data: other, train: { start: { arm: "SB", epoch: 2 } } };
  const way = { metric: "path", shape: "linear", from: "SB", points: 3, arms: ["tuned"] };
  const measure = { ...suite.measure, way };
  here.write("suite.json", { ...suite, arms: { SB, tuned }, measure });
  await completes(here, [...run, "--store", "at once"]);
  const expected = results(here);
  here.write("suite.json", { ...suite, arms: { SB } });
  await completes(here, [...run, "--store", "later"]);
  rmSync(join(here.path, "later", "entries", "iterate"), { recursive: true });
  here.write("suite.json", { ...suite, arms: { SB, tuned }, measure });
  await completes(here, [...run, "--store", "later"]);
  expect(results(here)).toEqual(expected);
});

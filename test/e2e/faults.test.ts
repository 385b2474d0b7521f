import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { expect, test } from "vitest";
import { readRunRecord } from "../../src/spec/read-run-record.ts";
import { generator } from "../../src/train/seeds.ts";
import { type Folder, folder, killGroup, type Started, workersOf } from "./program.ts";
import { threeClasses } from "./safetensors-file.ts";
import { holds, tinySuite } from "./suites.ts";

const parallel = ["--threads", "1", "--workers", "2"];

/** Every kind of state: moments, dropout, running statistics; a shared training, and a warm start that carries the optimiser. */
function place(epochs: number): Folder {
  const here = folder();
  here.write("data.safetensors", threeClasses(160));
  const suite = tinySuite({
    network: {
      input: [4],
      layers: [
        { layer: "dense", units: 32 },
        { layer: "batch-norm", statistics: "running" },
        { layer: "relu" },
        { layer: "dropout", rate: 0.3 },
        { layer: "dense", units: 3 },
      ],
    },
    data: { files: { train: "data.safetensors", test: "data.safetensors" } },
    train: { batch: 16, optimizer: { adam: { learningRate: 0.001 } }, stop: { epochs } },
    measure: {
      trainAccuracy: { metric: "accuracy", on: "train" },
      distance: { metric: "distance" },
      sharpness: { metric: "sharpness", space: "full", epsilon: [1e-3], maximiser: ["scaled"] },
    },
    claims: { holds },
  });
  const arms = {
    ...suite.arms,
    LB: { extends: "SB", train: { batch: 64 } },
    longer: { extends: "SB", train: { stop: { epochs: epochs + 100 } } },
    warm: { extends: "LB", train: { start: { arm: "SB", epoch: epochs / 2, optimizerState: "carried" } } },
  };
  here.write("suite.json", { ...suite, arms });
  return here;
}

/** What a run gave, but for times and where it came from. */
function results(here: Folder, run: number) {
  const file = join(here.runs("tiny").at(run) as string, "run.json");
  const { trials, samples } = readRunRecord(readFileSync(file, "utf8"), file);
  const timeless = trials.map((trial) => ({ ...trial, trainSeconds: 0, measureSeconds: 0, reused: undefined }));
  return { trials: timeless, samples };
}

function kill(run: Started, what: number): void {
  const pid = run.child.pid as number;
  if (what < 0.25) run.child.kill("SIGKILL");
  else if (what < 0.5) killGroup(run.child, "SIGKILL");
  else if (what < 0.65) run.child.kill("SIGTERM");
  else for (const worker of workersOf(pid).slice(0, what < 0.8 ? 1 : 2)) killProcess(worker);
}

/** It may have come to its own end meanwhile. */
function killProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

test("thirty kills of workers and runner change no bit", { timeout: 240_000 }, async () => {
  const here = place(1200);
  const random = generator("order", 7);
  const words = (round: number) => ["run", "suite.json", ...parallel, "--store", `store-${round}`];
  let kills = 0;
  let rounds = 0;
  // Where trials are fast, one round ends before thirty kills.
  while (kills < 30) {
    const run = here.start(words(rounds));
    const ended = run.finished.then(() => true);
    // A run outlives the death of a worker; so more than one may be killed in it.
    while (kills < 30) {
      if (await Promise.race([ended, sleep(600 + 500 * uniformFloat64(random)).then(() => false)])) break;
      kill(run, uniformFloat64(random));
      kills++;
    }
    killGroup(run.child, "SIGKILL");
    if ((await run.finished).code === 0) rounds++;
  }
  const undisturbed = await here.run(words(100));
  expect(undisturbed.code).toBe(0);
  const expected = results(here, -1);
  expect(expected.trials.map(({ state }) => state)).toEqual(Array(8).fill("completed"));
  for (let round = 0; round <= rounds; round++) {
    const { code } = await here.run(words(round));
    expect(code).toBe(0);
    expect(results(here, -1)).toEqual(expected);
  }
});

test("two runs at once on one store train nothing twice", { timeout: 120_000 }, async () => {
  const here = place(400);
  const runs = await Promise.all([0, 1].map(() => here.run(["run", "suite.json", ...parallel, "--verbose"])));
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
  expect(results(here, 0)).toEqual(results(here, 1));
  // Each epoch of each training was told by one of them only.
  const epochs = runs.flatMap(({ stderr }) => stderr.match(/^(SB|LB|warm) seed \d epoch [1-9]\d*:/gm) ?? []);
  expect(epochs.length).toBeGreaterThan(500);
  expect(new Set(epochs).size).toBe(epochs.length);
});

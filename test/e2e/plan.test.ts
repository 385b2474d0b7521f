import { readdirSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder } from "./program.ts";
import { threeClasses } from "./safetensors-file.ts";
import { holds, tinySuite } from "./suites.ts";

const data = { files: { train: "data.safetensors", test: "data.safetensors" } };
const network = { input: [4], layers: [{ layer: "dense", units: 3 }] };
const threads = ["--threads", "1", "--workers", "1"];

/** SB, LB, and LB from SB's first epoch. */
function suite(learningRate: number, seeds = 1) {
  const tiny = tinySuite({ network, data, seeds, claims: { holds } });
  const warm = { extends: "LB", train: { start: { arm: "SB", epoch: 1 } } };
  const LB = { ...tiny.arms.LB, train: { batch: 32, optimizer: { sgd: { learningRate } } } };
  return { ...tiny, arms: { ...tiny.arms, LB, warm } };
}

test("plan tells what is in the store, and by what the rest differs", async () => {
  const here = folder();
  here.write("data.safetensors", threeClasses(160));
  here.write("suite.json", suite(0.05));
  const plan = async (...words: string[]) => (await here.run(["plan", "suite.json", ...threads, ...words])).stdout;
  const before = await plan();
  expect(before).toMatch(/SB seed 0 .* to train: nothing like it is in the store/);
  expect(before).toContain("3 trials, 0 in the store; very roughly");
  expect(before).toMatch(/SB → warm\n$/);
  expect(here.names()).not.toContain("reports");
  await here.run(["run", "suite.json", ...threads]);
  expect(await plan()).toContain("3 trials, all in the store\n");

  here.write("suite.json", suite(0.1));
  const changed = await plan();
  expect(changed).toMatch(/SB seed 0 .* in the store/);
  expect(changed).toMatch(/LB seed 0 .* to train: regime.optimizer.sgd.learningRate 0.05 → 0.1\n/);
  expect(changed).toMatch(/warm seed 0 .* to train: regime.optimizer.sgd.learningRate 0.05 → 0.1\n/);
  expect(changed).toContain("3 trials, 1 in the store; about");

  const longer = suite(0.05);
  Object.assign(longer.arms.SB.train, { stop: { epochs: 4 } });
  here.write("suite.json", { ...longer, measure: { ...longer.measure, distance: { metric: "distance" } } });
  const document = JSON.parse(await plan("--json"));
  expect(document).toMatchObject({ suite: "tiny", count: 3, stored: 0, rough: false, workers: 1 });
  const states = Object.fromEntries(document.trials.map(({ arm, ...trial }: { arm: string }) => [arm, trial]));
  expect(states.SB).toMatchObject({ state: "resumes", epoch: 2 });
  expect(states.LB).toMatchObject({ state: "resumes", epoch: 2 });
  expect(states.warm).toMatchObject({ startsFrom: "SB", state: "resumes", epoch: 2 });

  here.write("suite.json", { ...suite(0.05), measure: { ...suite(0.05).measure, distance: { metric: "distance" } } });
  expect(await plan()).toMatch(/LB seed 0 .* to measure: distance\n/);
  here.write("suite.json", suite(0.05, 80));
  expect(await plan()).toMatch(/LB, 80 seeds .* 1 in the store, 79 to train \(seed 0 → 1\)\n/);
});

test("store lists, verifies and removes", async () => {
  const here = folder();
  here.write("data.safetensors", threeClasses(160));
  here.write("suite.json", suite(0.05));
  const empty = await here.run(["store", "ls"]);
  expect(empty).toMatchObject({ code: 0, stdout: "entries: none\n" });
  await here.run(["run", "suite.json", ...threads]);
  const listed = await here.run(["store", "ls"]);
  expect(listed.stdout.split("\n").filter((line) => line.includes("batch 32  2 epochs  seed 0"))).toHaveLength(2);
  expect(listed.stdout).toMatch(/entries: .*3 trial/);
  expect((await here.run(["store", "verify"])).code).toBe(0);

  const entries = join(here.path, ".claimbench", "entries", "trial");
  const [first = ""] = readdirSync(entries);
  truncateSync(join(entries, first), 100);
  const damaged = await here.run(["store", "verify"]);
  expect(damaged.code).toBe(4);
  expect(damaged.stderr).toContain(`damaged, set aside: ${join(entries, first)}`);
  expect(readdirSync(join(here.path, ".claimbench", "damaged")).some((name) => name.startsWith(first))).toBe(true);

  const kept = await here.run(["store", "gc", "--older-than", "1", "--json"]);
  expect(JSON.parse(kept.stdout)).toMatchObject({ entries: 0 });
  const removed = await here.run(["store", "gc", "--older-than", "0", "--json"]);
  expect(JSON.parse(removed.stdout).entries).toBeGreaterThan(5);
  expect((await here.run(["store", "ls"])).stdout).toBe("entries: none\n");
  expect((await here.run(["store", "gc", "--older-than", "soon"])).code).toBe(2);
  // Another version's store is not touched.
  here.write("other/format", "claimbench-store/9\n");
  const other = await here.run(["store", "ls", "--store", "other"]);
  expect(other.code).toBe(2);
  expect(readFileSync(join(here.path, "other", "format"), "utf8")).toBe("claimbench-store/9\n");
});

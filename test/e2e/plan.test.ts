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
  expect(before).toContain("3 trials, 0 in the store, 3 to train; very roughly");
  expect(before).toMatch(/SB → warm\n$/);
  expect(here.names()).not.toContain("reports");
  await here.run(["run", "suite.json", ...threads]);
  expect(await plan()).toContain("3 trials, all in the store\n");

  here.write("suite.json", suite(0.1));
  const changed = await plan();
  expect(changed).toMatch(/SB seed 0 .* in the store/);
  expect(changed).toMatch(/LB seed 0 .* to train: regime.optimizer.sgd.learningRate 0.05 → 0.1\n/);
  expect(changed).toMatch(/warm seed 0 .* to train: regime.optimizer.sgd.learningRate 0.05 → 0.1\n/);
  expect(changed).toContain("3 trials, 1 in the store, 2 to train; about");

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

test("what diverged is in the store: nothing is left to measure of it", async () => {
  const here = folder();
  here.write("data.safetensors", threeClasses(160));
  const deep = { ...network, layers: [{ layer: "dense", units: 8 }, { layer: "relu" }, ...network.layers] };
  const train = { optimizer: { sgd: { learningRate: 1e30 } } };
  here.write("suite.json", tinySuite({ data, seeds: 1, network: deep, train }));
  const run = await here.run(["run", "suite.json", ...threads]);
  expect(run.stderr).toContain("LB seed 0 diverged");
  const plan = await here.run(["plan", "suite.json", ...threads]);
  expect(plan.stdout).toMatch(/LB seed 0 .* in the store\n/);
  expect(plan.stdout).toContain("2 trials, all in the store\n");
});

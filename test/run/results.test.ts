// Trials run in this process, on a real store: what is left in it, and what the next run makes of it.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Model } from "../../src/engine/engine.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { resolvedNetwork } from "../../src/networks/shapes.ts";
import { forwardWork } from "../../src/networks/work.ts";
import type { PlannedTrial } from "../../src/plan/plan-trials.ts";
import { collectTrial, Results } from "../../src/run/results.ts";
import { openStore } from "../../src/run/store/store.ts";
import { runTrial } from "../../src/run/trial/run-trial.ts";
import { golden } from "../fixtures/golden-networks.ts";
import { arm, planned, type SuiteSketch, small, trialOf } from "../plan/planned-suite.ts";

const { samples } = golden("mlp-bn");
const data = { train: samples, test: samples, files: [] };
const engine = onnxEngine({ threads: 1 });
const network = resolvedNetwork(small, "small");
const onnx = engine.load(network);
const { train } = arm;
const BATCH = train.batch;
const UPDATES_PER_EPOCH = Math.ceil(samples.count / BATCH);
const measure = { accuracy: { metric: "accuracy", on: "train" }, moved: { metric: "distance" } };

async function newResults(): Promise<Results> {
  const folder = mkdtempSync(join(tmpdir(), "claimbench-results-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return new Results(await openStore(folder, { now: () => new Date() }));
}

/**
 * Runs a trial.
 *
 * @param stopAfter leave off after so many updates.
 * @param crashAfter or fail then, with nothing saved.
 * @returns how it ended and the updates it made.
 */
async function run(
  trial: PlannedTrial,
  results: Results,
  stopAfter = Number.POSITIVE_INFINITY,
  crashAfter = Number.POSITIVE_INFINITY,
) {
  let updates = 0;
  const model: Model = {
    network: onnx.network,
    layout: onnx.layout,
    // One step of a batch a call.
    workPerCall: 3 * forwardWork(network) * BATCH,
    initialise: (random) => onnx.initialise(random),
    objective: (...parts) => onnx.objective(...parts),
    trainer: (...parts) => {
      const trainer = onnx.trainer(...parts);
      return {
        start: (theta) => trainer.start(theta),
        release: () => trainer.release(),
        update: async (...step) => {
          if (updates >= crashAfter) throw new Error("crashed on purpose");
          const losses = await trainer.update(...step);
          updates += losses.length;
          return losses;
        },
      };
    },
    dispose: async () => {},
  };
  const outcome = await runTrial(trial, {
    engine,
    model,
    dataOf: async () => data,
    results,
    plugins: { folder: ".", metricOf: () => Promise.reject(new Error("no plugin")) },
    machine: "here",
    clock: () => performance.now(),
    onProgress: () => {},
    stopping: () => updates >= stopAfter,
  });
  return { outcome, updates };
}

/** What a record would say of a trial, but how long it took. */
async function told(trial: PlannedTrial, results: Results) {
  const found = await collectTrial(results, trial, "here");
  if (!found) return undefined;
  const { trainSeconds: _, measureSeconds: __, ...rest } = found.trial as typeof found.trial & Record<string, unknown>;
  return { trial: rest, samples: found.samples };
}

/** What a trial gives in a store of its own, with nothing in between. */
async function undisturbed(trial: PlannedTrial) {
  const results = await newResults();
  expect((await run(trial, results)).outcome).toBe("done");
  return told(trial, results);
}

const plan = (arms: SuiteSketch["arms"]) => planned({ arms, measure }, samples.count);
const epochs = (count: number) => ({ ...arm, train: { ...train, stop: { epochs: count } } });
const until = (trainLoss: number) => ({ ...arm, train: { ...train, stop: { trainLoss, maxEpochs: 60 } } });
const from = (source: string, epoch: number, more: object = {}) => ({
  ...arm,
  train: { ...train, batch: 8, stop: { epochs: 2 }, start: { arm: source, epoch, ...more } },
});

test("a trial stopped at any update is what it would have been, and no update is made twice", async () => {
  const trial = trialOf(plan({ A: epochs(3) }), "A");
  const expected = await undisturbed(trial);
  for (let stop = 0; stop < 3 * UPDATES_PER_EPOCH; stop++) {
    const results = await newResults();
    const first = await run(trial, results, stop);
    expect(first).toEqual({ outcome: "stopped", updates: stop });
    const second = await run(trial, results);
    expect(second).toEqual({ outcome: "done", updates: 3 * UPDATES_PER_EPOCH - stop });
    expect(await told(trial, results)).toEqual(expected);
    expect(await run(trial, results)).toEqual({ outcome: "done", updates: 0 });
  }
});

test("after a crash at any update, no more than the epoch it was in is trained again", async () => {
  const trial = trialOf(plan({ A: epochs(3) }), "A");
  const expected = await undisturbed(trial);
  for (let crash = 0; crash < 3 * UPDATES_PER_EPOCH; crash++) {
    const results = await newResults();
    await expect(run(trial, results, Number.POSITIVE_INFINITY, crash)).rejects.toThrow("crashed on purpose");
    const epochsSaved = Math.floor(crash / UPDATES_PER_EPOCH);
    const { updates } = await run(trial, results);
    expect(updates, `crashed at update ${crash}`).toBe((3 - epochsSaved) * UPDATES_PER_EPOCH);
    expect(await told(trial, results)).toEqual(expected);
  }
});

test("a finished trial leaves no checkpoint and no lease that is held", async () => {
  const results = await newResults();
  await run(trialOf(plan({ A: epochs(3) }), "A"), results);
  expect(readdirSync(join(results.store.folder, "checkpoints"))).toEqual([]);
  expect((await results.store.keys("iterate")).length).toBe(1);
});

test("training that ends at a loss trains once, and its minimiser is kept", async () => {
  const results = await newResults();
  const trial = trialOf(plan({ A: until(1.5) }), "A");
  const { outcome, updates } = await run(trial, results);
  const stored = await results.trial(trial);
  if (stored?.state !== "completed") throw new Error("it did not complete");
  expect(outcome).toBe("done");
  expect(stored.epoch).toBeGreaterThan(1);
  expect(stored.epoch).toBeLessThan(60);
  expect(updates).toBe(stored.epoch * UPDATES_PER_EPOCH);
  expect(await results.iterate(trial.keys.training, stored.epoch)).toMatchObject({ epoch: stored.epoch, visited: 0 });
});

test("a training to a lower loss has nothing in it that changes one to a higher, wherever it was stopped", async () => {
  const trials = plan({ higher: until(1.5), lower: until(1.2) });
  const [higher, lower] = [trialOf(trials, "higher"), trialOf(trials, "lower")];
  expect(lower.keys.training).toBe(higher.keys.training);
  const [expected, expectedLower] = [await undisturbed(higher), await undisturbed(lower)];
  const ends: number[] = [];
  for (const trial of [higher, lower]) {
    const results = await newResults();
    ends.push((await run(trial, results)).updates);
  }
  expect(ends[0]).toBeLessThan(ends[1] as number);
  // Around the end of the one, and halfway between.
  for (const stop of [-1, 0, 1, 2, UPDATES_PER_EPOCH, UPDATES_PER_EPOCH + 2].map(
    (more) => (ends[0] as number) + more,
  )) {
    const results = await newResults();
    expect((await run(lower, results, stop)).outcome).toBe("stopped");
    // What has begun another epoch is of no use to it.
    if (stop > (ends[0] as number)) expect(await results.furthest(higher, 60)).toBeUndefined();
    await run(higher, results);
    expect(await told(higher, results), `stopped at update ${stop}`).toEqual(expected);
    await run(lower, results);
    expect(await told(lower, results), `stopped at update ${stop}`).toEqual(expectedLower);
  }
});

test("what a training to a lower loss left at the end of one to a higher is that one's end", async () => {
  const trials = plan({ higher: until(1.5), lower: until(1.2) });
  const [higher, lower] = [trialOf(trials, "higher"), trialOf(trials, "lower")];
  const alone = await newResults();
  const { updates } = await run(higher, alone);
  const results = await newResults();
  await expect(run(lower, results, Number.POSITIVE_INFINITY, updates)).rejects.toThrow("crashed on purpose");
  expect(await run(higher, results)).toEqual({ outcome: "done", updates: 0 });
  expect(await told(higher, results)).toEqual(await told(higher, alone));
});

test("the longer goes on from the shorter, and the shorter is found in the longer", async () => {
  const trials = plan({ short: epochs(3), long: epochs(6) });
  const [short, long] = [trialOf(trials, "short"), trialOf(trials, "long")];
  expect(long.keys.training).toBe(short.keys.training);
  const expected = [await undisturbed(short), await undisturbed(long)];
  for (const [first, second, more] of [
    [short, long, 3 * UPDATES_PER_EPOCH],
    [long, short, 0],
  ] as const) {
    const results = await newResults();
    await run(first, results);
    expect((await run(second, results)).updates).toBe(more);
    expect([await told(short, results), await told(long, results)]).toEqual(expected);
  }
});

test("a shorter training, run while the longer was interrupted, costs the longer nothing", async () => {
  const [alone] = plan({ long: epochs(6) });
  const results = await newResults();
  const made = 5 * UPDATES_PER_EPOCH + 2;
  await run(alone as PlannedTrial, results, made);
  // Only now somebody asks for the shorter one.
  const trials = plan({ long: epochs(6), short: epochs(3) });
  const short = await run(trialOf(trials, "short"), results, 2);
  expect(short).toEqual({ outcome: "stopped", updates: 2 });
  expect((await run(trialOf(trials, "short"), results)).updates).toBe(3 * UPDATES_PER_EPOCH - 2);
  expect((await run(trialOf(trials, "long"), results)).updates).toBe(6 * UPDATES_PER_EPOCH - made);
  for (const name of ["short", "long"]) {
    expect(await told(trialOf(trials, name), results)).toEqual(await undisturbed(trialOf(trials, name)));
  }
});

test.each(["fresh", "carried"])(
  "a warm start (%s) trains its source as far as it needs, once",
  async (optimizerState) => {
    const trials = plan({ A: epochs(3), warm: from("A", 2, { optimizerState }) });
    const [A, warm] = [trialOf(trials, "A"), trialOf(trials, "warm")];
    const own = 2 * Math.ceil(samples.count / 8);
    const expected = [await undisturbed(A), await undisturbed(warm)];
    const results = await newResults();
    expect((await run(warm, results)).updates).toBe(2 * UPDATES_PER_EPOCH + own);
    expect((await run(A, results)).updates).toBe(UPDATES_PER_EPOCH);
    expect([await told(A, results), await told(warm, results)]).toEqual(expected);
    const other = await newResults();
    expect((await run(A, other)).updates).toBe(3 * UPDATES_PER_EPOCH);
    expect((await run(warm, other)).updates).toBe(own);
    expect([await told(A, other), await told(warm, other)]).toEqual(expected);
  },
);

test("a warm start stopped at any update, its source's among them, is what it would have been", async () => {
  const trials = plan({ A: epochs(3), warm: from("A", 2) });
  const warm = trialOf(trials, "warm");
  const expected = await undisturbed(warm);
  const all = 2 * UPDATES_PER_EPOCH + 2 * Math.ceil(samples.count / 8);
  for (let stop = 0; stop < all; stop++) {
    const results = await newResults();
    expect(await run(warm, results, stop)).toEqual({ outcome: "stopped", updates: stop });
    expect(await run(warm, results)).toEqual({ outcome: "done", updates: all - stop });
    expect(await told(warm, results)).toEqual(expected);
  }
});

test("a warm start begins where its source was left, when that was asked for only afterwards", async () => {
  const [before] = plan({ A: epochs(3) });
  const trials = plan({ A: epochs(3), warm: from("A", 2) });
  const warm = trialOf(trials, "warm");
  const expected = await undisturbed(warm);
  for (const order of [
    ["warm", "A"],
    ["A", "warm"],
  ]) {
    const results = await newResults();
    await expect(run(before as PlannedTrial, results, Number.POSITIVE_INFINITY, 2 * UPDATES_PER_EPOCH)).rejects.toThrow(
      "crashed on purpose",
    );
    let updates = 0;
    for (const name of order) updates += (await run(trialOf(trials, name), results)).updates;
    expect(updates).toBe(UPDATES_PER_EPOCH + 2 * Math.ceil(samples.count / 8));
    expect(await told(warm, results)).toEqual(expected);
    expect(await told(trialOf(trials, "A"), results)).toEqual(await undisturbed(before as PlannedTrial));
  }
});

test("a warm start costs its interrupted source nothing", async () => {
  const [before] = plan({ A: epochs(6) });
  const results = await newResults();
  await run(before as PlannedTrial, results, 5 * UPDATES_PER_EPOCH);
  const trials = plan({ A: epochs(6), warm: from("A", 2) });
  await run(trialOf(trials, "warm"), results);
  expect((await run(trialOf(trials, "A"), results)).updates).toBe(UPDATES_PER_EPOCH);
});

test("a source that diverges, or reaches its loss, before the epoch to start from says so", async () => {
  const wild = { ...arm, train: { ...train, optimizer: { sgd: { learningRate: 1e30 } } } };
  const diverged = plan({ A: wild, warm: from("A", 2) });
  const results = await newResults();
  await run(trialOf(diverged, "A"), results);
  await expect(run(trialOf(diverged, "warm"), results)).rejects.toThrow(
    "warm starts from epoch 2 of A, which ended before it at seed 0",
  );
  const early = plan({ A: until(1.9), warm: from("A", 50) });
  await expect(run(trialOf(early, "warm"), results)).rejects.toThrow("warm starts from epoch 50 of A, which ended");
});

test("a divergence is kept: it is not trained again", async () => {
  const results = await newResults();
  const wild = { ...arm, train: { ...train, optimizer: { sgd: { learningRate: 1e30 } } } };
  const [trial] = plan({ A: wild }) as [PlannedTrial];
  expect((await run(trial, results)).updates).toBeGreaterThan(0);
  expect(await run(trial, results)).toEqual({ outcome: "done", updates: 0 });
  expect(await told(trial, results)).toMatchObject({
    trial: { state: "diverged" },
    samples: ["accuracy", "moved"].map((measurement) => ({
      measurement,
      absent: expect.stringContaining("stopped being finite"),
    })),
  });
});

test("a measurement that is missing is made without training", async () => {
  const results = await newResults();
  const trial = trialOf(plan({ A: epochs(3) }), "A");
  await run(trial, results);
  const expected = await told(trial, results);
  await results.store.remove("measurement", trial.keys.measurements["moved"] as string);
  expect(await told(trial, results)).toBeUndefined();
  expect(await run(trial, results)).toEqual({ outcome: "done", updates: 0 });
  expect(await told(trial, results)).toEqual(expected);
});

test("a new measurement of a network that is gone trains it again, to the same", async () => {
  const results = await newResults();
  const trial = trialOf(plan({ A: epochs(3) }), "A");
  await run(trial, results);
  const expected = await told(trial, results);
  await results.store.remove("measurement", trial.keys.measurements["moved"] as string);
  for (const key of await results.store.keys("iterate")) await results.store.remove("iterate", key);
  expect(await run(trial, results)).toEqual({ outcome: "done", updates: 3 * UPDATES_PER_EPOCH });
  expect(await told(trial, results)).toEqual(expected);
});

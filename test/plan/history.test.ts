import { expect, test } from "vitest";
import { contentKey } from "../../src/plan/content-key.ts";
import type { PlannedTrial } from "../../src/plan/plan-trials.ts";
import { type KnownMeasurement, TrainingHistory } from "../../src/run/plan/training-history.ts";
import { describesTrial, type KnownTrial } from "../../src/run/results.ts";
import { arm, planned, small, trialOf } from "./planned-suite.ts";

const wide = { ...small, layers: [{ layer: "dense", units: 60 }, { layer: "relu" }, { layer: "dense", units: 5 }] };
const networks = { small, wide };
const measure = { accuracy: { metric: "accuracy", on: "train" }, norm: { metric: "gradient-norm" } };
const batch = (size: number) => ({ ...arm, train: { ...arm.train, batch: size } });
const trials = planned({
  arms: { five: arm, six: batch(6), wide: { ...arm, network: "wide" } },
  measure,
  networks,
  seeds: 4,
});
const five = trialOf(trials, "five");

/** A trial of the store that took so many seconds per multiply-add. */
function took(trial: PlannedTrial, secondsPerWork: number, engine: object = {}): [string, KnownTrial] {
  const describes = JSON.parse(JSON.stringify(describesTrial(trial)));
  const value = { state: "completed", trainSeconds: 1000 * secondsPerWork, work: 1000 };
  return [
    trial.keys.trial,
    { describes: { ...describes, engine: { ...describes.engine, ...engine } }, value } as never,
  ];
}

function rate(...known: [string, KnownTrial][]): number {
  return new TrainingHistory(new Map(known)).trainingSeconds(five) / five.cost.training;
}

test("the rate is the median of trainings of the same network and batch", () => {
  const same = [1, 2, 3].map((seed, at) => took(trialOf(trials, "five", seed), [5, 100, 7][at] ?? 0));
  expect(rate(...same, took(trialOf(trials, "six"), 1), took(trialOf(trials, "wide"), 1))).toBeCloseTo(7);
});

test("without one it is that of the same network, else of the same engine", () => {
  expect(rate(took(trialOf(trials, "six"), 3), took(trialOf(trials, "wide"), 1))).toBeCloseTo(3);
  expect(rate(took(trialOf(trials, "wide"), 2))).toBeCloseTo(2);
});

test.each([{ engine: "tensorflow" }, { device: "gpu" }, { machine: "there" }, { threads: 2 }])(
  "%j is another history",
  (engine) => {
    const history = new TrainingHistory(new Map([took(five, 4, engine)]));
    expect(history.guesses).toBe(false);
    expect(history.trainingSeconds(five)).toBeLessThan(1);
    expect(history.guesses).toBe(true);
  },
);

test("another version of the engine is as fast", () => {
  expect(rate(took(five, 4, { version: "2" }))).toBeCloseTo(4);
});

test("what diverged or did nothing tells nothing", () => {
  const [key, { describes }] = took(five, 4);
  const diverged = { describes, value: { state: "diverged", update: 1, epoch: 1, curve: [], reason: "" } } as const;
  const idle = { describes, value: { state: "completed", trainSeconds: 1, work: 0 } } as never;
  for (const known of [diverged, idle]) {
    const history = new TrainingHistory(new Map([[key, known]]));
    history.trainingSeconds(five);
    expect(history.guesses).toBe(true);
  }
});

test("half a training takes half as long", () => {
  const history = new TrainingHistory(new Map([took(five, 4)]));
  expect(history.trainingSeconds(five, 0.5)).toBeCloseTo(2 * five.cost.training);
});

test("a measurement takes as long as the same one took at the same network", () => {
  const of = (name: string, seed: number, seconds: number): KnownMeasurement => {
    const { keys, arm: planned } = trialOf(trials, name, seed);
    return { trial: keys.trial, measurement: JSON.parse(JSON.stringify(planned.measure["norm"])), seconds };
  };
  const known = new Map([1, 2, 3].map((seed) => took(trialOf(trials, "six", seed), 3)));
  known.set(...took(trialOf(trials, "wide"), 3));
  const measured = [of("six", 1, 10), of("six", 2, 30), of("six", 3, 20), of("wide", 0, 99)];
  const history = new TrainingHistory(known, measured);
  expect(history.measurementSeconds(five, "norm")).toBe(20);
  expect(history.measurementSeconds(trialOf(trials, "wide"), "norm")).toBe(99);
  // Of the other kind there is none, and its work is none.
  expect(history.measurementSeconds(five, "accuracy")).toBe(0);

  const work = five.cost.measuring["norm"] ?? 0;
  expect(work).toBeGreaterThan(0);
  expect(new TrainingHistory(known).measurementSeconds(five, "norm")).toBeCloseTo(3 * work);
  // A measurement whose trial is gone is of nobody knows what.
  const orphan = { ...of("five", 0, 50), trial: contentKey("gone") };
  expect(new TrainingHistory(known, [orphan]).measurementSeconds(five, "norm")).toBeCloseTo(3 * work);
});

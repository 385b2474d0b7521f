import { expect, test } from "vitest";
import { planTraining } from "../../src/plan/training-plan.ts";
import { trialCost } from "../../src/plan/trial-cost.ts";
import { trialMemory } from "../../src/plan/trial-memory.ts";
import type { Arm, Suite } from "../../src/spec/run.types.ts";
import type { Measurement, TrainingObjective } from "../../src/spec/suite.types.ts";

const size = {
  forwardWork: 10,
  parameterCount: 1000,
  activationCount: (batch: number) => 1e7 * batch,
  features: 5,
  trainCount: 100,
  testCount: 20,
};
/** Of one sample. */
const gradient = 30;

function arm(regime: Partial<Arm["regime"]> = {}, measure: Arm["measure"] = {}): Arm {
  const stop = { epochs: 8 };
  return {
    name: "A",
    networkName: "n",
    network: { input: [5], layers: [{ layer: "dense", units: 2 }] },
    data: { set: "mnist" },
    regime: { batch: 10, optimizer: { sgd: { learningRate: 0.1 } }, stop, lastBatch: "keep", ...regime },
    measure,
  };
}
const planOf = (of: Arm) => planTraining({ arms: [of] } as unknown as Suite, of, () => size.trainCount);
const costOf = (of: Arm) => trialCost(of, planOf(of), size);
const evaluations = 8 * 120 * 10;

test.each<[string, TrainingObjective, number]>([
  ["conservative", { proximal: { lambda: 1, steps: 3 } }, 3],
  ["adversarial", { adversarial: { epsilon: 0.1 } }, 2.3],
  ["stability", { stability: { noise: 0.1, weight: 1 } }, 2],
  ["sharpness-aware", { sam: { rho: 0.1 } }, 2],
])("%s training takes so many times the gradients", (_, objective, times) => {
  expect(costOf(arm()).training).toBe(8 * 100 * gradient + evaluations);
  expect(costOf(arm({ objective })).training).toBeCloseTo(8 * 100 * gradient * times + evaluations, 6);
});

test("growing batches visit the samples as often", () => {
  const growing = costOf(arm({ batchGrowth: { everyEpochs: 2, factor: 2 } }));
  // Batches of 10, 20, 40 and 80, of which 100 samples fill 10, 5, 2.5 and 1.25.
  expect(growing.training).toBe(2 * (100 + 100 + 120 + 160) * gradient + evaluations);
});

test.each<[Measurement, number]>([
  [{ metric: "accuracy", on: "test" }, 0],
  [{ metric: "distance" }, 1000],
  [{ metric: "gradient-norm", samples: 50 }, 50 * gradient],
  [{ metric: "gradient-norm", everyEpochs: 3 }, 4 * 100 * gradient],
  [{ metric: "path", shape: "linear", from: "B", points: 7 }, 7 * 120 * 10],
  [{ metric: "trace", probes: 4 }, 2 * 4 * 100 * gradient],
  [{ metric: "trace", probes: 4, everyEpochs: 8 }, 2 * (2 * 4 * 100 * gradient)],
  [{ metric: "spectrum", probes: 2, steps: 10 }, 2 * 2 * 10 * 100 * gradient],
  [{ metric: "steep-directions", directions: 9, distance: 1, rise: 0.1 }, 9 * 100 * 10],
  [{ metric: "gradient-noise-scale", small: 4, large: 40, repeats: 3 }, 3 * 44 * gradient],
  [{ metric: "adaptive-sharpness", rho: 0.1, steps: 6 }, 6 * 100 * gradient],
  [{ metric: "step-time", iterations: 5 }, 5 * 10 * gradient],
])("%j", (measurement, expected) => {
  const { measuring, training, total } = costOf(arm({}, { some: measurement }));
  expect(measuring["some"]).toBe(expected);
  expect(total).toBe(training + expected);
});

test("at a rescaled minimiser sharpness takes what it takes in the full space", () => {
  const [epsilon, maximiser] = [[1e-3] as [number], ["scaled"] as ["scaled"]];
  const { measuring } = costOf(
    arm(
      {},
      {
        same: { metric: "rescaled-sharpness", factor: 10, epsilon, maximiser },
        full: { metric: "sharpness", space: "full", epsilon, maximiser },
      },
    ),
  );
  expect(measuring["same"]).toBe(measuring["full"]);
  expect(measuring["full"]).toBeGreaterThan(0);
});

test("an update of several steps is timed with all of them", () => {
  const { measuring } = costOf(
    arm({ objective: { proximal: { lambda: 1, steps: 3 } } }, { time: { metric: "step-time", iterations: 5 } }),
  );
  expect(measuring["time"]).toBe(5 * 3 * 10 * gradient);
});

test("memory is of the largest batch, of both passes and of augmented images", () => {
  const memory = (regime: Partial<Arm["regime"]>, samples = size) => {
    const of = arm({ batch: 10, ...regime });
    return trialMemory(of, planOf(of), samples);
  };
  // Few samples are evaluated at once, so that training takes the most.
  const few = { ...size, trainCount: 1, testCount: 1 };
  const plain = memory({}, few);
  const perSample = (memory({ batch: 20 }, few) - plain) / 10;
  expect(perSample).toBeGreaterThan(4e7);
  expect(memory({ batchGrowth: { everyEpochs: 1, factor: 2, most: 50 } }, few) - plain).toBeCloseTo(40 * perSample, -3);
  expect(memory({ batchGrowth: { everyEpochs: 1, factor: 2 }, microBatch: 10 }, few)).toBe(plain);
  expect(memory({ objective: { adversarial: { epsilon: 1 } } }, few) - plain).toBeCloseTo(10 * perSample, -3);
  expect(memory({ objective: { sam: { rho: 1 } } }, few)).toBe(plain);
  expect(memory({ augment: { flip: true } }) - memory({})).toBe(4 * 100 * 5);
});

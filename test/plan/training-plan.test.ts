import fc from "fast-check";
import { expect, test } from "vitest";
import { curveStride } from "../../src/plan/curve-stride.ts";
import {
  batchOfEpoch,
  endsAtLoss,
  epochOfUpdate,
  largestBatch,
  plannedOptimizer,
  planTraining,
  updatesOfEpoch,
  updatesUntil,
} from "../../src/plan/training-plan.ts";
import type { Arm, Suite } from "../../src/spec/run.types.ts";
import type { Optimizer, Plateau, StopRule } from "../../src/spec/suite.types.ts";

function arm(name: string, batch: number | string, stop: StopRule, lastBatch: "keep" | "drop" = "keep"): Arm {
  return {
    name,
    networkName: "n",
    network: { input: [2], layers: [{ layer: "dense", units: 2 }] },
    data: { set: "mnist" },
    regime: { batch, optimizer: { sgd: { learningRate: 0.1 } }, stop, lastBatch },
    measure: {},
  };
}

function withRegime(of: Arm, more: Partial<Arm["regime"]>): Arm {
  return { ...of, regime: { ...of.regime, ...more } };
}
const small = arm("SB", 32, { epochs: 10 });
const suite = { arms: [small] } as unknown as Suite;

test.each([
  ["epochs", small, { batchSize: 32, updatesPerEpoch: 32, maxEpochs: 10 }],
  [
    "epochs, short batch dropped",
    arm("A", 32, { epochs: 10 }, "drop"),
    { batchSize: 32, updatesPerEpoch: 31, maxEpochs: 10 },
  ],
  ["a share of the data", arm("A", "10%", { epochs: 2 }), { batchSize: 101, updatesPerEpoch: 10, maxEpochs: 2 }],
  ["updates", arm("A", 100, { updates: 25 }), { batchSize: 100, updatesPerEpoch: 11, maxEpochs: 3 }],
  [
    "as many updates as another arm",
    arm("A", 100, { updatesOf: "SB" }),
    { batchSize: 100, updatesPerEpoch: 11, maxEpochs: 30 },
  ],
  [
    "a training loss",
    arm("A", 1010, { trainLoss: 0.1, maxEpochs: 7 }),
    { batchSize: 1010, updatesPerEpoch: 1, maxEpochs: 7, trainLoss: 0.1 },
  ],
  [
    "a plateau",
    arm("A", 1010, { plateau: { patience: 3 }, maxEpochs: 7 }),
    { batchSize: 1010, updatesPerEpoch: 1, maxEpochs: 7, plateau: { patience: 3 } },
  ],
  [
    "several updates on each batch",
    withRegime(arm("A", 100, { updates: 45 }), { objective: { proximal: { lambda: 1, steps: 3 } } }),
    { batchSize: 100, updatesPerEpoch: 33, maxEpochs: 2 },
  ],
  [
    "a rate scaled to the batch",
    withRegime(arm("A", "20%", { epochs: 2 }), { rateScaling: { rule: "linear", from: "5%" } }),
    { batchSize: 202, updatesPerEpoch: 5, maxEpochs: 2, rateFactor: 202 / 50 },
  ],
  [
    "a rate scaled to its root",
    withRegime(arm("A", 512, { epochs: 2 }), { rateScaling: { rule: "square-root", from: 32 } }),
    { batchSize: 512, updatesPerEpoch: 2, maxEpochs: 2, rateFactor: 4 },
  ],
])("%s", (_, of, expected) => {
  expect(planTraining(suite, of, () => 1010)).toEqual(expected);
});

const growing = (batchGrowth: NonNullable<Arm["regime"]["batchGrowth"]>, stop: StopRule = { epochs: 8 }) =>
  planTraining(suite, withRegime(arm("A", 100, stop), { batchGrowth }), () => 1010);
const batches = (plan: ReturnType<typeof planTraining>) =>
  Array.from({ length: plan.maxEpochs }, (_, i) => batchOfEpoch(plan, i + 1));

test.each([
  ["doubling", { everyEpochs: 2, factor: 2 }, [100, 100, 200, 200, 400, 400, 800, 800]],
  ["up to the training set", { everyEpochs: 1, factor: 3 }, [100, 300, 900, 1010, 1010, 1010, 1010, 1010]],
  ["up to a share", { everyEpochs: 1, factor: 2, most: "30%" }, [100, 200, 303, 303, 303, 303, 303, 303]],
  ["rounded down from the first size", { everyEpochs: 1, factor: 1.25 }, [100, 125, 156, 195, 244, 305, 381, 476]],
])("the batch grows, %s", (_, growth, expected) => {
  const plan = growing(growth);
  expect(batches(plan)).toEqual(expected);
  expect(largestBatch(plan)).toBe(expected.at(-1));
});

test("a stop after updates counts those of growing batches", () => {
  // 11 + 6 + 3 + 2 + 1 + 1
  const after = (updates: number) => growing({ everyEpochs: 1, factor: 2 }, { updates }).maxEpochs;
  expect([11, 12, 20, 21, 22, 23, 24].map(after)).toEqual([1, 2, 3, 4, 4, 5, 6]);
});

test("an arm makes as many updates as another whose batches grow", () => {
  const model = withRegime(arm("SB", 100, { epochs: 3 }), { batchGrowth: { everyEpochs: 1, factor: 2 } });
  const of = { arms: [model] } as unknown as Suite;
  expect(planTraining(of, arm("A", 1010, { updatesOf: "SB" }), () => 1010).maxEpochs).toBe(11 + 6 + 3);
});

const growths = fc.record({
  batch: fc.integer({ min: 1, max: 200 }),
  count: fc.integer({ min: 200, max: 2000 }),
  everyEpochs: fc.integer({ min: 1, max: 5 }),
  factor: fc.double({ min: 1.01, max: 8, noNaN: true }),
  most: fc.option(fc.integer({ min: 1, max: 3000 }), { nil: undefined }),
  lastBatch: fc.constantFrom("keep" as const, "drop" as const),
  steps: fc.integer({ min: 1, max: 3 }),
});

test("growing batches: never smaller, never beyond the limits, and updates add up", () => {
  fc.assert(
    fc.property(growths, ({ batch, count, everyEpochs, factor, most, lastBatch, steps }) => {
      const regime = {
        batchGrowth: { everyEpochs, factor, ...(most === undefined ? {} : { most }) },
        objective: { proximal: { lambda: 1, steps } },
      };
      const of = withRegime(arm("A", batch, { epochs: 20 }, lastBatch), regime);
      const plan = planTraining(suite, of, () => count);
      let updates = 0;
      for (let epoch = 1; epoch <= 20; epoch++) {
        const size = batchOfEpoch(plan, epoch);
        const ideal = Math.floor(batch * factor ** Math.floor((epoch - 1) / everyEpochs));
        expect(size).toBe(Math.min(ideal, Math.max(batch, most ?? count), count));
        const ofEpoch = updatesOfEpoch(plan, epoch);
        expect(ofEpoch).toBe(steps * (lastBatch === "keep" ? Math.ceil(count / size) : Math.floor(count / size)));
        expect([updates + 1, updates + ofEpoch].map((update) => epochOfUpdate(plan, update))).toEqual([epoch, epoch]);
        updates += ofEpoch;
        expect(updatesUntil(plan, epoch)).toBe(updates);
        const again = planTraining(suite, withRegime(of, { stop: { updates } }), () => count);
        expect(again.maxEpochs).toBe(epoch);
      }
    }),
  );
});

test("a plan is JSON: it crosses processes", () => {
  const plan = growing({ everyEpochs: 1, factor: 2 }, { plateau: { patience: 2, minDecrease: 0.01 }, maxEpochs: 300 });
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
});

test.each<[string, number[], Plateau, number | undefined]>([
  ["never", [5, 4, 3, 2, 1], { patience: 1 }, undefined],
  ["at the first that is no better", [5, 4, 4, 3], { patience: 1 }, 3],
  ["when patience is over", [5, 4, 6, 4.5, 4.2, 1], { patience: 3 }, 5],
  ["later, when one was better meanwhile", [5, 4, 6, 3.9, 6, 6, 6], { patience: 3 }, 7],
  ["a decrease that is too small", [5, 4, 3.9, 3.8, 3], { patience: 2, minDecrease: 0.1 }, 4],
  ["small decreases that together are not", [5, 4, 3.7, 3.5, 3.3, 3.1], { patience: 2, minDecrease: 0.1 }, undefined],
  ["no decrease is large enough", [5, 4, 3], { patience: 2, minDecrease: 1 }, 3],
  ["rising from the start", [5, 6, 7], { patience: 2 }, 3],
])("a plateau: %s", (_, losses, plateau, expected) => {
  const ends = losses.findIndex((_loss, i) => endsAtLoss({ plateau }, losses.slice(0, i + 1)));
  expect(ends < 0 ? undefined : ends + 1).toBe(expected);
});

test("a plateau ends training when the losses since the best are as many as its patience, and not before", () => {
  const loss = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(fc.array(loss, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), (losses, patience) => {
      const best = losses.indexOf(Math.min(...losses));
      expect(endsAtLoss({ plateau: { patience } }, losses)).toBe(
        losses.length > 0 && losses.length - 1 - best >= patience,
      );
    }),
  );
});

test("a training that stops by its loss looks after every epoch", () => {
  expect(curveStride({ maxEpochs: 1000 })).toBe(10);
  expect(curveStride({ maxEpochs: 1000, plateau: { patience: 1 } })).toBe(1);
  expect(curveStride({ maxEpochs: 1000, trainLoss: 1 })).toBe(1);
});

test.each<[Optimizer, Optimizer]>([
  [{ adam: { learningRate: 0.5, beta1: 0.8 } }, { adam: { learningRate: 2, beta1: 0.8 } }],
  [{ sgd: { learningRate: 0.5, momentum: 0.9 } }, { sgd: { learningRate: 2, momentum: 0.9 } }],
  [{ adagrad: { learningRate: 0.5 } }, { adagrad: { learningRate: 2 } }],
])("the rate of an optimiser is multiplied, and nothing else: %j", (declared, expected) => {
  expect(plannedOptimizer(declared, { rateFactor: 4 })).toEqual(expected);
  expect(plannedOptimizer(declared, {})).toEqual(declared);
});

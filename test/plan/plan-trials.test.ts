import fc from "fast-check";
import { expect, test } from "vitest";
import { longestFirst } from "../../src/plan/longest-first.ts";
import { type ArmFacts, type PlannedTrial, planArms, planTrials } from "../../src/plan/plan-trials.ts";
import type { Arm, Suite } from "../../src/spec/run.types.ts";

const facts: ArmFacts = {
  forwardWork: 1000,
  parameterCount: 15,
  activationCount: (batch) => 10 * batch,
  features: 4,
  trainCount: 160,
  testCount: 160,
  dataFiles: ["a", "b"],
};
const engine = { engine: "onnx", device: "cpu", version: "1", machine: "a processor", threads: 1 };

interface Recipe {
  readonly units: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly epochs: number;
  /** Position of an earlier arm that it starts from. */
  readonly from?: number;
}

function arm(name: string, { units, batch, learningRate, epochs, from }: Recipe, nameOf: (arm: number) => string): Arm {
  return {
    name,
    networkName: `net of ${name}`,
    network: {
      input: [4],
      layers: [
        { layer: "dense", units },
        { layer: "dense", units: 3 },
      ],
    },
    data: { files: { train: "train.safetensors", test: "test.safetensors" } },
    regime: {
      batch,
      optimizer: { sgd: { learningRate } },
      stop: { epochs },
      lastBatch: "keep",
      ...(from === undefined ? {} : { start: { arm: nameOf(from), epoch: 1 } }),
    },
    measure: { accuracy: { metric: "accuracy", on: "train" } },
  };
}

function plan(recipes: readonly Recipe[], nameOf = (position: number) => `arm ${position}`): PlannedTrial[] {
  const arms = recipes.map((recipe, position) => arm(nameOf(position), recipe, nameOf));
  const suite = { arms, seeds: [0, 1] } as unknown as Suite;
  const known = new Map(arms.map(({ name }) => [name, facts]));
  return planTrials([0, 1], planArms(suite, known, 2 ** 40), known, engine);
}

const keysOf = (trials: readonly PlannedTrial[]) => trials.map(({ keys }) => keys);

/** Arms of which some start from earlier ones. */
const recipes = fc
  .array(
    fc.record({
      units: fc.integer({ min: 1, max: 3 }),
      batch: fc.integer({ min: 2, max: 160 }),
      learningRate: fc.constantFrom(0.1, 0.01),
      epochs: fc.integer({ min: 1, max: 300 }),
      before: fc.option(fc.nat()),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) =>
    all.map(
      ({ before, ...recipe }, position): Recipe =>
        before === null || position === 0 ? recipe : { ...recipe, from: before % position },
    ),
  );

test("other names, and settings written in another order, change no key", () => {
  fc.assert(
    fc.property(recipes, (all) => {
      const reordered = all.map(
        (recipe) => Object.fromEntries(Object.entries(recipe).toReversed()) as unknown as Recipe,
      );
      expect(keysOf(plan(reordered, (position) => `renamed ${position}`))).toEqual(keysOf(plan(all)));
    }),
  );
});

test("one learning rate changes the keys of that arm and of what starts from it, and no others", () => {
  fc.assert(
    fc.property(recipes, fc.nat(), (all, choice) => {
      const changed = choice % all.length;
      const others = all.map((recipe, position) => (position === changed ? { ...recipe, learningRate: 0.5 } : recipe));
      const depends = (position: number): boolean => {
        const from = all[position]?.from;
        return position === changed || (from !== undefined && depends(from));
      };
      const [before, after] = [plan(all), plan(others)];
      for (const [i, trial] of before.entries()) {
        const expected = depends(i % all.length);
        const { keys } = after[i] as PlannedTrial;
        expect(keys.training !== trial.keys.training).toBe(expected);
        expect(keys.trial !== trial.keys.trial).toBe(expected);
        expect(keys.measurements["accuracy"] !== trial.keys.measurements["accuracy"]).toBe(expected);
      }
    }),
  );
});

test("seeds, engines, threads and data have keys of their own; where to stop is a key of the trial alone", () => {
  const recipe = { units: 2, batch: 16, learningRate: 0.1, epochs: 10 };
  const [first, second] = plan([recipe]) as [PlannedTrial, PlannedTrial];
  expect(first.keys.training).not.toBe(second.keys.training);
  const [longer] = plan([{ ...recipe, epochs: 20 }]) as [PlannedTrial];
  expect(longer.keys.training).toBe(first.keys.training);
  expect(longer.keys.trial).not.toBe(first.keys.trial);
  // Its curve has fewer points.
  const [long] = plan([{ ...recipe, epochs: 200 }]) as [PlannedTrial];
  expect(long.keys.training).not.toBe(first.keys.training);
  const keyWith = (own: Partial<ArmFacts>, other: Partial<typeof engine>) => {
    const known = new Map([["a", { ...facts, ...own }]]);
    const suite = { arms: [arm("a", recipe, String)], seeds: [0] } as unknown as Suite;
    return planTrials([0], planArms(suite, known, 2 ** 40), known, { ...engine, ...other })[0]?.keys.training;
  };
  const keys = [
    keyWith({}, {}),
    keyWith({ dataFiles: ["a", "c"] }, {}),
    keyWith({}, { threads: 2 }),
    keyWith({}, { version: "2" }),
    keyWith({}, { machine: "another" }),
    keyWith({}, { device: "webgpu" }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys[0]).toBe(first.keys.training);
});

test("a cosine's training depends on its end", () => {
  const cosine = (epochs: number) => {
    const own = arm("a", { units: 2, batch: 16, learningRate: 0.1, epochs }, String);
    const scheduled = { ...own, regime: { ...own.regime, schedule: { decay: "cosine" as const } } };
    const known = new Map([["a", facts]]);
    const suite = { arms: [scheduled], seeds: [0] } as unknown as Suite;
    return planTrials([0], planArms(suite, known, 2 ** 40), known, engine)[0]?.keys.training;
  };
  expect(cosine(10)).not.toBe(cosine(20));
});

test("states that others need are kept, and sources come before what starts from them", () => {
  const short = { units: 2, batch: 16, learningRate: 0.1, epochs: 3 };
  const all = [{ ...short, batch: 160, from: 1 }, short, { ...short, epochs: 9 }];
  const nameOf = (position: number) => `arm ${position}`;
  const trials = longestFirst(plan(all, nameOf));
  const names = trials.map(({ arm: { name }, seed }) => `${name} ${seed}`);
  expect(names.indexOf("arm 1 0")).toBeLessThan(names.indexOf("arm 0 0"));
  expect(names.slice(0, 3).every((name) => name.endsWith(" 0"))).toBe(true);
  const kept = trials.find(({ arm: { name } }) => name === "arm 1")?.keep ?? [];
  expect([...kept].sort((a, b) => a - b)).toEqual([1, 3, 9]);
});

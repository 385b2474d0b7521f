import fc from "fast-check";
import { expect, test } from "vitest";
import type { PlannedTrial } from "../../src/plan/plan-trials.ts";
import { trialsOfShard } from "../../src/plan/shard.ts";

interface Sketch {
  readonly name: string;
  readonly work: number;
  /** Name of the trial it starts from; an earlier one. */
  readonly startsFrom?: string;
  /** Name of the trial that a path of it begins at; an earlier one. */
  readonly pathFrom?: string;
  /** Trials of one training have it in common. */
  readonly training?: string;
}

/** @param machine goes into the keys, as the processor does. */
function plan(sketches: readonly Sketch[], machine = "m"): PlannedTrial[] {
  const trials: PlannedTrial[] = [];
  for (const { name, work, startsFrom, pathFrom, training = name } of sketches) {
    const end = trials.find(({ arm }) => arm.name === pathFrom);
    const source = trials.find(({ arm }) => arm.name === startsFrom);
    trials.push({
      arm: { name },
      seed: 0,
      cost: { training: work, measuring: {}, total: work },
      keys: { training: `${machine} ${training}`, trial: "", measurements: {} },
      ends: end ? { path: end } : {},
      ...(source ? { source } : {}),
    } as unknown as PlannedTrial);
  }
  return trials;
}

const names = (trials: readonly PlannedTrial[]) => trials.map(({ arm }) => arm.name);
const divide = (trials: readonly PlannedTrial[], count: number) =>
  Array.from({ length: count }, (_, i) => trialsOfShard(trials, { index: i + 1, count }));

test("the longest go first, each to the shard with the least work", () => {
  const trials = plan([
    { name: "a", work: 3 },
    { name: "b", work: 5 },
    { name: "c", work: 4 },
    { name: "d", work: 4 },
    { name: "e", work: 2 },
  ]);
  expect(divide(trials, 2).map(names)).toEqual([
    ["a", "b", "e"],
    ["c", "d"],
  ]);
});

test("what shares a training or starts from it stays together, in the plan's order", () => {
  const trials = plan([
    { name: "a", work: 1 },
    { name: "other", work: 3 },
    { name: "from a", work: 1, startsFrom: "a" },
    { name: "from that", work: 1, startsFrom: "from a" },
    { name: "a longer", work: 1, training: "a" },
    { name: "from longer", work: 1, startsFrom: "a longer" },
  ]);
  expect(divide(trials, 2).map(names)).toEqual([["a", "from a", "from that", "a longer", "from longer"], ["other"]]);
});

test("what a path leads between stays together", () => {
  const trials = plan([
    { name: "a", work: 1 },
    { name: "b", work: 1 },
    { name: "from a", work: 1, startsFrom: "a" },
    { name: "c", work: 1, pathFrom: "b" },
    { name: "d", work: 1, startsFrom: "c", pathFrom: "from a" },
    { name: "other", work: 1 },
  ]);
  expect(divide(trials, 2).map(names)).toEqual([["a", "b", "from a", "c", "d"], ["other"]]);
});

test("shards beyond the number of groups are empty, however many there are", () => {
  const trials = plan([
    { name: "a", work: 1 },
    { name: "b", work: 1 },
  ]);
  expect(divide(trials, 4).map(names)).toEqual([["a"], ["b"], [], []]);
  expect(names(trialsOfShard(trials, { index: 1, count: Number.MAX_SAFE_INTEGER }))).toEqual(["a"]);
  expect(trialsOfShard(trials, { index: Number.MAX_SAFE_INTEGER, count: Number.MAX_SAFE_INTEGER })).toEqual([]);
});

const sketches = fc
  .array(fc.record({ work: fc.integer({ min: 1, max: 50 }), source: fc.option(fc.nat(), { nil: undefined }) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((drawn) =>
    drawn.map(({ work, source }, i): Sketch => {
      const startsFrom = source === undefined || i === 0 ? {} : { startsFrom: `t${source % i}` };
      return { name: `t${i}`, work, ...startsFrom };
    }),
  );

test("every trial is in one shard, with the one it starts from, on every machine the same, and no shard is far ahead", () => {
  fc.assert(
    fc.property(sketches, fc.integer({ min: 1, max: 8 }), (drawn, count) => {
      const trials = plan(drawn);
      const shards = divide(trials, count);
      expect(shards.flat().length).toBe(trials.length);
      expect(new Set(shards.flat())).toEqual(new Set(trials));
      for (const shard of shards) {
        for (const { source } of shard) if (source) expect(shard).toContain(source);
      }
      expect(divide(plan(drawn, "another"), count).map(names)).toEqual(shards.map(names));

      const work = (some: readonly PlannedTrial[]) => some.reduce((sum, { cost }) => sum + cost.total, 0);
      const rootOf = (trial: PlannedTrial): PlannedTrial => (trial.source ? rootOf(trial.source) : trial);
      const groups = trials.map((first) => work(trials.filter((trial) => rootOf(trial) === first)));
      expect(Math.max(...shards.map(work))).toBeLessThanOrEqual(work(trials) / count + Math.max(...groups));
    }),
  );
});

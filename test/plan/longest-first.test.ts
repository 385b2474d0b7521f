import fc from "fast-check";
import { expect, test } from "vitest";
import { longestFirst, remainingWork } from "../../src/plan/longest-first.ts";
import { arm, planned } from "./planned-suite.ts";

/** Arms of which some start from earlier ones, written down in any order. */
const arms = fc
  .array(fc.record({ epochs: fc.integer({ min: 1, max: 90 }), from: fc.option(fc.nat(), { nil: undefined }) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((drawn) =>
    drawn.map(({ epochs, from }, i): [string, object] => {
      const start = from === undefined || i === 0 ? {} : { start: { arm: `a${from % i}`, epoch: 1 } };
      return [`a${i}`, { ...arm, train: { ...arm.train, stop: { epochs }, ...start } }];
    }),
  )
  .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));

test("seed by seed, a source before what starts from it, and more work ahead first", () => {
  fc.assert(
    fc.property(arms, (drawn) => {
      const trials = planned({ arms: Object.fromEntries(drawn), seeds: 2 });
      const ordered = longestFirst(trials);
      expect(new Set(ordered)).toEqual(new Set(trials));
      expect(ordered.length).toBe(trials.length);
      expect(ordered.map(({ seed }) => seed)).toEqual(ordered.map((_, i) => (i < drawn.length ? 0 : 1)));
      const work = remainingWork(trials);
      for (const [i, trial] of ordered.entries()) {
        if (trial.source) expect(ordered.indexOf(trial.source)).toBeLessThan(i);
        const next = ordered[i + 1];
        if (next?.seed === trial.seed) expect(work.get(next)).toBeLessThanOrEqual(work.get(trial) as number);
      }
    }),
  );
});

test("a short source of a long chain goes before a longer training", () => {
  const train = (epochs: number, start?: string) => ({
    ...arm,
    train: { ...arm.train, stop: { epochs }, ...(start ? { start: { arm: start, epoch: 1 } } : {}) },
  });
  const trials = planned({
    arms: { alone: train(5), last: train(3, "middle"), middle: train(3, "first"), first: train(1) },
  });
  expect(longestFirst(trials).map((trial) => trial.arm.name)).toEqual(["first", "middle", "alone", "last"]);
});

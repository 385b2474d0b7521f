import fc from "fast-check";
import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import { lookSchedule, looksOf } from "../../src/judge/looks.ts";
import { openClaims } from "../../src/judge/open-claims.ts";
import { simulatedRecord } from "../../src/judge/selftest/simulated-record.ts";
import type { ResolvedAssertion, RunRecord } from "../../src/spec/run.types.ts";

const exceeds: ResolvedAssertion = {
  kind: "difference",
  first: { arm: "A", measurement: "x" },
  second: { arm: "B", measurement: "x" },
  above: 0,
};

/** Differences by seed, of a suite of 3 to 12 seeds: looks at 3, 5, 8 and 12. */
function looked(differences: readonly number[], assertion: ResolvedAssertion = exceeds): RunRecord {
  return simulatedRecord({
    seeds: differences.map((_, seed) => seed),
    confidence: 0.95,
    sequential: { min: 3, max: 12 },
    measure: { A: {}, B: {} },
    samples: differences.flatMap((value, seed) => [
      { arm: "A", seed, measurement: "x", value },
      { arm: "B", seed, measurement: "x", value: 0 },
    ]),
    assertions: [assertion],
  });
}

const claimOf = (record: RunRecord) => record.suite.claims[0]!;

test("looks wait for half as many seeds again, and the last comes at the most there may be", () => {
  expect(lookSchedule({ min: 3, max: 20 })).toEqual([3, 5, 8, 12, 18, 20]);
  expect(lookSchedule({ min: 4, max: 4 })).toEqual([4]);
  expect(lookSchedule({ min: 2, max: 3 })).toEqual([2, 3]);
});

test("the looks of any schedule spend the allowed error, and no more", () => {
  const sizes = fc.tuple(fc.integer({ min: 2, max: 200 }), fc.integer({ min: 0, max: 800 }));
  fc.assert(
    fc.property(sizes, ([min, more]) => {
      const sequential = { min, max: min + more };
      const schedule = lookSchedule(sequential);
      expect(schedule).toEqual([...new Set(schedule)].toSorted((a, b) => a - b));
      const record = looked(Array.from({ length: sequential.max }, () => 0));
      const looks = looksOf({ ...record, suite: { ...record.suite, sequential } }, claimOf(record));
      expect(looks.map(({ seeds }) => seeds.length)).toEqual(schedule);
      expect(looks.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    }),
  );
});

test("each look is judged at its share of the error", () => {
  const [verdict] = judge(looked([1, -1, 0]));
  expect(verdict).toMatchObject({ status: "inconclusive", seeds: [0, 1, 2] });
  expect(verdict?.confidence).toBeCloseTo(1 - (0.05 * 3) / 12, 12);
});

test("what a look has decided, no later one takes back", () => {
  const [verdict] = judge(looked([1, 1.01, 0.99, -5, 5, -5, 5, -5, 5, 0, 0, 0]));
  expect(verdict).toMatchObject({ status: "pass", seeds: [0, 1, 2] });
});

test("a look counts once all its seeds are there, of the claim's arms", () => {
  const record = looked([1, -1, 0, 1, -1, 0]);
  expect(looksOf(record, claimOf(record)).map(({ seeds }) => seeds.length)).toEqual([3, 5]);
  const lacking = { ...record, trials: record.trials.filter(({ arm, seed }) => arm === "A" || seed < 3) };
  expect(looksOf(lacking, claimOf(record)).map(({ seeds }) => seeds.length)).toEqual([3]);
  // A record may come from anywhere.
  const few = { ...record, suite: { ...record.suite, seeds: [0] as [number] } };
  expect(judge(few)).toMatchObject([{ status: "inconclusive", seeds: [0] }]);
});

test("with fixed seeds there is one look, at the suite's confidence", () => {
  const { sequential: _, ...suite } = looked([1, -1, 0]).suite;
  const record = { ...looked([1, -1, 0]), suite };
  expect(looksOf(record, claimOf(record))).toEqual([{ seeds: [0, 1, 2], share: 1 }]);
  expect(judge(record)[0]?.confidence).toBe(0.95);
});

const openIds = (record: RunRecord) => openClaims(record).map(({ id }) => id);

test("a claim is open while it is inconclusive for its spread", () => {
  expect(openIds(looked([1, -1, 0]))).toEqual(["claim 0"]);
  expect(openIds(looked([1, 1.01, 0.99]))).toEqual([]);
  expect(openIds(looked([-1, -1.01, -0.99]))).toEqual([]);
});

test("more seeds are of no use to a finding, a failed trial, a lacking value or maximisers that contradict each other", () => {
  const record = looked([1, -1, 0]);
  const claims: RunRecord["suite"]["claims"] = [{ ...claimOf(record), finding: true }];
  expect(openIds({ ...record, suite: { ...record.suite, claims } })).toEqual([]);

  const ratio: ResolvedAssertion = { ...exceeds, kind: "ratio", above: 1 } as ResolvedAssertion;
  // The values of B are 0, which no ratio has.
  expect(judge(looked([1, 2, 3], ratio))).toMatchObject([{ status: "inconclusive" }]);
  expect(openIds(looked([1, 2, 3], ratio))).toEqual([]);

  const trials = record.trials.map((trial) =>
    trial.arm === "A" && trial.seed === 1
      ? { state: "diverged" as const, arm: "A", seed: 1, update: 3, reason: "NaN" }
      : trial,
  );
  expect(openIds({ ...record, trials: trials as RunRecord["trials"] })).toEqual([]);

  expect(openIds({ ...record, samples: record.samples.filter(({ seed }) => seed !== 2) })).toEqual([]);

  const agree: ResolvedAssertion = {
    kind: "ratio",
    first: { arm: "A", measurement: "phi", epsilon: 1e-3 },
    second: { arm: "B", measurement: "phi", epsilon: 1e-3 },
    above: 1,
  };
  const measure = {
    phi: { metric: "sharpness", space: "full", epsilon: [1e-3], maximiser: ["paper-literal", "scaled"] },
  } as const;
  const value = (arm: string, seed: number, maximiser: "paper-literal" | "scaled", number: number) => ({
    arm,
    seed,
    measurement: "phi",
    epsilon: 1e-3,
    maximiser,
    value: number,
  });
  const contradicting = simulatedRecord({
    seeds: [0, 1, 2],
    confidence: 0.95,
    sequential: { min: 3, max: 12 },
    measure: { A: measure as never, B: measure as never },
    samples: [0, 1, 2].flatMap((seed) => [
      value("A", seed, "paper-literal", 4 + seed / 100),
      value("B", seed, "paper-literal", 1),
      value("A", seed, "scaled", 1),
      value("B", seed, "scaled", 400 + seed),
    ]),
    assertions: [agree],
  });
  expect(judge(contradicting)[0]?.reason).toContain("maximiser-dependent");
  expect(openIds(contradicting)).toEqual([]);
});

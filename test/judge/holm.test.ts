import fc from "fast-check";
import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import { simulatedRecord } from "../../src/judge/selftest/simulated-record.ts";
import type { ResolvedAssertion, RunRecord } from "../../src/spec/run.types.ts";
import { holm } from "../../src/stats/multiplicity.ts";
import { pairedT } from "../../src/stats/paired-t.ts";

const SEEDS = [0, 1, 2, 3, 4];

/** A claim each that A exceeds B, by the values of the five seeds of both. */
function family(pairs: readonly (readonly (readonly [number, number])[])[]): RunRecord {
  const [first, ...others] = pairs.map(
    (_, i): ResolvedAssertion => ({
      kind: "difference",
      first: { arm: `A${i}`, measurement: "x" },
      second: { arm: `B${i}`, measurement: "x" },
      above: 0,
    }),
  );
  return simulatedRecord({
    seeds: SEEDS,
    confidence: 0.95,
    multiplicity: "holm",
    measure: Object.fromEntries(pairs.flatMap((_, i) => [`A${i}`, `B${i}`].map((arm) => [arm, {}]))),
    samples: pairs.flatMap((of, i) =>
      of.flatMap(([a, b], seed) => [
        { arm: `A${i}`, seed, measurement: "x", value: a },
        { arm: `B${i}`, seed, measurement: "x", value: b },
      ]),
    ),
    assertions: [first as ResolvedAssertion, ...others],
  });
}

/** Five differences of a given t: their mean is t, and their standard error 1. */
const withT = (t: number) => SEEDS.map((i) => [t + (i - 2) * Math.SQRT2, 0] as const);
const statuses = (record: RunRecord) => judge(record).map(({ status }) => status);
const without = (record: RunRecord): RunRecord => ({ ...record, suite: { ...record.suite, multiplicity: "none" } });

const pair = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 0, max: 3, noNaN: true }));
const pairs = fc.array(fc.array(pair, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 8 });

test("claims are decided that Holm's procedure rejects, and no others", () => {
  fc.assert(
    fc.property(pairs, (claims) => {
      const p = claims.map((of) => {
        const test = pairedT(
          of.map(([a]) => a),
          of.map(([, b]) => b),
          0.95,
        );
        return test?.p ?? 1;
      });
      const adjusted = holm(p);
      // At the very level the two may round apart.
      fc.pre(adjusted.every((each) => Math.abs(each - 0.05) > 1e-9));
      const decided = statuses(family(claims)).map((status) => status !== "inconclusive");
      expect(decided).toEqual(adjusted.map((each) => each < 0.05));
    }),
  );
});

test("another claim never turns a verdict into its contrary, nor decides one", () => {
  fc.assert(
    fc.property(pairs, fc.array(pair, { minLength: 5, maxLength: 5 }), (claims, another) => {
      const alone = statuses(family(claims));
      const together = statuses(family([...claims, another])).slice(0, -1);
      for (const [i, status] of together.entries()) if (status !== "inconclusive") expect(status).toBe(alone[i]);
    }),
  );
});

// Two-sided p at 4 degrees of freedom: t = 3 gives 0.040, 4 gives 0.016, 6 gives 0.0039.
test("what holds alone and not among others says so, at the level that it lacks", () => {
  const [first, second] = judge(family([withT(3), withT(0)]));
  expect(first).toMatchObject({ status: "inconclusive", alone: "pass", confidence: 0.975 });
  expect(first?.reason).toContain("2 claims judged together ask for 97.5 % (Holm); alone, at 95 %, it would be pass");
  expect(second).toMatchObject({ status: "inconclusive", confidence: 0.975 });
  expect(second).not.toHaveProperty("alone");
});

test("a claim that is decided leaves the more to the others, and keeps its own interval", () => {
  const verdicts = judge(family([withT(6), withT(4), withT(3)]));
  expect(verdicts.map(({ status }) => status)).toEqual(["pass", "pass", "pass"]);
  expect(verdicts.map(({ confidence }) => confidence)).toEqual([0.95, 0.95, 0.95]);
  expect(statuses(family([withT(3), withT(3), withT(3)]))).toEqual(["inconclusive", "inconclusive", "inconclusive"]);
});

test("a refutation takes its share as a confirmation does", () => {
  expect(statuses(family([withT(-6), withT(3)]))).toEqual(["fail", "pass"]);
  expect(statuses(family([withT(-3), withT(0)]))).toEqual(["inconclusive", "inconclusive"]);
});

test("with none, and in records that say nothing, each claim stands alone", () => {
  const record = family([withT(3), withT(0)]);
  expect(statuses(without(record))).toEqual(["pass", "inconclusive"]);
  const { multiplicity: _, ...suite } = record.suite;
  expect(statuses({ ...record, suite })).toEqual(["pass", "inconclusive"]);
});

test("findings take no share, and are judged alone", () => {
  const record = family([withT(3), withT(3)]);
  const [first, second] = record.suite.claims;
  const claims = [first, { ...second, finding: true }] as RunRecord["suite"]["claims"];
  expect(judge({ ...record, suite: { ...record.suite, claims } })).toMatchObject([
    { status: "pass", confidence: 0.95 },
    { status: "pass", confidence: 0.95, finding: true },
  ]);
});

test("agreement with a published value is the presumption: it passes without evidence, and leaves no error to others", () => {
  const record = family([withT(3)]);
  const consistent: ResolvedAssertion = {
    kind: "consistent",
    of: { arm: "A0", measurement: "x" },
    pointer: "p#/v",
    arm: "A",
  };
  const [claim] = record.suite.claims;
  const claims = [claim, { ...claim, id: "as published", assertions: [consistent] }] as RunRecord["suite"]["claims"];
  const published = {
    "p#/v": { quantity: "", source: "", origin: "stated" as const, arms: { A: { mean: 3, std: 1, n: 5 } } },
  };
  const verdicts = judge({ ...record, published, suite: { ...record.suite, claims } });
  expect(verdicts).toMatchObject([
    { status: "inconclusive", alone: "pass" },
    { status: "pass", confidence: 0.95 },
  ]);

  const denied: ResolvedAssertion = { kind: "not", assertion: consistent };
  const denials = [claim, { ...claim, id: "not as published", assertions: [denied] }] as RunRecord["suite"]["claims"];
  expect(judge({ ...record, published, suite: { ...record.suite, claims: denials } })).toMatchObject([
    { status: "inconclusive", alone: "pass" },
    { status: "fail", confidence: 0.95 },
  ]);
});

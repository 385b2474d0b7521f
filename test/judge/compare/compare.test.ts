import { expect, test } from "vitest";
import { type ComparedSource, compareRecords } from "../../../src/judge/compare/compare.ts";
import type { ResolvedAssertion, RunRecord } from "../../../src/spec/run.types.ts";
import { runRecord } from "../run-record.ts";
import { machine, renamed } from "./machines.ts";

const sources = (...records: RunRecord[]): ComparedSource[] =>
  records.map((record, i) => ({ file: `${i}/run.json`, record }));

test("equal bits are said to be equal bits", () => {
  const { claims, counts, samples } = compareRecords(sources(machine("onnx"), machine("tensorflow")));
  expect(claims).toMatchObject([{ agreement: "agree", effects: [{ outcome: "bit-equal" }] }]);
  expect(counts.agreements).toEqual({
    agree: 1,
    disagree: 0,
    "not-comparable": 0,
    "not-measured": 0,
    "one-machine": 0,
  });
  expect(samples.byPair).toMatchObject([{ compared: 10, bitEqual: 10 }]);
});

test("rounding is told from a difference, and a difference within the seeds' spread from one beyond it", () => {
  const outcome = (...shift: number[]) =>
    compareRecords(sources(machine("onnx"), machine("tensorflow", shift))).claims[0]?.effects[0]?.outcome;
  expect(outcome(1e-9)).toBe("rounding");
  // Up at some seeds, down at others: nothing shows.
  expect(outcome(0.03, -0.03, 0.01, -0.02, 0.02)).toBe("not-told-apart");
  // The same at every seed, so that it is clear; the differences of the seeds lie 0.06 apart.
  expect(outcome(0.011, 0.0101, 0.0105, 0.0099, 0.0103)).toBe("small");
  expect(outcome(0.51, 0.49, 0.5, 0.52, 0.5)).toBe("beyond");
});

test("a verdict that another machine does not share is a disagreement, gated or told", () => {
  const [agreeing, turned] = [machine("onnx"), machine("tensorflow", [2, 2.1, 1.9, 2, 2.1])];
  const { claims, counts } = compareRecords(sources(agreeing, turned));
  expect(claims).toMatchObject([{ agreement: "disagree", opposite: true }]);
  expect(claims[0]?.verdicts.map((cell) => cell?.status)).toEqual(["pass", "fail"]);
  expect(counts.gatedDisagreements).toBe(1);

  const asFinding = (of: RunRecord): RunRecord => {
    const finding = of.suite.claims.map((claim) => ({ ...claim, finding: true as const }));
    return { ...of, suite: { ...of.suite, claims: finding as RunRecord["suite"]["claims"] } };
  };
  const told = compareRecords(sources(asFinding(agreeing), asFinding(turned)));
  expect(told.counts).toMatchObject({ gatedDisagreements: 0, agreements: { disagree: 1 } });
});

test("trends are compared seed by seed, correlations over trials by Fisher's z", () => {
  const arms = ["A", "B", "C", "D", "E"];
  const of = arms.map((arm) => ({ arm, measurement: "x" }));
  const trend: ResolvedAssertion = { kind: "trend", of: of as never, direction: "increasing" };
  const pairs = arms.map((arm) => ({ first: { arm, measurement: "x" }, second: { arm, measurement: "y" } }));
  const correlation: ResolvedAssertion = { kind: "correlation", pairs: pairs as never, above: 0 };
  const rising = (...places: number[]): RunRecord =>
    runRecord({
      seeds: [0, 1, 2],
      // The last arm changes places with as many before it.
      samples: Object.fromEntries(
        arms.flatMap((arm, i) => [
          [`${arm}.x`, places.map((place) => (i === 4 ? 3.5 - place : i))],
          [`${arm}.y`, [i, i, i]],
        ]),
      ),
      assertions: [trend, correlation],
    });
  const [first, second] = [rising(0, 1, 2), rising(1, 2, 3)];
  const { effects } = compareRecords(sources(first, second)).claims[0]!;
  // SciPy's ttest_rel of 1, 0.9, 0.7 and 0.9, 0.7, 0.4.
  expect(effects[0]?.test).toMatchObject({ design: "paired", seeds: [0, 1, 2], p: expect.closeTo(0.0741799, 6) });
  expect(effects[1]?.test).toMatchObject({ design: "independent" });
});

test("which machines are apart is told, the clearest pair first", () => {
  const { claims } = compareRecords(
    sources(machine("onnx"), machine("onnx", [0.001, -0.001]), machine("tensorflow", [0.5, 0.51, 0.49])),
  );
  const [effect] = claims[0]?.effects ?? [];
  expect(effect?.outcome).toBe("beyond");
  expect(effect?.test?.apart.map(({ machines }) => machines.some((name) => name.includes("tensorflow")))).toEqual([
    true,
    true,
  ]);
});

test("what is trained otherwise is not compared, and it is said what", () => {
  const other = machine("tensorflow");
  const [SB, ...rest] = other.suite.arms;
  const trained = { ...SB, regime: { ...SB!.regime, batch: 2 } } as (typeof other.suite.arms)[number];
  const changed: RunRecord = { ...other, suite: { ...other.suite, arms: [trained, ...rest] } };
  const { claims } = compareRecords(sources(machine("onnx"), changed));
  expect(claims).toMatchObject([{ agreement: "not-comparable", differences: [{ what: "arm SB: regime" }] }]);
  expect(claims[0]?.effects[0]).toMatchObject({ outcome: "not-tested", test: null });
});

test("the order of the records changes nothing but the order of the machines", () => {
  const [a, b] = [machine("onnx"), machine("tensorflow", [0.02, 0.03])];
  const [forth, back] = [compareRecords(sources(a, b)), compareRecords(sources(b, a))];
  expect(back.machines.map(({ name }) => name)).toEqual(forth.machines.map(({ name }) => name).toReversed());
  expect(back.claims[0]?.effects[0]?.test?.p).toBe(forth.claims[0]?.effects[0]?.test?.p);
});

test.each([
  ["one record", [machine("onnx")], "2 to 20 records can be compared, not 1"],
  ["21 records", Array.from({ length: 21 }, () => machine("onnx")), "2 to 20 records can be compared, not 21"],
  ["other claims", [machine("onnx"), renamed(machine("onnx"), "other")], "has no claim in common with the others"],
])("%s are refused", (_, records, message) => {
  expect(() => compareRecords(sources(...records))).toThrow(message);
});

test("a shard, and one name for two, are refused", () => {
  const whole = machine("onnx");
  const shard: RunRecord = { ...whole, run: { ...whole.run, shard: { index: 1, count: 2 } } };
  expect(() => compareRecords(sources(shard, whole))).toThrow("0/run.json is shard 1 of 2");
  const named = sources(whole, whole).map((each) => ({ ...each, label: "gpu" }));
  expect(() => compareRecords(named)).toThrow('two records are named "gpu"');
});

test("settings that differ are listed; the same run twice differs in nothing", () => {
  const twice = compareRecords(sources(machine("onnx"), machine("onnx")));
  expect(twice.settings.differing).toEqual([]);
  expect(new Set(twice.machines.map(({ name }) => name)).size).toBe(2);
  const { settings } = compareRecords(sources(machine("onnx"), machine("tensorflow")));
  expect(settings.differing.map(({ what }) => what)).toContain("engine");
});

test("a claim of one machine only, and trials that are missing, are said", () => {
  const [a, b] = [machine("onnx"), machine("tensorflow")];
  const [claim] = a.suite.claims;
  const more: RunRecord = { ...a, suite: { ...a.suite, claims: [claim!, { ...claim!, id: "more" }] } };
  expect(compareRecords(sources(more, b)).claims.map(({ agreement }) => agreement)).toEqual(["agree", "one-machine"]);

  const crashed: RunRecord["trials"] = [{ state: "crashed", arm: "SB", seed: 0, reason: "out of memory" }];
  const { claims, notes } = compareRecords(sources(a, { ...b, trials: crashed }));
  expect(notes.join()).toContain("1 of 1 trial diverged or crashed");
  expect(claims[0]).toMatchObject({ agreement: "disagree" });
});

test("what fewer than two machines measured is neither agreed nor disagreed on", () => {
  const [a, b] = [machine("onnx"), machine("tensorflow")];
  const nothing: RunRecord = { ...a, samples: [] };
  const nothingElse: RunRecord = { ...b, samples: [] };
  for (const records of [
    [a, nothing],
    [nothing, nothingElse],
  ] as const) {
    const { claims, counts } = compareRecords(sources(...records));
    expect(claims[0]).toMatchObject({ agreement: "not-measured", opposite: false });
    expect(counts).toMatchObject({ gatedDisagreements: 0, agreements: { agree: 0, disagree: 0, "not-measured": 1 } });
  }
  const [agreed] = compareRecords(sources(a, b, { ...nothing, run: { ...nothing.run, id: "third" } })).claims;
  expect(agreed).toMatchObject({ agreement: "agree" });
});

import { expect, test } from "vitest";
import { renderExplanation } from "../../src/cli/tables/explanation.ts";
import { explain } from "../../src/judge/explain/explain.ts";
import type { ResolvedAssertion, RunRecord } from "../../src/spec/run.types.ts";
import { type RecordOptions, runRecord } from "./run-record.ts";

const first = { arm: "LB", measurement: "x" };
const second = { arm: "SB", measurement: "x" };
const ratio: ResolvedAssertion = { kind: "ratio", first, second, above: 1 };
const seeds = [0, 1, 2];
const doubling = { "LB.x": [2, 4, 8], "SB.x": [1, 1, 1] };

function resultsOf(options: Partial<RecordOptions> & Pick<RecordOptions, "assertions">) {
  const { assertions } = explain(runRecord({ seeds, samples: doubling, ...options }), "claim");
  return assertions.flatMap(({ results }) => results);
}

test("a ratio is explained on the scale of logarithms", () => {
  const [result] = resultsOf({ assertions: [ratio] });
  // Student's t at 97.5 % and 2 degrees of freedom, from tables.
  const half = (4.302652729911275 * Math.LN2) / Math.sqrt(3);
  const [interval] = result!.intervals;
  expect(interval).toMatchObject({ kind: "student", confidence: 0.95, n: 3, degreesOfFreedom: 2 });
  if (interval?.kind !== "student") throw new Error("not Student's");
  expect(interval.mean).toBeCloseTo(Math.log(4), 12);
  expect(interval.standardDeviation).toBeCloseTo(Math.LN2, 12);
  expect(interval.critical).toBeCloseTo(4.302652729911275, 9);
  expect(interval.judged.lower).toBeCloseTo(Math.log(4) - half, 9);
  expect(interval.interval.upper).toBeCloseTo(4 * Math.exp(half), 7);
  expect(result!.samples.operands).toEqual([
    { name: "LB.x", values: [2, 4, 8] },
    { name: "SB.x", values: [1, 1, 1] },
  ]);
  expect(result!.samples.judged?.values).toEqual([2, 4, 8].map(Math.log));
  expect(result!.rule).toBe("the interval contains the bound: inconclusive");
});

test("what the explanation calculates is what the judge judged by", () => {
  const samples = { "LB.x": [3, 4.5, 5, 6.1, 4], "SB.x": [1, 1.2, 0.9, 2, 1.1] };
  for (const kind of ["ratio", "difference"] as const) {
    const { assertions } = explain(runRecord({ samples, assertions: [{ kind, first, second, above: 1 }] }), "claim");
    const [explained] = assertions[0]!.results;
    const { result, intervals } = explained!;
    if (result.status === "not-measured") throw new Error("not measured");
    expect(intervals[0]!.interval).toEqual(result.effect.interval);
  }
});

test("an equivalence has the interval of its two one-sided tests and the whole one", () => {
  const [result] = resultsOf({ assertions: [{ kind: "equivalent", first, second, margin: 100, scale: "difference" }] });
  expect(result!.intervals.map(({ confidence }) => confidence)).toEqual([expect.closeTo(0.9, 12), 0.95]);
  expect(result!.rule).toBe("the interval at 2c − 1 lies wholly within the margin: pass");
});

test("each maximiser is explained by its own samples", () => {
  const samples = Object.fromEntries(
    ["LB", "SB"].flatMap((arm) =>
      ["scaled", "sign-ascent"].map((maximiser, i) => [
        `${arm}.phi[0.001,${maximiser}]`,
        arm === "LB" ? [10 + i, 11 + i, 12 + i] : [1, 1.1, 1.2],
      ]),
    ),
  );
  const phi = { ...ratio, first: { ...first, measurement: "phi", epsilon: 1e-3 } };
  const results = resultsOf({
    samples,
    assertions: [{ ...phi, second: { ...second, measurement: "phi", epsilon: 1e-3 } }],
  });
  expect(results.map(({ samples: { operands } }) => operands[0])).toEqual([
    { name: "LB.phi[0.001,scaled]", values: [10, 11, 12] },
    { name: "LB.phi[0.001,sign-ascent]", values: [11, 12, 13] },
  ]);
});

test("a denied assertion names the rule of what it denies, and then turns", () => {
  const samples = { "LB.x": [20, 21, 22], "SB.x": [1, 1, 1] };
  const [result] = resultsOf({ samples, assertions: [{ kind: "not", assertion: ratio }] });
  expect(result!.rule).toBe("the whole interval lies on the claimed side of the bound: pass; denied once: fail");
});

test("a seed without a value is a gap in the table and the rule that decides", () => {
  const [result] = resultsOf({ samples: { "LB.x": [2, undefined, 8], "SB.x": [1, 1, 1] }, assertions: [ratio] });
  expect(result!.samples.statistic?.values).toEqual([expect.closeTo(2), null, expect.closeTo(8)]);
  expect(result!.rule).toMatch(/^values are missing at seed 1; .*: inconclusive$/);
});

test("steps of an ordering show the two that they compare", () => {
  const of = ["A", "B", "C"].map((arm) => ({ arm, measurement: "x" }));
  const results = resultsOf({
    samples: { "A.x": [1, 1, 1.1], "B.x": [2, 2, 2.1], "C.x": [3, 3, 3.2] },
    assertions: [{ kind: "ordered", of: of as never }],
  });
  expect(results.map(({ samples: { operands } }) => operands.map(({ name }) => name))).toEqual([
    ["B.x", "A.x"],
    ["C.x", "B.x"],
  ]);
});

test("steps of arms whose names are parts of others' show their own two", () => {
  const of = ["S", "SB", "LSB"].map((arm) => ({ arm, measurement: "x" }));
  const results = resultsOf({
    samples: { "S.x": [1, 1, 1.1], "SB.x": [2, 2, 2.1], "LSB.x": [3, 3, 3.2] },
    assertions: [{ kind: "ordered", of: of as never }],
  });
  expect(results.map(({ samples: { operands } }) => operands.map(({ name }) => name))).toEqual([
    ["SB.x", "S.x"],
    ["LSB.x", "SB.x"],
  ]);
});

test("training loss and gradient norm stand beside what is measured at minimisers", () => {
  const record = runRecord({ seeds, samples: { ...doubling, "LB.gradient": [0.1, 0.2, 0.3] }, assertions: [ratio] });
  for (const arm of record.suite.arms) {
    if (arm.name === "LB") arm.measure["gradient"] = { metric: "gradient-norm" };
  }
  for (const trial of record.trials) {
    if (trial.state !== "completed") continue;
    const point = { updates: 1, trainAccuracy: 1, testLoss: 1, testAccuracy: 1 };
    trial.curve = [
      { ...point, epoch: 1, trainLoss: 9 },
      { ...point, epoch: 2, trainLoss: trial.seed },
    ];
  }
  const { training } = explain(record, "claim");
  expect(training[1]).toEqual({ arm: "LB", seed: 1, trainLoss: 1, gradientNorm: 0.2 });
  expect(training.at(-1)).toEqual({ arm: "SB", seed: 2, trainLoss: 2, gradientNorm: null });
});

test("an unknown claim is answered with the nearest one", () => {
  const record = runRecord({ seeds, samples: doubling, assertions: [ratio] });
  expect(() => explain(record, "clam")).toThrow('the run has no claim "clam"; did you mean "claim"?');
});

test("no line is wider than 100 columns, however many seeds and however long the names", () => {
  const many = Array.from({ length: 30 }, (_, i) => i);
  const name = `LB[${"variant-".repeat(20)}]`;
  const samples = { [`${name}.x`]: many.map((i) => 1e7 + i / 3), "SB.x": many.map((i) => 1 + i / 7) };
  const record: RunRecord = runRecord({
    seeds: many,
    samples,
    assertions: [{ ...ratio, first: { arm: name, measurement: "x" } }],
  });
  const text = renderExplanation(explain(record, "claim"), record);
  expect(text.split("\n").filter((line) => line.length > 100)).toEqual([]);
  expect(text).toContain("1.000e+7");
  expect(text.match(/^ {2}seed /gm)?.length).toBeGreaterThan(1);
});

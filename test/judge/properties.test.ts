import fc from "fast-check";
import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import { operandsOf } from "../../src/spec/operands.ts";
import type { ResolvedAssertion, RunRecord } from "../../src/spec/run.types.ts";
import { diverged, runRecord } from "./run-record.ts";

const first = { arm: "A", measurement: "x" };
const second = { arm: "B", measurement: "x" };

// Integers and powers of two keep sums, differences and products exact, so that equal verdicts must come out equal.
const integer = fc.integer({ min: -20, max: 20 });
const positive = fc.integer({ min: 1, max: 40 });
const pairsOf = (value: fc.Arbitrary<number>) => fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 8 });

const simple: fc.Arbitrary<ResolvedAssertion> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("greater" as const, "less" as const),
    first: fc.constant(first),
    second: fc.oneof(fc.constant(second), integer),
  }),
  fc.record({
    kind: fc.constant("difference" as const),
    first: fc.constant(first),
    second: fc.constant(second),
    above: integer,
    atLeast: integer,
  }),
  fc.record({
    kind: fc.constant("ratio" as const),
    first: fc.constant(first),
    second: fc.constant(second),
    above: positive,
    atLeast: positive,
  }),
  fc.record({
    kind: fc.constant("within" as const),
    first: fc.constant(first),
    second: fc.constant(second),
    lowest: fc.integer({ min: -20, max: 0 }),
    highest: fc.integer({ min: 0, max: 20 }),
  }),
  fc.record({
    kind: fc.constant("equivalent" as const),
    first: fc.constant(first),
    second: fc.constant(second),
    margin: fc.integer({ min: 2, max: 9 }),
    scale: fc.constantFrom("difference" as const, "ratio" as const),
  }),
  fc.record({
    kind: fc.constant("combination" as const),
    terms: fc.tuple(
      fc.record({ factor: integer, of: fc.constant(first) }),
      fc.record({ factor: integer, of: fc.constant(second) }),
    ),
    below: integer,
  }),
  fc
    .constantFrom<[typeof first, typeof first][]>([first, second], [second, first])
    .map((of) => ({ kind: "ordered" as const, of })),
);
const assertion: fc.Arbitrary<ResolvedAssertion> = fc.oneof(
  { weight: 4, arbitrary: simple },
  { weight: 1, arbitrary: simple.map((inner) => ({ kind: "not" as const, assertion: inner })) },
);

type Pairs = readonly (readonly [number, number])[];

function recordOf(pairs: Pairs, ...assertions: ResolvedAssertion[]): RunRecord {
  const samples = { "A.x": pairs.map(([value]) => value), "B.x": pairs.map(([, value]) => value) };
  return runRecord({ seeds: pairs.map((_, i) => i), samples, assertions });
}

function judged(record: RunRecord) {
  return judge(record)[0]!.assertions[0];
}

function statusOf(pairs: Pairs, one: ResolvedAssertion) {
  return judged(recordOf(pairs, one)).status;
}

test("removing samples that an assertion uses never leaves a pass or a fail", () => {
  fc.assert(
    fc.property(pairsOf(positive), assertion, fc.array(fc.nat(15), { minLength: 1 }), (pairs, one, removed) => {
      const record = recordOf(pairs, one);
      const arms = operandsOf(one).map(({ arm }) => arm);
      const used = record.samples.filter(({ arm }) => arms.includes(arm));
      const gone = new Set(removed.map((i) => used[i % used.length]));
      const { status } = judged({ ...record, samples: record.samples.filter((sample) => !gone.has(sample)) });
      expect(["inconclusive", "not-measured"]).toContain(status);
    }),
  );
});

test("a trial that diverges never leaves a pass or a fail", () => {
  fc.assert(
    fc.property(pairsOf(positive), assertion, fc.nat(7), (pairs, one, which) => {
      const record = recordOf(pairs, one);
      const seed = which % pairs.length;
      const trials = record.trials.map((trial) =>
        trial.arm === "A" && trial.seed === seed ? diverged("A", seed, 1) : trial,
      );
      expect(["inconclusive", "not-measured"]).toContain(judged({ ...record, trials }).status);
    }),
  );
});

test("an arm without samples is not measured", () => {
  fc.assert(
    fc.property(pairsOf(positive), assertion, (pairs, one) => {
      const record = recordOf(pairs, one);
      const samples = record.samples.filter(({ arm }) => arm !== "A");
      expect(judged({ ...record, samples }).status).toBe("not-measured");
    }),
  );
});

test("a pass has its whole interval on the claimed side and reaches its minimum; a fail has it on the other", () => {
  fc.assert(
    fc.property(pairsOf(positive), integer, integer, (pairs, above, atLeast) => {
      const [result] = judged(recordOf(pairs, { kind: "difference", first, second, above, atLeast })).results;
      if (result.status === "not-measured") throw new Error("every sample is there");
      const { interval, estimate } = result.effect;
      if (result.status === "pass") {
        expect(interval?.lower).toBeGreaterThan(above);
        expect(estimate).toBeGreaterThanOrEqual(atLeast);
      }
      if (result.status === "fail") expect(interval?.upper).toBeLessThan(above);
      expect(result.status === "inconclusive").toBe("settle" in result);
    }),
  );
});

test("the order of samples and trials in the record does not matter", () => {
  fc.assert(
    fc.property(pairsOf(integer), assertion, (pairs, one) => {
      const record = recordOf(pairs, one);
      const turned = { ...record, samples: record.samples.toReversed(), trials: record.trials.toReversed() };
      expect(judge(turned)).toEqual(judge(record));
    }),
  );
});

test("a difference does not change when both arms shift, seed by seed", () => {
  fc.assert(
    fc.property(
      pairsOf(integer),
      fc.array(integer, { minLength: 8, maxLength: 8 }),
      integer,
      (pairs, shifts, above) => {
        const shifted = pairs.map(([a, b], i) => [a + shifts[i]!, b + shifts[i]!] as const);
        const one: ResolvedAssertion = { kind: "difference", first, second, above };
        expect(statusOf(shifted, one)).toBe(statusOf(pairs, one));
      },
    ),
  );
});

test("a difference scales with its units", () => {
  fc.assert(
    fc.property(pairsOf(integer), integer, integer, fc.integer({ min: -9, max: 9 }), (pairs, above, atLeast, power) => {
      const unit = 2 ** power;
      const scaled = pairs.map(([a, b]) => [a * unit, b * unit] as const);
      const one = { kind: "difference" as const, first, second, above, atLeast };
      expect(statusOf(scaled, { ...one, above: above * unit, atLeast: atLeast * unit })).toBe(statusOf(pairs, one));
    }),
  );
});

test("swapping the operands of a difference and its bound's sign mirrors the verdict", () => {
  const mirror = { pass: "fail", fail: "pass", inconclusive: "inconclusive", "not-measured": "not-measured" };
  fc.assert(
    fc.property(pairsOf(integer), integer, (pairs, above) => {
      const swapped: ResolvedAssertion = { kind: "difference", first: second, second: first, above: -above };
      expect(statusOf(pairs, swapped)).toBe(mirror[statusOf(pairs, { kind: "difference", first, second, above })]);
    }),
  );
});

test("greater, less and a difference above 0 say the same", () => {
  fc.assert(
    fc.property(pairsOf(integer), (pairs) => {
      const status = statusOf(pairs, { kind: "difference", first, second, above: 0 });
      expect(statusOf(pairs, { kind: "greater", first, second })).toBe(status);
      expect(statusOf(pairs, { kind: "less", first: second, second: first })).toBe(status);
    }),
  );
});

test("a ratio does not change when both values of a seed scale", () => {
  fc.assert(
    fc.property(
      pairsOf(positive),
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 8, maxLength: 8 }),
      positive,
      positive,
      (pairs, powers, above, atLeast) => {
        const scaled = pairs.map(([a, b], i) => [a * 2 ** powers[i]!, b * 2 ** powers[i]!] as const);
        const one: ResolvedAssertion = { kind: "ratio", first, second, above, atLeast };
        const [before] = judged(recordOf(pairs, one)).results;
        const [after] = judged(recordOf(scaled, one)).results;
        expect(after.status).toBe(before.status);
        expect(after.reason).toBe(before.reason);
      },
    ),
  );
});

test("a higher minimum or a higher confidence never turns anything into a pass", () => {
  fc.assert(
    fc.property(
      pairsOf(positive),
      positive,
      positive,
      fc.integer({ min: 0, max: 9 }),
      (pairs, above, atLeast, more) => {
        const one = { kind: "ratio" as const, first, second, above, atLeast };
        const before = statusOf(pairs, one);
        const stricter = recordOf(pairs, { ...one, atLeast: atLeast + more });
        const surer = recordOf(pairs, one);
        if (before !== "pass") {
          expect(judged(stricter).status).not.toBe("pass");
          expect(judged({ ...surer, suite: { ...surer.suite, confidence: 0.99 } }).status).not.toBe("pass");
        }
      },
    ),
  );
});

test("one open or failing assertion keeps a claim from passing", () => {
  fc.assert(
    fc.property(pairsOf(positive), fc.array(assertion, { minLength: 1, maxLength: 4 }), (pairs, all) => {
      const [verdict] = judge(recordOf(pairs, ...all));
      const every = verdict!.assertions.every(({ status }) => status === "pass");
      expect(verdict?.status === "pass").toBe(every);
    }),
  );
});

test("what is denied passes where it fails, fails where it passes, and is itself again when denied twice", () => {
  const mirror = { pass: "fail", fail: "pass", inconclusive: "inconclusive", "not-measured": "not-measured" };
  fc.assert(
    fc.property(pairsOf(positive), simple, (pairs, one) => {
      const denied: ResolvedAssertion = { kind: "not", assertion: one };
      const [plain, not, again] = [one, denied, { kind: "not" as const, assertion: denied }].map((each) =>
        judged(recordOf(pairs, each)),
      );
      expect(not?.status).toBe(mirror[plain!.status]);
      expect(again?.status).toBe(plain?.status);
      expect(again?.results.map((result) => ({ ...result, expression: "" }))).toEqual(
        plain?.results.map((result) => ({ ...result, expression: "" })),
      );
    }),
  );
});

test("equivalence does not depend on which is first, and a wider margin never undoes it", () => {
  const margin = fc.integer({ min: 2, max: 9 });
  const scale = fc.constantFrom("difference" as const, "ratio" as const);
  fc.assert(
    fc.property(pairsOf(positive), margin, fc.nat(9), scale, (pairs, narrow, more, on) => {
      const by = (factor: number, a = first, b = second): ResolvedAssertion => ({
        kind: "equivalent",
        first: a,
        second: b,
        margin: factor,
        scale: on,
      });
      if (on === "difference") expect(statusOf(pairs, by(narrow, second, first))).toBe(statusOf(pairs, by(narrow)));
      if (statusOf(pairs, by(narrow)) === "pass") expect(statusOf(pairs, by(narrow + more))).toBe("pass");
      if (statusOf(pairs, by(narrow + more)) === "fail") expect(statusOf(pairs, by(narrow))).toBe("fail");
    }),
  );
});

test("a trend depends on the order of the values alone", () => {
  const arms = ["A", "B", "C", "D"];
  const rows = fc.array(fc.array(integer, { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(rows, (seeds) => {
      const trend = (direction: "increasing" | "decreasing", change: (value: number) => number) => {
        const samples = Object.fromEntries(arms.map((arm, i) => [`${arm}.x`, seeds.map((row) => change(row[i]!))]));
        const of = arms.map((arm) => ({ arm, measurement: "x" })) as [typeof first];
        const assertions: ResolvedAssertion[] = [{ kind: "trend", of, direction }];
        return judged(runRecord({ seeds: seeds.map((_, i) => i), samples, assertions })).status;
      };
      const status = trend("increasing", (value) => value);
      expect(trend("increasing", (value) => value ** 3 + 5)).toBe(status);
      expect(trend("decreasing", (value) => -value)).toBe(status);
    }),
  );
});

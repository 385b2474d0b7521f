import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import type { ResolvedAssertion, Trial } from "../../src/spec/run.types.ts";
import { diverged, type RecordOptions, runRecord } from "./run-record.ts";

const larger: ResolvedAssertion = {
  kind: "difference",
  first: { arm: "A", measurement: "x" },
  second: { arm: "B", measurement: "x" },
  above: 0,
};
const samples = { "A.x": [5, 6, 5, 6, 5], "B.x": [1, 1, 1, 1, 1] };

function verdictOf(options: Partial<RecordOptions>) {
  return judge(runRecord({ samples, assertions: [larger], ...options }))[0]!;
}

test("with every sample there, the claim passes", () => {
  expect(verdictOf({}).status).toBe("pass");
});

test("a diverged trial leaves at best an open question, with what the rest says", () => {
  const verdict = verdictOf({ trials: [diverged("B", 3, 17)] });
  expect(verdict.status).toBe("inconclusive");
  expect(verdict.reason).toBe(
    "1 of 5 seeds missing: B at seed 3 diverged at update 17; what is left may be biased: " +
      "difference 4.25 (95 % interval 3.45 to 5.05, 4 seeds), the whole interval lies above 0",
  );
  expect(verdict.assertions[0].results[0]).toMatchObject({ effect: { n: 4 }, settle: "values at seed 3" });
});

test("a claim that the rest would fail is not failed on it either", () => {
  const against = { "A.x": samples["B.x"], "B.x": samples["A.x"] };
  expect(verdictOf({ samples: against }).status).toBe("fail");
  expect(verdictOf({ samples: against, trials: [diverged("B", 3, 17)] }).status).toBe("inconclusive");
});

test.each<[string, Trial, string]>([
  [
    "crashed",
    { state: "crashed", arm: "A", seed: 1, reason: "its worker ended with code 1: oops\n    at a line" },
    "A at seed 1 crashed: its worker ended with code 1: oops;",
  ],
  [
    "not-run",
    { state: "not-run", arm: "B", seed: 4, reason: "the run was interrupted" },
    "B at seed 4 was not run: the run was interrupted;",
  ],
])("a %s trial counts as missing even where the record holds a value of it", (_, trial, reason) => {
  const verdict = verdictOf({ trials: [trial] });
  expect(verdict.status).toBe("inconclusive");
  expect(verdict.reason).toContain(`1 of 5 seeds missing: ${reason}`);
});

test("an absent sample counts as missing, with its reason", () => {
  const verdict = verdictOf({ samples: { ...samples, "A.x": [5, "distance came out as NaN", 5, undefined, 5] } });
  expect(verdict.status).toBe("inconclusive");
  expect(verdict.reason).toContain(
    "2 of 5 seeds missing: A.x at seed 1 has no value: distance came out as NaN; A.x at seed 3 has no value;",
  );
});

test("the reason of a sample without ε and maximiser stands for all of its measurement", () => {
  const first = { arm: "A", measurement: "s", epsilon: 0.1, maximiser: "scaled" as const };
  const assertion: ResolvedAssertion = { kind: "greater", first, second: 0 };
  const verdict = verdictOf({
    samples: { "A.s": ["no gradient"], "A.s[0.1,scaled]": [] },
    seeds: [0],
    assertions: [assertion],
  });
  expect(verdict).toMatchObject({ status: "not-measured" });
  expect(verdict.reason).toContain("A.s[0.1,scaled] at seed 0 has no value: no gradient");
});

test("two values for one sample are none: nobody can say which one holds", () => {
  const record = runRecord({ samples, assertions: [larger] });
  const verdict = judge({ ...record, samples: [...record.samples, { arm: "A", seed: 2, measurement: "x", value: 9 }] });
  expect(verdict[0]?.status).toBe("inconclusive");
  expect(verdict[0]?.reason).toContain("A.x at seed 2 has 2 values where one is expected");
});

test("a value that is no number counts as missing", () => {
  const verdict = verdictOf({ samples: { ...samples, "A.x": [5, 6, Number.POSITIVE_INFINITY, 6, 5] } });
  expect(verdict.status).toBe("inconclusive");
  expect(verdict.reason).toContain("1 of 5 seeds missing: A.x at seed 2 is Infinity;");
});

test.each<[string, Partial<RecordOptions>, string]>([
  [
    "nothing is left",
    { samples: { ...samples, "B.x": [] } },
    "all 5 seeds missing: B.x at seeds 0, 1, 2, 3 and 4 has no value; nothing is left to judge",
  ],
  [
    "one pair of several is left",
    { seeds: [0, 1], trials: [diverged("A", 0, 3)] },
    "1 of 2 seeds missing: A at seed 0 diverged at update 3; one seed is left, which gives no interval",
  ],
  [
    "the only seed has no value",
    { seeds: [7], trials: [diverged("A", 7, 3)] },
    "1 of 1 seed missing: A at seed 7 diverged at update 3; nothing is left to judge",
  ],
  [
    "the arm is not in the record",
    { assertions: [{ ...larger, first: { arm: "C", measurement: "x" } }] },
    "all 5 seeds missing: C.x at seeds 0, 1, 2, 3 and 4 has no value; nothing is left to judge",
  ],
  [
    "the pairs do not meet",
    { seeds: [0, 1], trials: [diverged("A", 0, 3), diverged("B", 1, 5)] },
    "all 2 seeds missing: A at seed 0 diverged at update 3; B at seed 1 diverged at update 5; nothing is left to judge",
  ],
])("not measured: %s", (_, options, reason) => {
  const verdict = verdictOf(options);
  expect(verdict.reason).toBe(reason);
  expect(verdict.status).toBe("not-measured");
  expect(verdict.assertions[0].results[0]).not.toHaveProperty("effect");
});

test("two references to one trial tell its fate once", () => {
  const second = { arm: "A", measurement: "y" };
  const verdict = verdictOf({
    samples: { "A.x": [1, 2, 3], "A.y": [0, 0, 0] },
    seeds: [0, 1, 2],
    assertions: [{ ...larger, second }],
    trials: [diverged("A", 2, 9)],
  });
  expect(verdict.reason).toMatch(/^1 of 3 seeds missing: A at seed 2 diverged at update 9; what/);
});

test("samples of seeds that the suite does not plan do not count", () => {
  const record = runRecord({ samples, assertions: [larger] });
  const planned = judge({ ...record, suite: { ...record.suite, seeds: [0, 2] } });
  expect(planned[0]?.assertions[0].results[0]).toMatchObject({ effect: { n: 2 } });
});

import { expect, test } from "vitest";
import { rejudge } from "../../src/judge/rejudge.ts";
import type { Claim, ResolvedAssertion, RunRecord, Suite } from "../../src/spec/run.types.ts";
import { runRecord } from "./run-record.ts";

const first = { arm: "LB", measurement: "x" };
const second = { arm: "SB", measurement: "x" };
const ratio = { kind: "ratio", first, second, above: 1 } satisfies ResolvedAssertion;
const samples = { "LB.x": [3, 3.1, 3.2, 3.3, 3.4], "SB.x": [1, 1, 1, 1, 1] };
const record = runRecord({ samples, assertions: [ratio] });

function changed(assertions: readonly ResolvedAssertion[], change: Partial<Claim> = {}, of: RunRecord = record): Suite {
  const [claim] = of.suite.claims;
  return { ...of.suite, claims: [{ ...claim!, ...change, assertions: assertions as Claim["assertions"] }] };
}

test("a stricter minimum turns a pass, and both bounds are told", () => {
  const { was, now, differences } = rejudge(record, changed([{ ...ratio, atLeast: 5 }]));
  expect([was[0]?.status, now[0]?.status]).toEqual(["pass", "inconclusive"]);
  expect(differences).toEqual([
    {
      kind: "changed",
      claim: "claim",
      changes: [{ part: "assertion", was: "LB.x / SB.x > 1", now: "LB.x / SB.x > 1, at least 5" }],
    },
  ]);
});

test("the same suite says nothing otherwise", () => {
  const { was, now, differences } = rejudge(record, structuredClone(record.suite));
  expect(differences).toEqual([]);
  expect(now).toEqual(was);
});

test("claims that come and go, and the confidence, are told", () => {
  const { differences } = rejudge(record, { ...changed([ratio], { id: "other" }), confidence: 0.9 });
  expect(differences).toEqual([
    { kind: "confidence", was: 0.95, now: 0.9 },
    { kind: "removed", claim: "claim" },
    { kind: "added", claim: "other" },
  ]);
});

test("judging claims together is told, and may turn what a record that knows nothing of it was", () => {
  // Logarithms of a mean of 3 and a standard error of 1: p = 0.040.
  const logarithms = [-2, -1, 0, 1, 2].map((i) => 3 + i * Math.SQRT2);
  const of = runRecord({ samples: { ...samples, "LB.x": logarithms.map(Math.exp) }, assertions: [ratio] });
  const [claim] = of.suite.claims;
  const never: ResolvedAssertion = { kind: "difference", first, second: first, above: 0 };
  const claims: Suite["claims"] = [claim!, { ...claim!, id: "never", assertions: [never] }];
  const both: RunRecord = { ...of, suite: { ...of.suite, claims } };
  const { was, now, differences } = rejudge(both, { ...both.suite, multiplicity: "holm" });
  expect(differences).toEqual([{ kind: "multiplicity", was: "none", now: "holm" }]);
  expect(was.map(({ status }) => status)).toEqual(["pass", "inconclusive"]);
  expect(now.map(({ status }) => status)).toEqual(["inconclusive", "inconclusive"]);
});

test("a further assertion and a mark are changes of the claim", () => {
  const { differences } = rejudge(record, changed([ratio, { kind: "greater", first, second: 1 }], { finding: true }));
  expect(differences).toMatchObject([
    {
      changes: [
        { part: "assertion", was: null, now: "LB.x > 1" },
        { part: "finding", was: null, now: "finding" },
      ],
    },
  ]);
});

test("what the record has not is listed", () => {
  const assertions: ResolvedAssertion[] = [
    { kind: "greater", first: { arm: "MB", measurement: "x" }, second: 0 },
    { kind: "greater", first: { arm: "LB", measurement: "y" }, second: 0 },
    { kind: "greater", first: { ...first, part: "rise" }, second: 0 },
  ];
  expect(() => rejudge(record, changed(assertions))).toThrow(
    /there is no arm MB; LB\.y was not measured; LB\.x\[rise\] was not measured$/,
  );
});

test("samples of an arm that is trained otherwise now are of no use", () => {
  const suite = structuredClone(changed([ratio]));
  suite.arms[0]!.regime.batch = 7;
  expect(() => rejudge(record, suite)).toThrow("LB has another regime");
});

test("a box that was not searched is missing, one of several is not", () => {
  const phi = { "LB.phi[0.001,scaled]": [3, 3.1], "LB.phi[0.002,scaled]": [3, 3.1] };
  const about = (epsilon: number): ResolvedAssertion => ({
    kind: "greater",
    first: { arm: "LB", measurement: "phi", epsilon },
    second: 1,
  });
  const of = runRecord({ seeds: [0, 1], samples: phi, assertions: [about(0.001)] });
  expect(rejudge(of, changed([about(0.002)], {}, of)).now[0]?.status).toBe("pass");
  expect(() => rejudge(of, changed([about(0.003)], {}, of))).toThrow("LB.phi[0.003] was not measured");
});

import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import type { ResolvedAssertion } from "../../src/spec/run.types.ts";
import { runRecord } from "./run-record.ts";

const x = (second: number): ResolvedAssertion => ({ kind: "greater", first: { arm: "A", measurement: "x" }, second });
const PASS = x(0);
const FAIL = x(9);
const OPEN = x(2);
const ABSENT: ResolvedAssertion = { kind: "greater", first: { arm: "A", measurement: "y" }, second: 0 };

test.each<[string, ResolvedAssertion[], string]>([
  ["all pass", [PASS, PASS], "2 of 2 assertions hold: A.x > 0: mean 2 (95 % interval"],
  ["one is open", [PASS, OPEN, PASS], "1 of 3 assertions is inconclusive: A.x > 2: mean 2"],
  ["one is not measured", [PASS, ABSENT, OPEN], "1 of 3 assertions is not measured: A.y > 0: all 3 seeds missing"],
  ["one fails", [ABSENT, OPEN, FAIL, PASS], "1 of 4 assertions fails: A.x > 9: mean 2"],
  ["two fail", [FAIL, PASS, FAIL], "2 of 3 assertions fail: A.x > 9: mean 2"],
])("the heaviest assertion decides: %s", (_, assertions, reason) => {
  const [verdict] = judge(runRecord({ seeds: [0, 1, 2], samples: { "A.x": [1.9, 2, 2.1] }, assertions }));
  expect(verdict?.reason.slice(0, reason.length)).toBe(reason);
  const expected = reason.includes("hold")
    ? "pass"
    : reason.includes("fail")
      ? "fail"
      : reason.includes("not")
        ? "not-measured"
        : "inconclusive";
  expect(verdict?.status).toBe(expected);
});

test("claims keep the suite's order and names", () => {
  const record = runRecord({ seeds: [0, 1, 2], samples: { "A.x": [1.9, 2, 2.1] }, assertions: [PASS] });
  const claims = ["z", "a[F1]"].map((id) => ({ ...record.suite.claims[0]!, id }));
  expect(judge({ ...record, suite: { ...record.suite, claims } }).map(({ claim }) => claim)).toEqual(["z", "a[F1]"]);
});

test("a finding is marked, and judged like any other claim", () => {
  const options = { seeds: [0, 1, 2], samples: { "A.x": [1.9, 2, 2.1] }, assertions: [FAIL] };
  expect(judge(runRecord(options))[0]).toMatchObject({ finding: false, status: "fail" });
  expect(judge(runRecord({ ...options, finding: true }))[0]).toMatchObject({ finding: true, status: "fail" });
});

test("a claim is surrogate where any arm that its assertions refer to is, however deep", () => {
  const samples = { "A.x": [1.9, 2, 2.1], "B.x": [1, 1, 1], "C.x": [3, 3, 3] };
  const B = { arm: "B", measurement: "x" };
  const isMarked = (surrogate: string[], ...assertions: ResolvedAssertion[]) => {
    return judge(runRecord({ seeds: [0, 1, 2], samples, assertions, surrogate }))[0]?.surrogate;
  };
  const denied: ResolvedAssertion = { kind: "not", assertion: { kind: "greater", first: B, second: 0 } };
  expect(isMarked([], PASS, denied)).toBe(false);
  expect(isMarked(["B"], PASS)).toBe(false);
  expect(isMarked(["B"], PASS, denied)).toBe(true);
  expect(isMarked(["C", "A"], denied)).toBe(false);
});

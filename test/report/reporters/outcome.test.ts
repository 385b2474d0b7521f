import { expect, test } from "vitest";
import { driftOf } from "../../../src/report/reporters/drifted-claims.ts";
import { baselineTest, claimOutcomes } from "../../../src/report/reporters/outcome.ts";
import type { ReportedSuite } from "../../../src/report/reporters/reported-suite.ts";
import { exampleRecord } from "../example-record.ts";
import { againstBaseline, reported, scaled, withClaims } from "./reported.ts";

function outcomes(suite: ReportedSuite): Record<string, string> {
  return Object.fromEntries(claimOutcomes(suite).map(({ claim, outcome }) => [claim.id, outcome]));
}

const CLAIMS = ["gap", "sharper", "goes-ten-times-farther", "more-curved"];

test("where claims decide, an outcome is the verdict's; findings pass, and say what they found", () => {
  expect(outcomes(reported())).toEqual({
    gap: "passed",
    sharper: "skipped",
    "goes-ten-times-farther": "failed",
    "more-curved": "error",
  });
  const findings = claimOutcomes(reported(withClaims(exampleRecord(), { finding: true })));
  expect(findings.map(({ outcome }) => outcome)).toEqual(Array(4).fill("passed"));
  expect(findings[2]?.message).toMatch(/^finding, not gated: fail: ratio 4 /);
});

test("what is as the baseline has it neither fails nor passes where it does not hold", () => {
  const same = againstBaseline(exampleRecord());
  expect(same.baseline?.status).toBe("same");
  expect(outcomes(same)).toEqual({
    gap: "passed",
    sharper: "skipped",
    "goes-ten-times-farther": "skipped",
    "more-curved": "skipped",
  });
  expect(claimOutcomes(same)[2]?.message).toMatch(/^fail, not drifted from the baseline: ratio 4 /);
  expect(baselineTest(same.baseline as never).outcome).toBe("passed");
});

test("a verdict that changed has drifted, for the better too; a finding's is told", () => {
  const changed = againstBaseline(exampleRecord(), { gap: "fail", "goes-ten-times-farther": "inconclusive" });
  expect(changed.baseline?.status).toBe("drifted");
  expect(outcomes(changed)).toMatchObject({ gap: "failed", "goes-ten-times-farther": "failed", sharper: "skipped" });
  const [gap] = claimOutcomes(changed);
  expect(gap?.message).toMatch(/^fail → pass: difference /);
  expect(gap?.label).toBe("drifted");
  const findings = againstBaseline(withClaims(exampleRecord(), { finding: true }), { gap: "fail" });
  expect(findings.baseline?.status).toBe("same");
  expect(outcomes(findings)["gap"]).toBe("passed");
});

test("a value that deviates is drift of the claims that read it, whatever their verdict", () => {
  const farther = againstBaseline(scaled(exampleRecord(), "SB", "distance", 1.5));
  expect(farther.baseline?.comparison?.verdictChanges).toEqual([]);
  expect(outcomes(farther)["goes-ten-times-farther"]).toBe("failed");
  expect([...driftOf(farther).byClaim.keys()]).toEqual(["goes-ten-times-farther"]);
  expect(driftOf(farther).others).toEqual([]);
  // Read with every maximiser, at either ε.
  const sharper = againstBaseline(scaled(exampleRecord(), "LB", "sharpness", 3));
  expect([...driftOf(sharper).byClaim.keys()]).toEqual(["sharper"]);
});

test("a deviation at one ε is none of a claim that reads another", () => {
  const record = exampleRecord();
  const samples = record.samples.map((sample) =>
    "value" in sample && sample.arm === "LB" && sample.epsilon === 0.0005
      ? { ...sample, value: 3 * sample.value }
      : sample,
  );
  const claims = record.suite.claims.map((claim) =>
    claim.id === "sharper" ? { ...claim, assertions: [claim.assertions[0]] as typeof claim.assertions } : claim,
  );
  const { byClaim, others } = driftOf(againstBaseline({ ...record, samples, suite: { ...record.suite, claims } }));
  expect(others.map((other) => other.split(":", 1)[0])).toContain("LB.sharpness[0.0005,scaled]");
  expect(byClaim.get("sharper")?.join() ?? "").not.toContain("LB.sharpness[");
});

test("a value that no gated claim reads has drifted all the same", () => {
  const record = scaled(exampleRecord(), "SB", "distance", 1.5);
  const unread = againstBaseline({ ...record, suite: withClaims(record, { finding: true }).suite });
  expect(outcomes(unread)).toEqual(Object.fromEntries(CLAIMS.map((id) => [id, "passed"])));
  const { byClaim, others } = driftOf(unread);
  expect(byClaim.size).toBe(0);
  expect(others).toEqual([expect.stringMatching(/^SB\.distance: /)]);
  expect(baselineTest(unread.baseline as never)).toMatchObject({ outcome: "failed" });
});

test("a value that is gone is drift of the claims that read it", () => {
  const record = exampleRecord();
  const samples = record.samples.map((sample) => {
    if (!("value" in sample) || sample.measurement !== "distance" || sample.arm !== "LB") return sample;
    const { value: _, detail: __, ...rest } = sample;
    return { ...rest, absent: "it burned" };
  });
  const gone = againstBaseline({ ...record, samples });
  const drift = driftOf(gone).byClaim.get("goes-ten-times-farther");
  expect(drift?.join()).toContain("LB.distance: has no value any more");
});

test("without a baseline to compare with nothing failed, and the comparison is an error", () => {
  const suite = reported(exampleRecord(), { baseline: { status: "not-measured", text: "baseline: none\n  there\n" } });
  expect(new Set(Object.values(outcomes(suite)))).toEqual(new Set(["passed", "skipped"]));
  expect(baselineTest(suite.baseline as never)).toEqual({ outcome: "error", message: "none", text: "none\n  there" });
});

test.each(["written", "updated"] as const)("a baseline that was %s holds what the run found", (status) => {
  const { comparison } = againstBaseline(exampleRecord(), { gap: "fail" }).baseline ?? {};
  const suite = reported(exampleRecord(), {
    baseline: { status, text: "baseline: x\n", ...(comparison ? { comparison } : {}) },
  });
  expect(outcomes(suite)).toMatchObject({ gap: "passed", "goes-ten-times-farther": "skipped" });
  expect(baselineTest(suite.baseline as never).outcome).toBe("passed");
});

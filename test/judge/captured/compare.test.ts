import { expect, test } from "vitest";
import { gateStatus } from "../../../src/judge/captured/compare.ts";
import type { RunRecord } from "../../../src/spec/run.types.ts";
import { standardDeviation } from "../../../src/stats/sample.ts";
import { diverged } from "../run-record.ts";
import { captured, compare, merged, plainSamples, record, smallIsLess } from "./captured-record.ts";

const engine = { name: "onnx", version: "2", device: "cpu", precision: "float32" };
const minorRuntime = { engine: { ...engine, version: "1.1" } };

/** The arm's values moved by so many of their standard deviations. */
function moved(reference: keyof typeof plainSamples, spreads: number) {
  const values = plainSamples[reference];
  return { ...plainSamples, [reference]: values.map((value) => value + spreads * standardDeviation(values)) };
}

test("the same values are the same, bit for bit", () => {
  const comparison = compare(record());
  expect(comparison.level).toBe("bit-equal");
  expect(comparison.quantities.map(({ level, drifted }) => ({ level, drifted }))).toEqual([
    { level: "bit-equal", drifted: false },
    { level: "bit-equal", drifted: false },
  ]);
  expect(gateStatus(comparison)).toBe("same");
  expect(comparison.summary).toContain("2 values compared, bit for bit the same");
});

test("a difference in the last bit is the same, and said", () => {
  const comparison = compare(
    record({ samples: { ...plainSamples, "SB.distance": [1.0100000000000002, 0.97, 1.04, 0.99, 1] } }),
  );
  expect(gateStatus(comparison)).toBe("same");
  expect(comparison.summary).toContain("1 bit for bit the same and the others as expected");
  expect(comparison.quantities[0]?.wording).toContain("though not bit for bit as it should be");
});

test("an arm that moved by three spreads has drifted, and only that arm", () => {
  const comparison = compare(record({ samples: moved("SB.distance", 3) }));
  expect(gateStatus(comparison)).toBe("drifted");
  expect(comparison.deviations.map(({ quantity }) => quantity)).toEqual(["SB.distance"]);
  expect(comparison.deviations[0]?.reason).toContain("at seed 0, captured 1.01");
  expect(comparison.summary).toContain("1 measured value deviates; 2 values compared");
});

test("it is found with other seeds and another minor version of the runtime too", () => {
  const comparison = compare(
    record({ samples: moved("SB.distance", 3), seeds: [10, 11, 12, 13, 14], provenance: minorRuntime }),
  );
  expect(comparison.level).toBe("statistical");
  expect(comparison.differences).toEqual(["runtime: 1.1, captured with 1"]);
  expect(comparison.deviations.map(({ quantity }) => quantity)).toEqual(["SB.distance"]);
  expect(comparison.deviations[0]?.reason).toMatch(/mean 1\.08\d* of 5 seeds; expected .* \(p = 0\.0\d+ after Holm\)/);
});

test("one seed far away is within what another runtime may give, but not within what the same may", () => {
  const samples = { ...plainSamples, "SB.distance": [1.01, 0.97, 1.04, 0.99, 1.06] };
  expect(gateStatus(compare(record({ samples, provenance: minorRuntime })))).toBe("same");
  expect(gateStatus(compare(record({ samples })))).toBe("drifted");
});

test("more values compared make it harder to deviate by chance", () => {
  const many = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`A${i}.distance`, [1.01, 0.97, 1.04, 0.99, 1]] as const),
  );
  const claim = { ...smallIsLess, first: { arm: "A0", measurement: "distance" }, second: 9 } as const;
  const seeds = [10, 11, 12, 13, 14];
  const shift = (values: readonly number[]) => values.map((value) => value + 2.2 * standardDeviation(values));
  const one = { "A0.distance": many["A0.distance"] as readonly number[] };
  const alone = captured(record({ samples: one, assertions: [claim] }));
  const among = captured(record({ samples: many, assertions: [claim] }));
  const deviating = { "A0.distance": shift(one["A0.distance"]) };
  expect(compare(record({ samples: deviating, assertions: [claim], seeds }), alone).deviations).toHaveLength(1);
  const rest = record({ samples: { ...many, ...deviating }, assertions: [claim], seeds });
  expect(compare(rest, among).deviations).toHaveLength(0);
});

test("another class is not compared, and says what differs", () => {
  const comparison = compare(record({ provenance: { node: "22", engine } }));
  expect(comparison.level).toBe("none");
  expect(gateStatus(comparison)).toBe("no-baseline");
  expect(comparison.differences).toEqual(["runtime: onnx 2, captured on onnx 1", "Node: 22, captured on 20"]);
  expect(comparison.quantities).toEqual([]);
});

test("a run of parts from several classes is not compared", () => {
  expect(gateStatus(compare(merged("c", "c")))).toBe("same");
  expect(compare(merged("c", "Intel Xeon")).differences).toEqual([
    expect.stringMatching(/^the run's parts are of different classes: c-onnx.*, intel-xeon-onnx/),
  ]);
});

test("another profile is not compared", () => {
  expect(compare(record({ profile: "quick" })).differences).toEqual(["profile: quick, captured with none"]);
});

test("a claim that is known to fail stays green, and its passing is news", () => {
  const opposite = { ...smallIsLess, kind: "greater" as const };
  const failing = captured(record({ assertions: [opposite] }));
  expect(failing.verdicts).toEqual({ claim: "fail" });
  expect(gateStatus(compare(record({ assertions: [opposite] }), failing))).toBe("same");
  const passes = compare(record(), failing);
  expect(gateStatus(passes)).toBe("drifted");
  expect(passes.verdictChanges).toMatchObject([{ claim: "claim", captured: "fail", now: "pass" }]);
  expect(passes.summary).toContain("1 verdict changed");
});

test("a finding that changes is told and not gated", () => {
  const found = record();
  const [claim] = found.suite.claims;
  const finding = { ...found, suite: { ...found.suite, claims: [{ ...claim, finding: true }] } } as RunRecord;
  const other = { ...captured(), verdicts: { claim: "fail" as const } };
  const comparison = compare(finding, other);
  expect(comparison.verdictChanges).toHaveLength(1);
  expect(gateStatus(comparison)).toBe("same");
  expect(comparison.summary).toContain("1 finding changed");
});

test("a value that is gone has drifted, with the reason", () => {
  const comparison = compare(record({ trials: [diverged("SB", 3, 17)] }));
  expect(gateStatus(comparison)).toBe("drifted");
  expect(comparison.deviations).toEqual([
    { quantity: "SB.distance", reason: "has no value any more; seed 3: diverged at update 17" },
  ]);
});

test("what only one of them has is said and not gated", () => {
  const { "LB.distance": large, ...small } = plainSamples;
  const claim = { ...smallIsLess, second: 9 } as const;
  const baseline = captured(record({ assertions: [claim] }));
  const less = compare(record({ samples: small, assertions: [claim] }), baseline);
  expect(gateStatus(less)).toBe("same");
  expect(less.notes).toEqual(["not in this run: LB.distance"]);
  const more = compare(record({ samples: { ...plainSamples, "MB.distance": large }, assertions: [claim] }), baseline);
  expect(gateStatus(more)).toBe("same");
  expect(more.notes).toEqual(["new, not captured: MB.distance"]);
});

test("values that do not vary differ only where the difference is no rounding", () => {
  const flat = { "SB.distance": [1, 1, 1, 1, 1], "LB.distance": [2, 2, 2, 2, 2] };
  const baseline = captured(record({ samples: flat }));
  const seeds = [10, 11, 12, 13, 14];
  const near = { ...flat, "SB.distance": [1, 1, 1, 1, 1 + 1e-7] };
  const far = { ...flat, "SB.distance": [1.001, 1.001, 1.001, 1.001, 1.001] };
  expect(gateStatus(compare(record({ samples: near, seeds }), baseline))).toBe("same");
  expect(gateStatus(compare(record({ samples: far, seeds }), baseline))).toBe("drifted");
});

import { expect, test } from "vitest";
import { type BaselineComparison, gateStatus } from "../../../src/judge/captured/compare.ts";
import type { RunRecord } from "../../../src/spec/run.types.ts";
import { captured, compare, record } from "./captured-record.ts";

const seconds = [0.0101, 0.0099, 0.01, 0.0102, 0.0098];

/** Step times of one arm. */
function timed(values: readonly number[], workers = 1): RunRecord {
  const made = record({
    samples: { "SB.step": values },
    assertions: [{ kind: "less", first: { arm: "SB", measurement: "step", part: "seconds" }, second: 1 }],
    provenance: { workers },
  });
  const [arm] = made.suite.arms;
  return {
    ...made,
    suite: { ...made.suite, arms: [{ ...arm, measure: { step: { metric: "step-time" } } }] } as RunRecord["suite"],
    samples: made.samples.flatMap((sample) => [
      { ...sample, part: "seconds" },
      { ...sample, part: "training-seconds" },
    ]),
  };
}

function compareTimes(factor: number, workers = 1): BaselineComparison {
  // Not the same order, so that no value is equal bit for bit.
  const ours = timed(
    seconds.toReversed().map((value) => value * factor),
    workers,
  );
  return compare(ours, captured(timed(seconds)));
}

test("times that differ by less than a tenth are noise, however clear the difference", () => {
  const comparison = compareTimes(1.08);
  expect(gateStatus(comparison)).toBe("same");
  expect(comparison.quantities).toMatchObject([{ quantity: "SB.step[seconds]", level: "timing" }]);
  expect(comparison.quantities[0]?.wording).toBe("8 % more than captured: below 10 % it is noise");
});

test("times that differ by more and clearly have drifted", () => {
  expect(compareTimes(1.2).deviations).toMatchObject([{ quantity: "SB.step[seconds]" }]);
  expect(compareTimes(1.2).deviations[0]?.reason).toMatch(/^20 % more than captured \(p = .*e-\d+ after Holm\)$/);
});

test("times that vary as much as they differ have not", () => {
  const ours = timed([0.008, 0.02, 0.01, 0.013, 0.009]);
  expect(gateStatus(compare(ours, captured(timed(seconds))))).toBe("same");
});

test("times that came out apart when they were measured twice are noise up to there, on whichever side that was", () => {
  const withRepeats = (made: RunRecord, ratio: number): RunRecord => ({
    ...made,
    samples: made.samples.flatMap((sample) =>
      sample.part === "seconds" ? [sample, { ...sample, part: "repeat-ratio" as const, value: ratio }] : [sample],
    ),
  });
  const slower = timed(seconds.toReversed().map((value) => value * 1.2));
  const compareAt = (ours: number, then: number) =>
    compare(withRepeats(slower, ours), captured(withRepeats(timed(seconds), then)));
  expect(compareAt(1.25, 1).quantities).toMatchObject([{ drifted: false }]);
  expect(compareAt(1.25, 1).quantities[0]?.wording).toBe("20 % more than captured: below 25 % it is noise");
  expect(compareAt(1, 0.8).quantities[0]?.wording).toBe("20 % more than captured: below 25 % it is noise");
  expect(compareAt(1.05, 0.97).deviations).toMatchObject([{ quantity: "SB.step[seconds]" }]);
});

test("times with another number of workers are not compared", () => {
  const comparison = compareTimes(3, 2);
  expect(gateStatus(comparison)).toBe("same");
  expect(comparison.notes).toContain(
    "times depend on the number of workers and threads, which differ: SB.step[seconds]",
  );
});

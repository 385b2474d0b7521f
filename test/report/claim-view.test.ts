import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import { seedEffects } from "../../src/report/claim/seed-effects.ts";
import { isMeasured } from "../../src/report/words/measured-result.ts";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { exampleRecord } from "./example-record.ts";
import { open, render } from "./page.ts";

const example = exampleRecord();
const outcome = (record: RunRecord, id: string) =>
  open(render(record)).document.querySelector(`#claim-${id} .outcome`)?.textContent?.replace(/\s+/g, " ").trim();

test.each([
  ["gap", "Holds at this scale."],
  ["goes-ten-times-farther", "Does not hold at this scale."],
  ["more-curved", "Not measured, so nothing is said of it."],
])("the verdict on %s is a sentence", (id, words) => {
  expect(outcome(example, id)).toBe(words);
});

test("at the paper's scale a verdict holds here", () => {
  expect(outcome({ ...example, suite: { ...example.suite, profile: "paper" } }, "gap")).toBe("Holds here.");
});

test("each seed has a point beside the interval, and their mean is its estimate", () => {
  const [gap] = judge(example);
  const [result] = gap?.assertions[0].results ?? [];
  if (!result || !isMeasured(result)) throw new Error("the gap is measured");
  const effects = seedEffects(result);
  expect(effects).toHaveLength(5);
  expect(effects.map(({ seed }) => seed)).toEqual([0, 1, 2, 3, 4]);
  expect(effects.reduce((sum, { effect }) => sum + effect, 0) / 5).toBeCloseTo(result.effect.estimate, 12);
  const chart = open(render(example)).document.querySelector("#claim-gap .chart");
  // Hollow: five seeds. Filled: the estimate, and the paper's diamond.
  expect(chart?.querySelectorAll('g[fill="var(--page)"] > circle, circle[stroke="var(--pass)"]').length).toBe(5);
});

test("seeds without a ratio are in neither the estimate nor the points", () => {
  for (const verdict of judge(example)) {
    for (const result of verdict.assertions.flatMap(({ results }) => results)) {
      if (!isMeasured(result)) continue;
      expect([0, result.effect.n]).toContain(seedEffects(result).length);
      for (const { effect } of seedEffects(result)) expect(Number.isFinite(effect)).toBe(true);
    }
  }
});

test("a verdict that hangs on the maximiser is marked so", () => {
  // One maximiser sees the small batch sharper.
  const samples = example.samples.map((sample) =>
    "value" in sample && sample.maximiser === "scaled" && sample.epsilon === 0.001 && sample.arm === "SB"
      ? { ...sample, value: sample.value * 1e6 }
      : sample,
  );
  const record = { ...example, samples };
  const { document } = open(render(record));
  expect(document.querySelector("#claim-sharper .proviso")?.textContent).toBe("maximiser-dependent");
  expect(document.querySelectorAll(".overview .proviso")).toHaveLength(1);
  expect(open(render(example)).document.querySelectorAll("#claim-gap .proviso")).toHaveLength(0);
});

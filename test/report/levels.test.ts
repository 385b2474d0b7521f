import { expect, test } from "vitest";
import { methodsProse } from "../../src/report/methods/prose.ts";
import type { Claim, RunRecord } from "../../src/spec/run.types.ts";
import { exampleRecord } from "./example-record.ts";
import { open, render } from "./page.ts";

const example = exampleRecord();

/** The gap has to exceed 0.0023: its interval does at 95 %, and not at the 97.5 % of two open claims. */
function judgedTogether(multiplicity: "holm" | "none"): RunRecord {
  const claims = example.suite.claims.map((claim): Claim => {
    const [assertion] = claim.assertions;
    return claim.id === "gap" && assertion.kind === "difference"
      ? { ...claim, assertions: [{ ...assertion, above: 0.0023 }] }
      : claim;
  });
  return { ...example, suite: { ...example.suite, multiplicity, claims } };
}

function claimText(record: RunRecord, id: string): string {
  const section = open(render(record)).document.querySelector(`#claim-${id}`);
  return section?.textContent?.replace(/\s+/g, " ") ?? "";
}

test("a claim that its neighbours undo says what it would be alone, and at which level each", () => {
  const record = judgedTogether("holm");
  expect(claimText(record, "gap")).toContain("Not decided at this scale: neither shown nor refuted.");
  expect(claimText(record, "gap")).toContain(
    "Alone it would be pass, with intervals at 95 %. The suite judges its 4 claims together (Holm), which asks for 98.3333 % of this one.",
  );
  const { document } = open(render(record));
  expect([...document.querySelectorAll(".overview .proviso")].map(({ textContent }) => textContent)).toEqual([
    "alone: pass",
  ]);
  expect(document.querySelectorAll(".alone")).toHaveLength(1);
});

test("of a suite whose seeds are added no level is told that it would have alone: each look has its own", () => {
  const record = judgedTogether("holm");
  const { length } = record.suite.seeds;
  const text = claimText({ ...record, suite: { ...record.suite, sequential: { min: length, max: length } } }, "gap");
  expect(text).toContain("Alone it would be pass. The suite judges its 4 claims together");
});

test("an effect that is there and short of the declared minimum is not called unseen", () => {
  const claims = example.suite.claims.map((claim): Claim => {
    const [assertion] = claim.assertions;
    return claim.id === "gap" && assertion.kind === "difference"
      ? { ...claim, assertions: [{ ...assertion, atLeast: 0.5 }] }
      : claim;
  });
  const text = claimText({ ...example, suite: { ...example.suite, multiplicity: "none", claims } }, "gap");
  expect(text).toContain("Seen at this scale, but smaller than the claim asks: not decided.");
  expect(text).toContain("short of the declared minimum 0.5");
});

test("without Holm it stands, and nothing is said of others", () => {
  const text = claimText(judgedTogether("none"), "gap");
  expect(text).toContain("Holds at this scale.");
  expect(text).not.toContain("Holm");
});

test("every claim tells the level of its own intervals, the table of verdicts the span of all", () => {
  const record = judgedTogether("holm");
  // Decided at 95 % as if it were alone.
  expect(claimText(record, "goes-ten-times-farther")).toContain("; intervals at 95 %.");
  expect(claimText(record, "gap")).toContain("; intervals at 98.3333 %.");
  expect(open(render(record)).document.querySelector(".overview caption")?.textContent).toContain(
    "in brackets their intervals at 95 % to 98.3333 %;",
  );
});

test("an equivalence has its interval at the level of two one-sided tests", () => {
  const claims = example.suite.claims.map((claim): Claim => {
    const [assertion] = claim.assertions;
    if (claim.id !== "gap" || assertion.kind !== "difference") return claim;
    const { first, second } = assertion;
    return { ...claim, assertions: [{ kind: "equivalent", first, second, margin: 0.01, scale: "difference" }] };
  });
  expect(claimText({ ...example, suite: { ...example.suite, claims } }, "gap")).toContain("; intervals at 90 %.");
});

test("of seeds that were added after the decision none had a part in it", () => {
  const record: RunRecord = { ...example, suite: { ...example.suite, sequential: { min: 3, max: 5 } } };
  expect(claimText(record, "goes-ten-times-farther")).toContain("the first 3 of 5 seeds, which decided it");
});

test.each([
  ["none", "Nothing corrects for the number of claims."],
  ["holm", "The 4 claims are judged together by Holm's step-down procedure (Holm 1979)"],
] as const)("the methods tell what bounds the error: %s", (multiplicity, words) => {
  expect(methodsProse({ ...example, suite: { ...example.suite, multiplicity } }).join(" ")).toContain(words);
});

test("the methods tell when a sequential suite looked, and that arms differ in seeds", () => {
  const trials = example.trials.filter(({ arm, seed }) => arm !== "LB" || seed < 3);
  const prose = methodsProse({
    ...example,
    trials,
    suite: { ...example.suite, sequential: { min: 3, max: 5 } },
  }).join(" ");
  expect(prose).toContain("which were judged with 3 and 5 seeds; a look spends of the allowed error in proportion");
  expect(prose).toContain("Each was trained once at each of 3 to 5 seeds, 8 trials in all.");
});

import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import { fillNormal } from "../../src/data/normal.ts";
import { judge } from "../../src/judge/judge.ts";
import type { ResolvedAssertion } from "../../src/spec/run.types.ts";
import { runRecord } from "./run-record.ts";

const RUNS = 2000;
const SEEDS = [0, 1, 2, 3, 4];

/** Shares of the verdicts over many runs in which the second arm is the first but for this factor and its own noise. */
function sharesOf(kind: "ratio" | "difference", effect: number) {
  const random = xoroshiro128plus(20);
  const draws = new Float32Array(2 * SEEDS.length);
  const counts = { pass: 0, fail: 0, inconclusive: 0, "not-measured": 0 };
  const operands = { first: { arm: "A", measurement: "x" }, second: { arm: "B", measurement: "x" } };
  const assertion: ResolvedAssertion = { kind, ...operands, above: kind === "ratio" ? 1 : 0 };
  for (let run = 0; run < RUNS; run += 1) {
    fillNormal(draws, random);
    const values = [...draws].map((draw) => (kind === "ratio" ? Math.exp(draw) : draw));
    const first = values.slice(0, SEEDS.length).map((value) => (kind === "ratio" ? value * effect : value + effect));
    const samples = { "A.x": first, "B.x": values.slice(SEEDS.length) };
    const [verdict] = judge(runRecord({ seeds: SEEDS, samples, assertions: [assertion] }));
    counts[verdict!.status] += 1;
  }
  return { pass: counts.pass / RUNS, fail: counts.fail / RUNS };
}

// 2.5 % on either side; 0.35 points are one standard error of 2000 runs.
test.each(["ratio", "difference"] as const)("two equal arms differ by %s in 5 %% of the runs", (kind) => {
  const { pass, fail } = sharesOf(kind, kind === "ratio" ? 1 : 0);
  for (const share of [pass, fail]) {
    expect(share).toBeGreaterThan(0.015);
    expect(share).toBeLessThan(0.036);
  }
});

test.each([
  ["ratio", 50],
  ["difference", 4],
] as const)("a planted effect is found: %s %d", (kind, effect) => {
  const { pass, fail } = sharesOf(kind, effect);
  expect(pass).toBeGreaterThan(0.95);
  expect(fail).toBe(0);
});

import { expect, test } from "vitest";
import { compareRecords } from "../../src/judge/compare/compare.ts";
import { explain } from "../../src/judge/explain/explain.ts";
import { judge } from "../../src/judge/judge.ts";
import { openClaims } from "../../src/judge/open-claims.ts";
import { drawsOf } from "../../src/judge/selftest/draws.ts";
import type { Scenario } from "../../src/judge/selftest/scenario.ts";
import { SCENARIOS } from "../../src/judge/selftest/selftest.ts";
import { simulatedRecord } from "../../src/judge/selftest/simulated-record.ts";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { runRecord } from "./run-record.ts";

const MOST = Number.MAX_VALUE;
const EXTREMES = [0, -0, 1, -1, Number.MIN_VALUE, 1e-300, -1e-300, 2e-170, 1e155, -1e160, 1e200, -1e200, MOST, -MOST];

/** A record of a scenario whose values are replaced by others, of one to six seeds. */
function replaced({ kind, assertion, measure, sample, published }: Scenario, round: number): RunRecord {
  const draws = drawsOf(round, kind);
  const seeds = Array.from({ length: 1 + (round % 6) }, (_, i) => i);
  const pool = round % 4 === 0 ? [-MOST, MOST] : EXTREMES;
  const pick = () => pool[Math.floor(Math.abs(1000 * draws.normal())) % pool.length] as number;
  return simulatedRecord({
    seeds,
    confidence: 0.95,
    measure,
    samples: seeds.flatMap((seed) =>
      sample(seed, 1, draws).map((each) => ("value" in each ? { ...each, value: pick() } : each)),
    ),
    assertions: [assertion],
    published: published?.(draws) ?? {},
    multiplicity: "holm",
  });
}

/** JSON writes what is no number as null. */
function withoutNumber(found: unknown): string[] {
  const names: string[] = [];
  JSON.stringify(found, (key, value) => {
    if (typeof value === "number" && !Number.isFinite(value)) names.push(key);
    return value;
  });
  return names;
}

test.each(SCENARIOS)("$kind: values at the ends of the range of numbers give numbers", (scenario) => {
  for (let round = 0; round < 30; round += 1) {
    const record = replaced(scenario, 2 * round);
    const other = replaced(scenario, 2 * round + 1);
    const sources = [record, other].map((each, i) => ({ file: String(i), record: each }));
    for (const found of [judge(record), openClaims(record), explain(record, "claim 0"), compareRecords(sources)]) {
      expect(withoutNumber(found)).toEqual([]);
    }
  }
});

test("values whose squares vanish have a spread all the same", () => {
  const record = runRecord({
    samples: { "A.x": [5e-170, -3e-170, 4e-170, -2e-170, 1e-170] },
    assertions: [{ kind: "greater", first: { arm: "A", measurement: "x" }, second: 0 }],
  });
  expect(judge(record)).toMatchObject([{ status: "inconclusive" }]);
});

test("a sum beyond the range of numbers is a gap, told as one", () => {
  const of = { arm: "A", measurement: "x" };
  const record = runRecord({
    samples: { "A.x": [1, 2, MOST, 3, 4] },
    assertions: [
      {
        kind: "combination",
        terms: [
          { factor: 1, of },
          { factor: 1, of },
        ],
        above: 0,
      },
    ],
  });
  const [verdict] = judge(record);
  expect(verdict?.status).toBe("inconclusive");
  expect(verdict?.reason).toContain("at seed 2 came out beyond the range of numbers");
});

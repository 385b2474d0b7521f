import { expect, test } from "vitest";
import { PROCEDURES } from "../../src/judge/selftest/procedures.ts";
import { sabotage } from "../../src/judge/selftest/sabotage.ts";
import { SCENARIOS, SEED_COUNTS, selftest } from "../../src/judge/selftest/selftest.ts";
import type { ResolvedAssertion } from "../../src/spec/run.types.ts";
import { runRecord } from "./run-record.ts";

const first = { arm: "A", measurement: "x" };
const second = { arm: "B", measurement: "x" };

test("two equal arms pass and fail in 2.5 % of the runs, and an effect of four spreads is found", () => {
  const { falseAlarms, power, exceeding } = selftest({ pairs: 400, seed: 1, kinds: ["ratio"] });
  expect(falseAlarms.map(({ seeds, verdict }) => `${seeds} ${verdict}`)).toEqual(
    SEED_COUNTS.flatMap((seeds) => [`${seeds} pass`, `${seeds} fail`]),
  );
  for (const { count, runs, nominal } of falseAlarms) {
    expect(nominal).toBe(0.025);
    // Three standard errors on either side.
    expect(count / runs).toBeGreaterThan(0.001);
    expect(count / runs).toBeLessThan(0.05);
  }
  expect(exceeding).toEqual([]);
  const found = power.find(({ seeds, effect }) => seeds === 5 && effect === 4);
  expect(found!.count / found!.runs).toBeGreaterThan(0.95);
  const rising = power.filter(({ seeds }) => seeds === 10).map(({ count }) => count);
  expect(rising).toEqual(rising.toSorted((a, b) => a - b));
});

test("of a known limit the excess is told and does not count", () => {
  const { falseAlarms, exceeding } = selftest({ pairs: 100, seed: 0, kinds: ["correlation, grouped"] });
  const atTen = falseAlarms.filter(({ seeds }) => seeds === 10);
  expect(atTen.map(({ exceeds }) => exceeds)).toEqual([true, true]);
  expect(atTen[0]?.limit).toContain("not independent");
  expect(exceeding).toEqual([]);
});

test("several claims, and several looks, err in no more than 5 % of the runs, and much more without correction", () => {
  const { procedures, procedurePower, exceeding } = selftest({
    pairs: 300,
    seed: 2,
    kinds: PROCEDURES.map(({ name }) => name),
  });
  const share = (name: string) => {
    const rate = procedures.find(({ procedure }) => procedure === name);
    return rate!.count / rate!.runs;
  };
  // Ten independent tests at 5 %: 1 − 0.95¹⁰ = 0.40. Standard errors are 0.028 there, 0.013 at 0.05.
  expect(share("10 claims, each alone")).toBeGreaterThan(0.3);
  expect(share("10 claims, Holm")).toBeLessThan(0.09);
  expect(share("3 to 20 seeds, uncorrected looks")).toBeGreaterThan(0.1);
  expect(share("3 to 20 seeds")).toBeLessThan(0.09);
  expect(share("4 claims, Holm, 3 to 12 seeds")).toBeLessThan(0.09);
  // Those without correction are told and do not count.
  expect(exceeding).toEqual([]);

  const sequential = procedurePower.filter(({ procedure }) => procedure === "3 to 20 seeds");
  expect(sequential.map(({ effect }) => effect)).toEqual([0.5, 1, 2, 4]);
  expect(sequential.at(-1)).toMatchObject({ claims: 75, count: 75 });
  const seeds = sequential.map((each) => each.seeds);
  expect(seeds).toEqual(seeds.toSorted((a, b) => b - a));
  expect(seeds.at(-1)).toBeLessThan(8);
});

test("a seed gives the same runs again, another seed others", () => {
  const run = (seed: number) => selftest({ pairs: 60, seed, kinds: ["difference"] }).power.map(({ count }) => count);
  expect(run(3)).toEqual(run(3));
  expect(run(4)).not.toEqual(run(3));
});

test.each(SCENARIOS.map((scenario) => [scenario.kind] as const))("%s is judged, and four spreads are found", (kind) => {
  const { falseAlarms, power } = selftest({ pairs: 40, seed: 0, kinds: [kind] });
  expect(falseAlarms.length).toBeGreaterThan(0);
  const most = power.find(({ seeds, effect }) => seeds === 10 && effect === 4);
  expect(most?.count).toBeGreaterThan(7);
});

const samples = { "A.x": [5, 6, 7, 8, 9], "B.x": [1, 1.1, 1.2, 1.3, 1.4] };

function afterDamage(assertion: ResolvedAssertion, values: Record<string, readonly number[]> = samples) {
  const damaged = sabotage(runRecord({ samples: values, assertions: [assertion] }));
  return Object.fromEntries(damaged.map(({ sabotage: name, before, after }) => [name, `${before} → ${after}`]));
}

test("a ratio turns where its arms change places, where a seed is lost and where the smaller arm is scaled", () => {
  expect(afterDamage({ kind: "ratio", first, second, above: 1 })).toEqual({
    swap: "pass → fail",
    shuffle: "pass → pass",
    drop: "pass → inconclusive",
    scale: "pass → fail",
  });
});

test("pairs that lose each other no longer show a small difference", () => {
  const paired = { "A.x": [1.1, 2.11, 3.1, 4.09, 5.1], "B.x": [1, 2, 3, 4, 5] };
  expect(afterDamage({ kind: "difference", first, second, above: 0 }, paired)["shuffle"]).toBe("pass → inconclusive");
});

test("an ordering is read backwards, and its denial turns with it", () => {
  const ordered: ResolvedAssertion = { kind: "ordered", of: [second, first] };
  expect(afterDamage(ordered)["swap"]).toBe("pass → fail");
  expect(afterDamage({ kind: "not", assertion: ordered })["swap"]).toBe("fail → pass");
});

test("a bound that leaves room for both directions may pass both ways round", () => {
  const record = runRecord({
    samples,
    assertions: [{ kind: "difference", first, second, above: -20 }],
  });
  const swapped = sabotage(record).find(({ sabotage: name }) => name === "swap");
  expect(swapped).toMatchObject({ before: "pass", after: "pass", wrong: false });
});

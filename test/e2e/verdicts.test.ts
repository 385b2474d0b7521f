import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, readJson } from "./program.ts";
import { fails, holds, open, tinySuite } from "./suites.ts";

test.each([
  { name: "a claim that holds", claims: { holds }, words: [], code: 0, table: "1 pass" },
  { name: "a claim that fails", claims: { holds, fails }, words: [], code: 1, table: "1 pass · 1 fail" },
  { name: "an open claim", claims: { open }, words: ["--seeds", "1"], code: 0, table: "1 inconclusive" },
  {
    name: "an open claim with --fail-on inconclusive",
    claims: { open },
    words: ["--seeds", "1", "--fail-on", "inconclusive"],
    code: 3,
    table: "1 inconclusive",
  },
])("$name ends a run with $code", async ({ claims, words, code, table }) => {
  const place = folder();
  place.write("suite.json", tinySuite({ claims }));
  const run = await place.run(["run", "suite.json", ...words]);
  expect(run.stdout).toContain(`\n${table}\n`);
  expect(run.code).toBe(code);
});

test("a training that diverges is not measured and names the update", async () => {
  const place = folder();
  place.write("suite.json", tinySuite({ train: { optimizer: { sgd: { learningRate: 1e30 } } } }));
  const run = await place.run(["run", "suite.json"]);
  expect(run.stdout).toContain("not-measured  holds");
  expect(run.stdout.replace(/\s+/g, " ")).toMatch(/diverged at update \d+/);
  expect(run.stderr).toMatch(/SB seed 0 diverged: the loss stopped being finite at update \d+/);
  expect(run.code).toBe(4);
  const { trials, samples } = readJson(join(place.runs("tiny")[0] as string, "run.json"));
  expect(trials.map(({ state }: { state: string }) => state)).toEqual(["diverged", "diverged", "diverged", "diverged"]);
  expect(samples.every((sample: object) => "absent" in sample)).toBe(true);
});

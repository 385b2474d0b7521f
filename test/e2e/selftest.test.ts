import { expect, test } from "vitest";
import { folder } from "./program.ts";

test("the judge errs no more often than it may", async () => {
  const { code, stdout } = await folder().run(["selftest", "--pairs", "60"]);
  expect(stdout).toMatch(/None of \d+ rates exceeds its nominal share beyond chance/);
  expect(stdout).toMatch(/^ratio +5 +pass +\d+ +\d+ +\d+ +\d+$/m);
  expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
  expect(code).toBe(0);
});

test("rates are told as JSON, with what damage to a record does", async () => {
  const place = folder();
  const suite = {
    suite: "tiny",
    seeds: 2,
    arms: {
      SB: {
        network: { input: [784], layers: [{ layer: "dense", units: 10 }] },
        data: { set: "mnist", train: 64, test: 32 },
        train: { batch: 16, optimizer: { sgd: { learningRate: 0.05 } }, stop: { epochs: 1 } },
      },
    },
    measure: { accuracy: { metric: "accuracy", on: "train" } },
    claims: { holds: { statement: "A statement.", source: "p. 1", assert: [{ greater: ["SB.accuracy", -20] }] } },
  };
  place.write("suite.json", suite);
  await place.run(["run", "suite.json"]);
  const record = `${place.runs("tiny")[0]}/run.json`;
  const { code, stdout } = await place.run(["selftest", "--pairs", "20", "--seed", "1", "--json", "--record", record]);
  const { falseAlarms, sabotage, seed } = JSON.parse(stdout);
  expect(seed).toBe(1);
  expect(falseAlarms[0]).toMatchObject({ kind: "greater", seeds: 3, verdict: "pass", runs: 20, nominal: 0.025 });
  expect(sabotage).toEqual([
    expect.objectContaining({ sabotage: "drop", claim: "holds", before: "pass", after: "not-measured", wrong: false }),
  ]);
  expect(code).toBe(0);
});

test("a number of runs that is none is refused", async () => {
  const { code, stderr } = await folder().run(["selftest", "--pairs", "0"]);
  expect(stderr).toContain("Expected a whole number of at least 1.");
  expect(code).toBe(2);
});

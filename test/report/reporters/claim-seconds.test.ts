import { expect, test } from "vitest";
import { claimSeconds } from "../../../src/report/reporters/claim-seconds.ts";
import type { Claim, RunRecord, Trial } from "../../../src/spec/run.types.ts";
import { exampleRecord } from "../example-record.ts";

function withTrials(change: (trial: Trial) => Trial): RunRecord {
  const record = exampleRecord();
  return { ...record, trials: record.trials.map(change) };
}

test("claims share the seconds of the arms they read, and together have all of them", () => {
  const record = withTrials((trial) =>
    trial.state === "completed" ? { ...trial, trainSeconds: trial.arm === "SB" ? 3 : 1, measureSeconds: 1 } : trial,
  );
  const [first] = record.suite.claims;
  if (!first) throw new Error("the example has claims");
  const assertions: Claim["assertions"] = [{ kind: "greater", first: { arm: "SB", measurement: "x" }, second: 0 }];
  const only: Claim = { ...first, id: "only-SB", assertions };
  const seconds = claimSeconds({ ...record, suite: { ...record.suite, claims: [first, only] } });
  // Five seeds: SB 4 s each by two, LB 2 s each by one.
  expect(Object.fromEntries(seconds)).toEqual({ gap: 10 + 10, "only-SB": 10 });
});

test("what came from the store took no time, nor is any known of what did not complete", () => {
  const reused = withTrials((trial) => (trial.state === "completed" ? { ...trial, reused: true } : trial));
  expect([...claimSeconds(reused).values()]).toEqual([0, 0, 0, 0]);
  const notRun = withTrials(({ arm, seed }) => ({ state: "crashed", arm, seed, reason: "it burned" }));
  expect([...claimSeconds(notRun).values()]).toEqual([0, 0, 0, 0]);
});

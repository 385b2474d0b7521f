import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import { mergeRecords } from "../../src/run/records/merge-records.ts";
import { machineDifferences } from "../../src/run/records/merged-provenance.ts";
import { ClaimbenchError } from "../../src/spec/error.ts";
import { readRunRecord } from "../../src/spec/read-run-record.ts";
import type { RunRecord, Trial } from "../../src/spec/run.types.ts";
import { diverged, runRecord } from "../judge/run-record.ts";

/** Two arms at three seeds, measured once each. */
const whole = runRecord({
  seeds: [0, 1, 2],
  samples: { "SB.norm": [1, 2, 3.5], "LB.norm": [4, 6, 8] },
  assertions: [{ kind: "less", first: { arm: "SB", measurement: "norm" }, second: { arm: "LB", measurement: "norm" } }],
});

type Keep = (trial: { arm: string; seed: number }) => boolean;
const seed = (value: number) => (trial: { seed: number }) => trial.seed === value;

/** What a run of the trials that are kept would have left. */
function shard(index: number, keep: Keep, from: RunRecord = whole): RunRecord {
  return {
    ...from,
    run: {
      ...from.run,
      id: `r${index}`,
      startedAt: `2026-01-0${index}`,
      endedAt: `2026-02-0${index}`,
      durationSeconds: 10 * index,
      command: `claimbench run s --shard ${index}/3 --threads 1`,
      shard: { index, count: 3 },
    },
    trials: from.trials.filter(keep),
    samples: from.samples.filter(keep),
  };
}

const shards = [shard(1, seed(0)), shard(2, seed(1)), shard(3, seed(2))] as const;
const merge = (...records: readonly RunRecord[]) =>
  mergeRecords(records.map((record, i) => ({ file: `${"abcdef"[i]}.json`, record })));
const named = (merged: ReturnType<typeof merge>): RunRecord => ({ ...merged, run: { id: "m", ...merged.run } });

function failure(...records: readonly RunRecord[]): ClaimbenchError {
  try {
    merge(...records);
  } catch (error) {
    if (error instanceof ClaimbenchError) return error;
    throw error;
  }
  throw new Error("they were merged");
}

function withTrial(record: RunRecord, trial: Trial): RunRecord {
  const others: Keep = (each) => each.arm !== trial.arm || each.seed !== trial.seed;
  return { ...record, trials: [...record.trials.filter(others), trial], samples: record.samples.filter(others) };
}

test("shards merged in any order are the whole run: its trials, samples and verdicts", () => {
  for (const order of [shards, [...shards].reverse()]) {
    const merged = named(merge(...order));
    expect(readRunRecord(JSON.stringify(merged), "run.json")).toEqual(merged);
    expect(new Set(merged.trials)).toEqual(new Set(whole.trials));
    expect(merged.trials).toHaveLength(6);
    expect(new Set(merged.samples)).toEqual(new Set(whole.samples));
    expect(merged.samples).toHaveLength(6);
    expect(merged.provenance).toEqual(whole.provenance);
    expect(judge(merged)).toEqual(judge(whole));
  }
});

test("the record says which runs it is made of and what each brought", () => {
  const { run } = merge(...shards);
  expect(run).toMatchObject({
    startedAt: "2026-01-01",
    endedAt: "2026-02-03",
    status: "complete",
    durationSeconds: 60,
    command: "claimbench run s --threads 1",
  });
  expect(run).not.toHaveProperty("shard");
  expect(run.parts.map((part) => part.shard?.index)).toEqual([1, 2, 3]);
  expect(run.parts[1]).toEqual({
    ...shards[1].run,
    provenance: whole.provenance,
    trials: [
      { arm: "SB", seed: 1 },
      { arm: "LB", seed: 1 },
    ],
  });
});

test("a trial in none of them was not run, and the claim is not judged as if it were whole", () => {
  const merged = named(merge(shards[0], shards[1]));
  expect(merged.run.status).toBe("interrupted");
  expect(merged.trials.filter(({ state }) => state === "not-run")).toEqual(
    ["SB", "LB"].map((arm) => ({ state: "not-run", arm, seed: 2, reason: "in none of the merged records" })),
  );
  const [verdict] = judge(merged);
  expect(verdict?.status).toBe("inconclusive");
  expect(verdict?.reason).toContain("in none of the merged records");
});

test("merging goes on from a merged record, whose parts stay apart", () => {
  const two = named(merge(shards[0], shards[1]));
  expect(merge(two, shards[2])).toEqual(merge(...shards));
  expect(merge(two, shards[1], shards[2]).run).toEqual(merge(...shards).run);
});

test("what came to an end counts before what crashed, and that before what was not run", () => {
  const crashed: Trial = { state: "crashed", arm: "SB", seed: 0, reason: "killed" };
  const notRun: Trial = { state: "not-run", arm: "SB", seed: 0, reason: "the run was interrupted" };
  const first = ([...records]: RunRecord[]) => merge(...records).trials[0];
  const [good, bad, none] = [shards[0], withTrial(shards[0], crashed), withTrial(shards[0], notRun)];
  expect(first([bad, good])).toEqual(good.trials[0]);
  expect(first([none, bad])).toEqual(crashed);
  expect(first([none, shards[1]])).toEqual(notRun);
  expect(merge(bad, good).run.parts[0].trials).toEqual([{ arm: "LB", seed: 0 }]);
  expect(merge(bad, good).samples).toEqual(good.samples);
});

test("a trial present twice has to have the same samples", () => {
  const both = shard(2, ({ seed }) => seed < 2);
  expect(merge(shards[0], both).samples).toHaveLength(4);

  const samples = both.samples.map((sample) => (sample.arm === "LB" ? { ...sample, value: 4.000001 } : sample));
  expect(failure(shards[0], { ...both, samples })).toMatchObject({
    code: "samples-differ",
    exitCode: 2,
    message: "trial LB seed 0 is not the same in a.json and b.json: norm 4, and norm 4.000001",
  });
  expect(failure(shards[0], withTrial(both, diverged("SB", 0, 7))).message).toBe(
    "trial SB seed 0 is not the same in a.json and b.json: completed, and diverged",
  );
});

test.each<{ what: string; change: (record: RunRecord) => RunRecord; message: string }>([
  { what: "suite", change: (r) => ({ ...r, suite: { ...r.suite, id: "t" } }), message: "suite: s, and t" },
  {
    what: "profile",
    change: (r) => ({ ...r, suite: { ...r.suite, profile: "quick" } }),
    message: "profile: none, and quick",
  },
  { what: "seeds", change: (r) => ({ ...r, suite: { ...r.suite, seeds: [0, 1] } }), message: "seeds: 0,1,2, and 0,1" },
  {
    what: "arm",
    change: (r) => ({ ...r, suite: { ...r.suite, arms: r.suite.arms.map((arm) => ({ ...arm, networkName: "x" })) } }),
    message: "arm SB: not the same\n  arm LB: not the same",
  },
  {
    what: "number of arms",
    change: (r) => ({ ...r, suite: { ...r.suite, arms: r.suite.arms.slice(1) } }),
    message: "arm SB: only in the first",
  },
  {
    what: "claim",
    change: (r) => ({ ...r, suite: { ...r.suite, claims: r.suite.claims.map((c) => ({ ...c, statement: "x" })) } }),
    message: "claim claim: not the same",
  },
  {
    what: "confidence",
    change: (r) => ({ ...r, suite: { ...r.suite, confidence: 0.9 } }),
    message: "suite's heading and confidence: not the same",
  },
  { what: "bytes", change: (r) => ({ ...r, suite: { ...r.suite, sha256: "1" } }), message: "SHA-256: 0, and 1" },
  {
    what: "version",
    change: (r) => ({ ...r, provenance: { ...r.provenance, claimbench: { version: "1" } } }),
    message: "claimbench: 0, and 1",
  },
  {
    what: "engine",
    change: (r) => ({ ...r, provenance: { ...r.provenance, engine: { ...r.provenance.engine, device: "cuda" } } }),
    message: "engine: onnx (1) on cpu, float32, and onnx (1) on cuda, float32",
  },
  {
    what: "data",
    change: (r) => ({ ...r, provenance: { ...r.provenance, dataSets: [{ name: "x", sha256: "f" }] } }),
    message: "data file x: only in the second",
  },
  {
    what: "published values",
    change: (r) => ({ ...r, published: { "/a": { statement: "x" } } as unknown as RunRecord["published"] }),
    message: "published values: not the same",
  },
])("records that differ in their $what do not belong together", ({ change, message }) => {
  const error = failure(shards[0], shards[1], change(shards[2]));
  expect(error).toMatchObject({ code: "records-differ", exitCode: 2 });
  expect(error.message).toMatch(/^a\.json and c\.json do not belong together:\n {2}/);
  expect(error.message).toContain(message);
});

test("different machines are merged, and all are named", () => {
  const { hardware } = whole.provenance;
  const elsewhere: RunRecord = {
    ...shards[1],
    provenance: {
      ...whole.provenance,
      hardware: { ...hardware, cpu: "d", cores: 8, gpu: "g" },
      threadsPerWorker: 4,
      node: "22",
    },
  };
  const idle: RunRecord = {
    ...shard(3, () => false),
    provenance: { ...whole.provenance, hardware: { ...hardware, cpu: "idle" } },
  };
  const merged = merge(shards[0], elsewhere, idle);
  expect(merged.provenance).toEqual({
    ...whole.provenance,
    node: "20 and 22",
    hardware: { ...hardware, cpu: "c and d", gpu: "g" },
  });
  expect(merged.run.parts.map(({ provenance }) => provenance.hardware.cpu)).toEqual(["c", "d", "idle"]);
  expect(machineDifferences(merged.run.parts)).toEqual([
    "processors: c, d",
    "graphics processors: none, g",
    "threads per worker: 1, 4",
    "versions of Node: 20, 22",
  ]);
  expect(machineDifferences(merge(...shards).run.parts)).toEqual([]);
});

test("none, one, and one given twice are nothing to merge", () => {
  expect(failure()).toMatchObject({ code: "nothing-to-merge", exitCode: 2 });
  expect(failure(shards[0])).toMatchObject({ code: "nothing-to-merge", exitCode: 2 });
  expect(failure(shards[0], shards[1], shards[0]).message).toBe("a.json and c.json are the same record");
});

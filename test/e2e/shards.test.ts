import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import type { RunRecord, Sample } from "../../src/spec/run.types.ts";
import { type Folder, folder, lives, readJson, workersOf } from "./program.ts";
import { fails, holds, tinySuite } from "./suites.ts";

const order = { statement: "An order.", source: "p. 1", assert: [{ less: ["SB.trainLoss", "LB.trainLoss"] }] };

/** Three arms, one of them from a state of another, at two seeds: four groups. */
function suite() {
  const tiny = tinySuite({ claims: { holds, fails, order } });
  const warm = { extends: "SB", train: { batch: 64, start: { arm: "SB", epoch: 1 } } };
  return { ...tiny, arms: { ...tiny.arms, warm } };
}

const recordOf = (place: Folder, index = 0): RunRecord =>
  readJson(join(place.runs("tiny")[index] as string, "run.json"));
const nameOf = ({ arm, seed }: { arm: string; seed: number }) => `${arm} ${seed}`;
const sorted = (samples: readonly Sample[]) => samples.map((sample) => JSON.stringify(sample)).toSorted();

test("three shards, each in a folder of its own, merge to what one run gives", async () => {
  const whole = folder();
  whole.write("suite.json", suite());
  const unsharded = await whole.run(["run", "suite.json", "--threads", "1", "-q", "--json"]);
  expect(unsharded.code).toBe(1);

  const places = await Promise.all(
    [1, 2, 3].map(async (i) => {
      const place = folder();
      place.write("suite.json", suite());
      const run = await place.run(["run", "suite.json", "--shard", `${i}/3`, "--threads", "1", "-q"]);
      expect(run).toMatchObject({ code: 0, stderr: "" });
      expect(run.stdout).toMatch(new RegExp(`^shard ${i} of 3: \\d completed\\n.* record reports/tiny/.*/run.json\\n`));
      expect(run.stdout).toContain("claimbench merge");
      expect(recordOf(place).run).toMatchObject({
        status: "complete",
        command: `claimbench run suite.json --shard ${i}/3 --threads 1`,
        shard: { index: i, count: 3 },
      });
      return place;
    }),
  );
  const trials = places.map((place) => recordOf(place).trials.map(nameOf).toSorted());
  expect(trials.flat().toSorted()).toEqual(["LB 0", "LB 1", "SB 0", "SB 1", "warm 0", "warm 1"]);
  // Two groups of a small-batch training and what starts from it; the rest is less work than one of them.
  expect(trials).toContainEqual(["SB 0", "warm 0"]);
  expect(trials).toContainEqual(["SB 1", "warm 1"]);

  const here = folder();
  const runs = places.map((place) => place.runs("tiny")[0] as string);
  const merge = await here.run(["merge", ...runs, "--json"]);
  expect(merge).toMatchObject({ code: 1, stderr: "" });
  const [document, expected] = [JSON.parse(merge.stdout), JSON.parse(unsharded.stdout)];
  expect(document.status).toBe("complete");
  expect(document.verdicts).toEqual(expected.verdicts);
  expect(sorted(recordOf(here).samples)).toEqual(sorted(recordOf(whole).samples));
  expect(recordOf(here).run.command).toBe("claimbench run suite.json --threads 1");
  expect(recordOf(here).run.parts?.map(({ shard }) => shard?.index)).toEqual([1, 2, 3]);
  for (const place of places) expect(JSON.stringify(recordOf(here))).not.toContain(place.path);

  // As a table, with a report; the records by their own paths this time.
  const again = await here.run(["merge", ...runs.map((run) => join(run, "run.json")), "--reports", "elsewhere"]);
  expect(again).toMatchObject({ code: 1, stderr: "" });
  expect(again.stdout).toContain("\n1 pass · 1 fail · 1 inconclusive\n");
  expect(again.stdout).toMatch(/report elsewhere\/tiny\/.*\/index\.html\n$/);

  const two = await here.run(["merge", ...runs.slice(0, 2)]);
  expect(two.stderr).toMatch(/^[12] of 6 trials were not run\n$/);
  expect(two.stdout).toContain("in none of the merged records");
});

test("a shard without trials writes a record and ends well", async () => {
  const place = folder();
  place.write("suite.json", tinySuite({ seeds: 1 }));
  const run = await place.run(["run", "suite.json", "--shard", "9/9"]);
  expect(run.code).toBe(0);
  expect(run.stdout).toContain("shard 9 of 9: no trials");
  expect(recordOf(place)).toMatchObject({ run: { status: "complete" }, trials: [], samples: [] });

  const json = await place.run(["run", "suite.json", "--shard", "2/2", "--json", "-q"]);
  expect(json).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(json.stdout)).toMatchObject({
    suite: "tiny",
    status: "complete",
    shard: { index: 2, count: 2 },
    trials: { completed: 1 },
  });
});

test.runIf(process.platform === "linux")("a shard with a trial that crashes ends with 4", async () => {
  const place = folder();
  const train = { stop: { epochs: 1_000_000 } };
  place.write("suite.json", tinySuite({ seeds: 1, train }));
  const run = place.start(["run", "suite.json", "--shard", "1/2", "-v"]);
  await run.stderrMatches(/seed 0 started/);
  // Killed, it is tried once more; killed again, it has crashed.
  const killed: number[] = [];
  while (killed.length < 2) {
    const worker = workersOf(run.child.pid as number).find((pid) => lives(pid) && !killed.includes(pid));
    if (worker === undefined) await setTimeout(20);
    else {
      process.kill(worker, "SIGKILL");
      killed.push(worker);
    }
  }
  const { code, stdout } = await run.finished;
  expect(stdout).toContain("shard 1 of 2: 1 crashed\n");
  expect(code).toBe(4);
});

test("threads are those of the whole suite", async () => {
  const place = folder();
  place.write("suite.json", tinySuite());
  await place.run(["run", "suite.json", "-q"]);
  await place.run(["run", "suite.json", "--shard", "1/4", "-q"]);
  const [whole, shard] = [recordOf(place, 0), recordOf(place, 1)];
  expect(shard.trials).toHaveLength(1);
  expect(shard.provenance.threadsPerWorker).toBe(whole.provenance.threadsPerWorker);
  expect(shard.trials[0]).toMatchObject({ reused: true });
});

test.each(["0/2", "3/2", "1", "1/0", "-1/2", "1/2/3", "a/b", "1.5/2", "1/1e3"])(
  "--shard %s is refused",
  async (words) => {
    const place = folder();
    place.write("suite.json", tinySuite());
    const run = await place.run(["run", "suite.json", "--shard", words]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(/--shard <i\/n>.*Expected i\/n with i from 1 to n, such as 2\/3/s);
    expect(place.names()).toEqual(["suite.json"]);
  },
);

test("merge refuses what cannot be merged, says why and writes nothing", async () => {
  const place = folder();
  place.write("suite.json", tinySuite({ seeds: 1 }));
  await place.run(["run", "suite.json", "--shard", "1/2", "-q"]);
  await place.run(["run", "suite.json", "--seeds", "2", "--shard", "2/2", "-q"]);
  const [a, b] = place.runs("tiny").map((run, i) => {
    const record = readJson(join(run, "run.json"));
    place.write(`${"ab"[i]}.json`, record);
    place.write(`${"ab"[i]}/run.json`, record);
    return record;
  });
  rmSync(join(place.path, "reports"), { recursive: true });
  place.write("cut.json", JSON.stringify(a).slice(0, 2000));
  place.write("other.json", { ...b, suite: { ...b.suite, id: "other" } });
  const before = place.names();
  const cases: { words: string[]; message: RegExp }[] = [
    { words: [], message: /missing required argument 'run.json'/ },
    { words: ["a.json"], message: /one record is nothing to merge/ },
    { words: ["a.json", "a.json"], message: /a\.json is given twice/ },
    { words: ["a.json", "a"], message: /a\.json and a\/run\.json are the same record/ },
    { words: ["a.json", "b.json"], message: /a\.json and b\.json do not belong together:\s+seeds: 0, and 0,1/ },
    { words: ["a.json", "other.json"], message: /suite: tiny, and other/ },
    { words: ["a.json", "cut.json"], message: /cut\.json/ },
    { words: ["a.json", "suite.json"], message: /suite\.json.*not a run record/s },
    { words: ["a.json", "none.json"], message: /cannot read none\.json/ },
    { words: ["a.json", "."], message: /cannot read run\.json/ },
  ];
  for (const { words, message } of cases) {
    const refused = await place.run(["merge", ...words]);
    expect(refused.stderr).toMatch(message);
    expect(refused.stderr.split("\n").length).toBeLessThan(20);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
  }
  expect(place.names()).toEqual(before);
});

import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { type Folder, folder, readJson } from "./program.ts";
import { tinySuite } from "./suites.ts";

const claim = { statement: "A statement.", source: "p. 1" };
const plain = { ...claim, assert: [{ greater: ["LB.trainLoss", "SB.trainLoss"] }] };
/** Two arms that differ by one sample in a batch. */
const hair = { ...claim, assert: [{ greater: ["SB17.trainAccuracy", "SB.trainAccuracy"] }] };
/** A large batch learns less in as many epochs, but not a million times less. */
const never = { ...claim, assert: [{ ratio: ["LB.trainLoss", "SB.trainLoss"], above: 1, atLeast: 1e6 }] };

function suite(claims: object, seeds: object, epochs = 2) {
  const { arms, ...rest } = tinySuite({ claims });
  const SB = { ...arms.SB, train: { ...arms.SB.train, stop: { epochs } } };
  return { ...rest, seeds, arms: { ...arms, SB, SB17: { extends: "SB", train: { batch: 17 } } } };
}

const threads = ["--workers", "2", "--threads", "1"];
const run = (place: Folder, ...words: string[]) => place.run(["run", "suite.json", ...threads, ...words]);

function recordOf(place: Folder, at = -1): RunRecord {
  return readJson(join(place.runs("tiny").at(at) as string, "run.json"));
}

function seedsByArm({ trials }: RunRecord): Record<string, number> {
  return Object.fromEntries(
    ["SB", "LB", "SB17"].map((arm) => [arm, trials.filter((trial) => trial.arm === arm).length]),
  );
}

/** Trials of a suite whose claim is about two of its three arms: the first look has all. */
const wholeLooks = ({ seeds }: RunRecord["suite"]) => 3 * 2 + 2 * (seeds.length - 2);

test("seeds are added to the arms of open claims until there are as many as the suite allows", async () => {
  const place = folder();
  place.write("suite.json", suite({ plain, hair }, { min: 2, max: 5, until: "decided" }));
  const { code, stdout, stderr } = await run(place);
  expect(stderr).toContain("open with fewer: ");
  const record = recordOf(place);
  expect(record.suite).toMatchObject({ seeds: [0, 1, 2, 3, 4], sequential: { min: 2, max: 5 } });
  expect(record.run).toMatchObject({ status: "complete", seedsEnded: "maximum" });
  const counts = seedsByArm(record);
  expect(counts).toMatchObject({ SB: 5, SB17: 5 });
  expect(stdout).toContain("5 seeds of at most 5: the suite allows no more\n");
  expect(code).toBe(0);

  // The verdicts come from the record alone, and what was trained from the store.
  const judged = await place.run(["judge", join(place.runs("tiny")[0] as string, "run.json")]);
  expect(stdout.startsWith(judged.stdout)).toBe(true);
  const again = await run(place);
  expect(again.stdout.split("\n").slice(0, -2)).toEqual(stdout.split("\n").slice(0, -2));
  expect(recordOf(place).trials.every((trial) => trial.state === "completed" && trial.reused)).toBe(true);

  const explained = await place.run(["explain", join(place.runs("tiny")[0] as string, "run.json"), "hair"]);
  expect(explained.stdout).toMatch(/ {2}judged {4}by 5 seeds, at [\d.]+ % \(Holm, over the suite's claims\)/);
  const planned = await place.run(["plan", "suite.json", ...threads]);
  expect(planned.stdout).toContain("Then up to 5 seeds, until every claim is decided.\n");
  const listed = await place.run(["list", "suite.json"]);
  expect(listed.stdout).toContain("6 trials: 3 arm(s) × 2 seed(s), roughly");
  expect(listed.stdout).toContain(", then up to 5 seeds until every claim is decided\n");
});

test("no seed is added once every claim is decided", async () => {
  const place = folder();
  const sure = { ...claim, assert: [{ greater: ["SB.trainAccuracy", -20] }] };
  place.write("suite.json", suite({ sure }, { min: 2, max: 9, until: "decided" }));
  const { stdout } = await run(place);
  expect(stdout).toContain("2 seeds of at most 9: more would decide no claim\n");
  expect(recordOf(place).run.seedsEnded).toBe("decided");
  expect(seedsByArm(recordOf(place))).toEqual({ SB: 2, LB: 2, SB17: 2 });
});

test("the budget ends it before the next look, or in its midst, and the record holds whole looks", async () => {
  const place = folder();
  place.write("suite.json", suite({ never }, { min: 2, max: 9, until: "decided" }));
  const { code, stdout } = await run(place, "--budget", "0.001s");
  expect(stdout).toContain("2 seeds of at most 9: the budget was spent\n");
  expect(recordOf(place)).toMatchObject({
    run: { status: "complete", seedsEnded: "budget" },
    suite: { seeds: [0, 1] },
  });
  expect(code).toBe(0);

  const long = folder();
  long.write("suite.json", suite({ never }, { min: 2, max: 400, until: "decided" }, 40));
  const ended = await run(long, "--budget", "8s");
  const { suite: looked, trials, run: facts } = recordOf(long);
  expect(facts).toMatchObject({ status: "complete", seedsEnded: "budget" });
  expect(facts.command).toContain("--budget 8s");
  expect(looked.seeds.length).toBeLessThan(400);
  expect(trials.map(({ state }) => state)).toEqual(trials.map(() => "completed"));
  expect(trials).toHaveLength(wholeLooks(looked));
  expect(ended.stdout).toContain(`${looked.seeds.length} seeds of at most 400: the budget was spent\n`);
});

test("Ctrl-C while seeds are added leaves the looks that were whole, and the same command goes on", async () => {
  const place = folder();
  place.write("suite.json", suite({ never }, { min: 2, max: 3, until: "decided" }, 20));
  const started = place.start(["run", "suite.json", ...threads]);
  await started.stderrMatches(/open with fewer: never; 2 trial\(s\) more, up to 3 seeds\n/);
  started.child.kill("SIGINT");
  const { code, stderr } = await started.finished;
  expect(code).toBe(130);
  const record = recordOf(place);
  expect([2, 3]).toContain(record.suite.seeds.length);
  expect(record.trials).toHaveLength(wholeLooks(record.suite));
  expect(stderr).toContain("go on with: claimbench run suite.json --workers 2 --threads 1\n");
  const on = await run(place);
  expect(on.code).toBe(0);
  expect(recordOf(place).run.seedsEnded).toBe("maximum");
});

test("a shard has no way to know what is open: the number of seeds has to be fixed for it", async () => {
  const place = folder();
  place.write("suite.json", suite({ never }, { min: 2, max: 9, until: "decided" }));
  const refused = await run(place, "--shard", "1/2");
  expect(refused.stderr).toContain("the number of seeds of tiny is left open: it runs in one piece [open-seeds]");
  expect(refused.stderr).toContain("with --seeds <n> their number is fixed");
  expect(refused.code).toBe(2);
  expect((await run(place, "--shard", "1/2", "--seeds", "2")).code).toBe(0);
});

test("a budget that ends nothing is refused", async () => {
  const place = folder();
  place.write("suite.json", tinySuite());
  const { code, stderr } = await run(place, "--budget", "1m");
  expect(stderr).toContain("--budget ends the adding of seeds, and their number is fixed here [budget]");
  expect(code).toBe(2);
  expect((await run(place, "--budget", "1m", "--seeds", "3")).code).toBe(2);
  expect((await run(place, "--budget", "soon")).stderr).toContain("Expected a time such as 90s, 30m or 1h30m");
});

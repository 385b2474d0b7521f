import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Folder, folder, readJson } from "./program.ts";
import { holds, tinyNetwork, tinySuite } from "./suites.ts";

const training = { data: { set: "mnist", train: 256, test: 128 }, network: tinyNetwork };

/** Two arms with a learning rate each. */
function suiteWithRate(learningRate: number) {
  const train = { batch: 16, optimizer: { sgd: { learningRate: 0.05 } }, stop: { epochs: 2 } };
  return {
    ...tinySuite({ claims: { holds }, seeds: 3 }),
    arms: {
      SB: { ...training, train },
      LB: { ...training, train: { ...train, batch: 128, optimizer: { sgd: { learningRate } } } },
    },
  };
}

/** Runs the suite anew, with nothing from the store. @returns the run's folder within the place. */
async function runAnew(place: Folder, suite: object, name: string): Promise<string> {
  place.write("suite.json", suite);
  const run = await place.run(["run", "suite.json", "-q", "--reports", name, "--store", `store-${name}`]);
  expect(run.stderr).toBe("");
  expect(run.code).toBe(0);
  const [id] = place.runs(join("..", name, "tiny")) as [string];
  return id;
}

function baselineFile(stdout: string): string {
  return (/^(?:written|updated|unchanged): (.*)$/m.exec(stdout)?.[1] ?? "").trim();
}

test("the same suite again is the same; a learning rate three times as high in one arm has drifted", async () => {
  const place = folder();
  const first = await runAnew(place, suiteWithRate(0.05), "first");
  const captured = await place.run(["baseline", "capture", first]);
  expect(captured.code).toBe(0);
  const file = baselineFile(captured.stdout);
  expect(file).toMatch(/^baselines\/captured\/[a-z0-9-]+-onnx-cpu-[a-z0-9-]+-ort\d+-node\d+\/tiny\.json$/);

  const second = await runAnew(place, suiteWithRate(0.05), "second");
  const same = await place.run(["baseline", "diff", second]);
  expect(same.stdout).toMatch(/^baseline: the same as .*: 4 values compared, bit for bit the same/);
  expect(same.code).toBe(0);

  const third = await runAnew(place, suiteWithRate(0.15), "third");
  const drifted = await place.run(["baseline", "diff", third]);
  expect(drifted.stdout).toMatch(/^baseline: drifted from /);
  expect(drifted.stdout).toMatch(/\n {2}LB\.trainLoss: /);
  expect(drifted.stdout).not.toContain("SB.");
  expect(drifted.stdout).toContain("differs: the suite file has changed");
  expect(drifted.code).toBe(1);
  const json = await place.run(["baseline", "diff", join(third, "run.json"), "--json"]);
  expect(JSON.parse(json.stdout)).toMatchObject({ status: "drifted", file, comparison: { level: "bit-equal" } });
  expect(json.code).toBe(1);

  const before = readFileSync(join(place.path, file), "utf8");
  const refused = await place.run(["baseline", "capture", third]);
  expect(refused.stderr).toContain("exists and holds other values");
  expect(refused.stderr).toContain("LB.trainLoss");
  expect(refused.stderr).toContain("--update");
  expect(refused.code).toBe(2);
  expect(readFileSync(join(place.path, file), "utf8")).toBe(before);
  const updated = await place.run(["baseline", "update", third]);
  expect(updated.stdout).toContain("LB.trainLoss: ");
  expect(baselineFile(updated.stdout)).toBe(file);
  expect((await place.run(["baseline", "diff", third])).code).toBe(0);

  const show = await place.run(["baseline", "show"]);
  expect(show.stdout).toContain(`${file}\n  3 seeds, 2 arms, 4 measured values; claims: 1 pass\n`);
});

test("one seed and an interrupted run are no baselines", async () => {
  const place = folder();
  place.write("suite.json", tinySuite());
  const run = await place.run(["run", "suite.json", "-q", "--seeds", "1"]);
  expect(run.code).toBe(0);
  const record = join(place.runs("tiny")[0] as string, "run.json");
  const one = await place.run(["baseline", "capture", record]);
  expect(one.stderr).toContain("this run cannot be a baseline: it has one seed");
  expect(one.code).toBe(2);
  const json = readJson(record);
  json.run.status = "interrupted";
  writeFileSync(record, JSON.stringify(json));
  const interrupted = await place.run(["baseline", "capture", record]);
  expect(interrupted.stderr).toContain("this run cannot be a baseline: the run was interrupted");
  expect(interrupted.code).toBe(2);
  expect((await place.run(["baseline", "show"])).stdout).toBe("no captured baselines\n");
});

test("without a baseline there is nothing to compare with; a damaged one is an error with its place", async () => {
  const place = folder();
  const run = await runAnew(place, tinySuite(), "only");
  const none = await place.run(["baseline", "diff", run]);
  expect(none.stderr).toContain("there is no baseline baselines/captured/");
  expect(none.code).toBe(4);
  const { stdout } = await place.run(["baseline", "capture", run]);
  const file = join(place.path, baselineFile(stdout));
  const text = readFileSync(file, "utf8");
  const line = text.split("\n").findIndex((each) => each.includes('"values": {')) + 2;
  writeFileSync(file, text.replace(/("values": \{\s+"0": )/, '$1"high'));
  const broken = await place.run(["baseline", "diff", run]);
  expect(broken.stderr).toContain(`tiny.json:${line}:`);
  expect(broken.stderr).toContain("broken JSON");
  expect(broken.code).toBe(2);
  writeFileSync(file, text.replace(/("values": \{\s+"0": )[^,]+/, '$1"high"'));
  const wrong = await place.run(["baseline", "diff", run]);
  expect(wrong.stderr).toContain(`tiny.json:${line}:`);
  expect(wrong.code).toBe(2);
});

import { readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { readRunRecord } from "../../src/spec/read-run-record.ts";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { type Folder, folder, readJson } from "./program.ts";
import { fails, holds, tinySuite } from "./suites.ts";

function recordFile(place: Folder, index = 0): string {
  return join(place.runs("tiny")[index] as string, "run.json");
}

const samplesOf = (place: Folder, index: number) => (readJson(recordFile(place, index)) as RunRecord).samples;

test("run and judge print the same verdicts, as a table and as JSON, and nothing else on stdout", async () => {
  const place = folder();
  place.write("suites/suite.json", tinySuite({ claims: { holds, fails } }));
  const run = await place.run(["run", "suites/suite.json", "--json", "-q"]);
  expect(run).toMatchObject({ code: 1, stderr: "" });
  const document = JSON.parse(run.stdout);
  expect(document).toMatchObject({ suite: "tiny", status: "complete", record: recordFile(place) });
  expect(place.names()).toEqual([".claimbench", "reports", "suites"]);

  const text = readFileSync(recordFile(place), "utf8");
  const record = readRunRecord(text, "run.json");
  expect(record.run).toMatchObject({ status: "complete", command: "claimbench run suite.json" });
  expect(record.trials.map(({ state }) => state)).toEqual(Array(4).fill("completed"));
  for (const secret of [place.path, process.cwd(), hostname(), `${userInfo().username}/`, "/tmp/", "/home/"]) {
    expect(text).not.toContain(secret);
  }
  expect(text).not.toMatch(/"\/\w/);

  const judged = await place.run(["judge", recordFile(place), "--json"]);
  expect(judged).toMatchObject({ code: 1, stderr: "" });
  expect(JSON.parse(judged.stdout)).toEqual({ suite: "tiny", status: "complete", verdicts: document.verdicts });

  const again = await place.run(["run", "suites/suite.json", "--store", "another"]);
  expect(again.code).toBe(1);
  expect(again.stderr).toMatch(/^tiny\n4 trial\(s\) on \d worker\(s\)/);
  expect(again.stderr).toMatch(
    /\[4\/4\] (SB|LB) seed \d train [\d.]+ \([\d.]+ %\), test [\d.]+ \([\d.]+ %\), [\d.]+ s\n$/,
  );
  const table = await place.run(["judge", recordFile(place, 1)]);
  expect(table).toMatchObject({ code: 1, stderr: "" });
  expect(table.stdout).toContain("\n1 pass · 1 fail\n");
  expect(again.stdout.startsWith(table.stdout)).toBe(true);
  expect(again.stdout.slice(table.stdout.length)).toMatch(/^\d+ s, report reports\/tiny\/[^/]+\/index\.html\n$/);
  // The same samples in both runs, bit for bit.
  expect(samplesOf(place, 1)).toEqual(samplesOf(place, 0));
});

test("the number of workers changes no sample", async () => {
  const place = folder();
  const measure = {
    trainAccuracy: { metric: "accuracy", on: "train" },
    trainLoss: { metric: "loss", on: "train" },
    sharpness: { metric: "sharpness", space: "full", epsilon: [1e-3], maximiser: ["scaled"] },
  };
  place.write("suite.json", tinySuite({ measure }));
  for (const workers of ["1", "2"]) {
    const run = await place.run([
      "run",
      "suite.json",
      "--workers",
      workers,
      "--threads",
      "1",
      "--store",
      `store-${workers}`,
    ]);
    expect(run.stderr).toContain(`on ${workers} worker(s) with 1 thread(s) each`);
    expect(run.code).toBe(0);
  }
  expect(samplesOf(place, 0)).toHaveLength(12);
  expect(samplesOf(place, 1)).toEqual(samplesOf(place, 0));
});

test("judge writes the HTML report and refuses what is no record", async () => {
  const place = folder();
  place.write("suite.json", tinySuite());
  await place.run(["run", "suite.json"]);
  const record = recordFile(place);
  const judged = await place.run(["judge", record, "--html", "again.html"]);
  expect(judged.code).toBe(0);
  expect((await place.run(["judge", dirname(record)])).stdout).toBe(judged.stdout);
  expect(readFileSync(join(place.path, "again.html"), "utf8")).toMatch(/^<!doctype html>/i);

  const { samples: _, ...incomplete } = readJson(record);
  place.write("incomplete.json", incomplete);
  place.write("cut.json", readFileSync(record, "utf8").slice(0, 2000));
  const cases: { words: string[]; message: RegExp }[] = [
    { words: ["incomplete.json"], message: /incomplete\.json.*samples/s },
    { words: ["cut.json"], message: /cut\.json/ },
    { words: ["none.json"], message: /cannot read .*none\.json/ },
    { words: ["suite.json"], message: /suite\.json/ },
    { words: [record, "--html", "suite.json/x.html"], message: /cannot write/ },
  ];
  for (const { words, message } of cases) {
    const refused = await place.run(["judge", ...words]);
    expect(refused.stderr).toMatch(message);
    expect(refused.stderr.split("\n").length).toBeLessThan(28);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
  }
});

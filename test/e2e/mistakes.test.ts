// Options that would be ignored, or mean something else than they seem to, are refused.
import { expect, test } from "vitest";
import { tinyRecord } from "./past-runs.ts";
import { folder, readJson } from "./program.ts";
import { holds, open, tinySuite } from "./suites.ts";

test.each<[string, readonly string[], RegExp]>([
  ["an empty store", ["run", "suite.json", "--store", ""], /'--store <folder>' has an empty path/],
  ["empty reports", ["run", "suite.json", "--reports="], /'--reports <folder>' has an empty path/],
  ["an empty page", ["judge", "run.json", "--html", ""], /'--html <file>' has an empty path/],
  [
    "a filter of which one word matches nothing",
    ["run", "suite.json", "--filter", "holds,zzz"],
    /no claim matches "zzz"/,
  ],
  [
    "a data folder that is not there",
    ["run", "suite.json", "--data-dir", "nope"],
    /--data-dir nope: there is no such folder/,
  ],
  ["--update without a baseline", ["run", "suite.json", "--update"], /--update goes with --gate baseline/],
  [
    "--fail-on with a baseline",
    ["judge", "run.json", "--gate", "baseline", "--fail-on", "inconclusive"],
    /--fail-on goes with --gate claims/,
  ],
  ["a profile of no suite", ["judge", "run.json", "--profile", "smoke"], /--profile goes with --suite/],
  [
    "a run compared with itself",
    ["compare", "run.json", "./run.json"],
    /run\.json and \.\/run\.json are the record of one run/,
  ],
])("%s is refused", async (_, words, message) => {
  const place = folder();
  place.write("run.json", words.includes("run.json") ? await tinyRecord(place) : {});
  place.write("suite.json", tinySuite({ claims: { holds, open } }));
  const before = place.names();
  const refused = await place.run(words);
  expect(refused.stderr).toMatch(message);
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(place.names()).toEqual(before);
});

test("of several suites one that cannot be run keeps the others from nothing, and the call from success", async () => {
  const place = folder();
  place.write("a.json", { ...tinySuite(), suite: "a" });
  const missing = { files: { train: "no.safetensors", test: "no.safetensors" } };
  place.write("b.json", { ...tinySuite({ data: missing }), suite: "b" });
  place.write("c.json", { ...tinySuite(), suite: "c" });
  const words = ["run", "a.json", "b.json", "c.json", "-q", "--reporter", "json=verdicts.json"];
  const run = await place.run([...words, "--json"]);
  expect(run.stderr).toMatch(/^error .*no\.safetensors/);
  expect(run.code).toBe(4);
  for (const documents of [JSON.parse(run.stdout), readJson(`${place.path}/verdicts.json`)]) {
    expect(documents.map(({ suite }: { suite: string }) => suite)).toEqual(["a", "c"]);
  }
});

test.each<[string, object, RegExp]>([
  ["a confidence in percent", { confidence: 95 }, /run\.json:\d+:\d+: .*confidence|run\.json:\d+:\d+: .*95/],
  [
    "more looks than seeds",
    { sequential: { min: 100, max: 200 } },
    /run\.json:\d+:\d+: 2 seeds are none of a suite with 100 to 200/,
  ],
])("a record with %s is refused", async (_, wrong, message) => {
  const place = folder();
  const record = await tinyRecord(place);
  place.write("run.json", { ...record, suite: { ...record.suite, ...wrong } });
  const judged = await place.run(["judge", "run.json"]);
  expect(judged.stderr).toMatch(message);
  expect(judged).toMatchObject({ code: 2, stdout: "" });
});

test("control characters in a statement do not reach the terminal", async () => {
  const place = folder();
  const claims = { holds: { ...holds, statement: "red \u001b[2J\u0007\u0000\u009b2J text" } };
  place.write("suite.json", tinySuite({ claims }));
  const { stdout } = await place.run(["list", "suite.json"]);
  expect(stdout).toContain("holds: red 2J text\n");
});

// A suite with comments and trailing commas is accepted wherever a suite is.
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Folder, folder, readJson } from "./program.ts";
import { fails, holds, tinyNetwork, tinySuite } from "./suites.ts";

/** Comments of both kinds, and a comma after the last of everything. */
function commented(document: object): string {
  const text = JSON.stringify(document, null, 2).replaceAll(/(["\d\]}])(\n\s*[}\]])/g, "$1, // last$2");
  return `/* A suite of\n   the user's. */\n${text}\n`;
}

function withSuite(file = "suite.jsonc", parts = {}): Folder {
  const place = folder();
  place.write(file, commented(tinySuite(parts)));
  return place;
}

test.each([
  { words: ["validate", "suite.jsonc"], stdout: /^suite\.jsonc: valid, 1 claim/ },
  { words: ["validate", "."], stdout: /^suite\.jsonc: valid, 1 claim/ },
  { words: ["list", "suite.jsonc"], stdout: /^tiny — tiny\n/ },
  { words: ["list", "."], stdout: /^tiny — tiny\n/ },
  { words: ["plan", "suite.jsonc"], stdout: /4 to train/ },
])("claimbench $words", async ({ words, stdout }) => {
  const run = await withSuite().run(words);
  expect(run).toMatchObject({ code: 0, stderr: "" });
  expect(run.stdout).toMatch(stdout);
});

test("run, then all that takes its record", async () => {
  const place = withSuite("mine/suite.jsonc", { claims: { holds, fails } });
  const run = await place.run(["run", "mine", "--quiet"]);
  expect(run).toMatchObject({ code: 1, stderr: "" });
  const [at = ""] = place.runs("tiny");
  const record = join(at, "run.json");
  const made = readJson(record);
  expect(made.run.command).toContain("claimbench run suite.jsonc");
  const other = place.write("other/run.json", { ...made, run: { ...made.run, id: "other" } });
  for (const words of [
    ["judge", record],
    ["judge", record, "--suite", "mine/suite.jsonc"],
    ["explain", record, "holds"],
    ["baseline", "capture", record],
    ["baseline", "diff", record],
    ["compare", record, other],
  ]) {
    expect(await place.run(words), words.join(" ")).toMatchObject({ stderr: "" });
  }
  const github = await place.run(["judge", record, "--reporter", "github"]);
  expect(github.stdout + github.stderr).toMatch(/^::error file=mine\/suite\.jsonc,line=\d+/m);
});

test("shards, merged", async () => {
  const place = withSuite();
  for (const part of ["1/2", "2/2"]) {
    expect(await place.run(["run", "suite.jsonc", "--shard", part, "--quiet"])).toMatchObject({ code: 0 });
  }
  const merged = await place.run(["merge", ...place.runs("tiny")]);
  expect(merged.code).toBe(0);
  expect(merged.stdout).toMatch(/pass {2}holds/);
});

test("watch", async () => {
  const place = withSuite();
  const watch = place.start(["watch", "suite.jsonc"]);
  await watch.stderrMatches(/tiny: 0 of 4 trials are in the store/);
  watch.child.kill("SIGINT");
  expect(await watch.finished).toMatchObject({ code: 130 });
});

test("a network beside the suite has comments, too", async () => {
  const place = withSuite("suite.jsonc", { network: "mine.jsonc" });
  place.write("mine.jsonc", commented(tinyNetwork));
  expect(await place.run(["validate", "suite.jsonc"])).toMatchObject({ code: 0, stderr: "" });
});

test("a network file that is not there is told as a file", async () => {
  const run = await withSuite("suite.jsonc", { network: "none.jsonc" }).run(["validate", "suite.jsonc"]);
  expect(run.stderr).toContain("there is no network file none.jsonc");
});

test("a mistake stands where the file has it, comments and all", async () => {
  const place = folder();
  place.write("suite.jsonc", `// one\n// two\n${JSON.stringify(tinySuite()).replace('"seeds"', '"sedes"')}`);
  const run = await place.run(["validate", "suite.jsonc"]);
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(/^error suite\.jsonc:3:\d+: .*"sedes"/);
});

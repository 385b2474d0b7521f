import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Folder, folder, readJson } from "./program.ts";
import { holds, open, tinySuite } from "./suites.ts";

/** A run of two claims. @returns its folder, below the place. */
async function tinyRun(place: Folder): Promise<string> {
  place.write("suite.json", tinySuite({ claims: { holds, open } }));
  await place.run(["run", "suite.json"]);
  return (place.runs("tiny")[0] ?? "").slice(place.path.length + 1);
}

const textOf = (place: Folder, file: string) => readFileSync(join(place.path, file), "utf8");

test("a report is made again from the record alone, byte for byte, by the record's path or its folder", async () => {
  const place = folder();
  const run = await tinyRun(place);
  const report = `${run}/index.html`;
  const written = textOf(place, report);
  expect(written).toContain("4 trials (2 arms, 2 seeds)");
  for (const path of [run, `${run}/run.json`]) {
    expect(await place.run(["report", path])).toEqual({ code: 0, stdout: `${report}\n`, stderr: "" });
    expect(textOf(place, report)).toBe(written);
  }

  const elsewhere = await place.run(["report", run, "--html", "new/folder/page.html"]);
  expect(elsewhere).toEqual({ code: 0, stdout: "new/folder/page.html\n", stderr: "" });
  expect(textOf(place, "new/folder/page.html")).toBe(written);

  const piped = await place.run(["report", run, "--html", "-"]);
  expect(piped).toEqual({ code: 0, stdout: written, stderr: "" });

  const below = await place.run(["report", run, "--out", "pages"]);
  expect(below.stdout).toMatch(/^pages\/tiny\/[^/]+\/index\.html\n$/);
  expect(textOf(place, below.stdout.trim())).toBe(written);
});

test("only an earlier report gives way to a report", async () => {
  const place = folder();
  const run = await tinyRun(place);
  place.write("notes.html", "<!doctype html><title>my notes</title>");
  const { code, stdout, stderr } = await place.run(["report", run, "--html", "notes.html"]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("is there already, and is no report of claimbench");
  expect(textOf(place, "notes.html")).toContain("my notes");
});

test("a record that is not there, is none, or is of another version is named, and nothing is written", async () => {
  const place = folder();
  const run = await tinyRun(place);
  const record = readJson(join(place.path, run, "run.json"));
  place.write("broken/run.json", "{");
  place.write("other/run.json", { suite: "tiny" });
  place.write("newer/run.json", { ...record, format: "claimbench-run/2" });
  for (const [path, words] of [
    ["nowhere/run.json", "cannot read"],
    ["broken", "broken/run.json"],
    ["other", "other/run.json"],
    ["newer", "claimbench-run/1"],
  ] as const) {
    // The good one is not written either.
    const { code, stdout, stderr } = await place.run(["report", run, path, "--out", "pages"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(words);
  }
  expect(existsSync(join(place.path, "pages"))).toBe(false);
});

test("a record from before there were engines to choose, findings and families is read as it was meant", async () => {
  const place = folder();
  const run = await tinyRun(place);
  const record = readJson(join(place.path, run, "run.json"));
  delete record.suite.multiplicity;
  delete record.provenance.engine.chosen;
  record.provenance.claimbench.version = "0.0.1";
  for (const claim of record.suite.claims) delete claim.finding;
  place.write("old/run.json", record);
  const { code, stdout } = await place.run(["report", "old"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "old/index.html\n" });
  const page = textOf(place, "old/index.html");
  expect(page).toContain("Computed by claimbench 0.0.1");
  expect(page).toContain("Nothing corrects for the number of claims.");
});

test.each([
  ["of several records", ["a", "b", "--html", "x.html"]],
  ["beside --out", ["a", "--html", "x.html", "--out", "pages"]],
])("--html %s is refused", async (_, words) => {
  const { code, stderr } = await folder().run(["report", ...words]);
  expect(code).toBe(2);
  expect(stderr).toContain("--html names the file of one report");
});

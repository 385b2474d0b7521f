// What is written replaces nothing but what claimbench wrote in the same place.
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tinyRecord } from "./past-runs.ts";
import { folder } from "./program.ts";

test("a page replaces a page, and no other file", async () => {
  const place = folder();
  const record = await tinyRecord(place);
  const slower = { ...record, run: { ...record.run, id: "another" } };
  const file = place.write("reports/tiny/2026-06-01T02-17-00Z/run.json", record);
  place.write("other/run.json", slower);
  const before = readFileSync(file, "utf8");
  const commands = [
    ["judge", file, "--html"],
    ["compare", file, "other", "--html"],
    ["history", "--out"],
    ["report", file, "--html"],
  ];
  for (const words of commands) {
    const refused = await place.run([...words, file]);
    expect(refused.stderr, words[0]).toContain("is there already, and is no report of claimbench");
    expect(refused.code, words[0]).toBe(2);
    expect(readFileSync(file, "utf8")).toBe(before);
    for (const _ of ["first", "again"]) {
      expect(await place.run([...words, "page.html"]), words[0]).toMatchObject({ code: 0 });
    }
  }
});

test("- is stdout for every page, and the table goes to stderr", async () => {
  const place = folder();
  const record = await tinyRecord(place);
  place.write("reports/tiny/2026-06-01T02-17-00Z/run.json", record);
  place.write("other/run.json", { ...record, run: { ...record.run, id: "another" } });
  const commands = [
    ["judge", "other", "--html"],
    ["compare", "reports/tiny/2026-06-01T02-17-00Z", "other", "--html"],
    ["history", "--out"],
  ];
  for (const words of commands) {
    const { code, stdout, stderr } = await place.run([...words, "-"]);
    expect(stdout, words[0]).toMatch(/^<!doctype html>.*<\/html>\s*$/s);
    expect(stderr, words[0]).toContain("holds");
    expect(code, words[0]).toBe(0);
    const both = await place.run([...words, "-", "--json"]);
    expect(both.code, words[0]).toBe(2);
  }
  expect(place.names()).not.toContain("-");
});

test("a report takes the place of nothing it is made from", async () => {
  const place = folder();
  const record = await tinyRecord(place);
  const file = place.write("run.json", record);
  const suite = readFileSync(join(place.path, "suite.json"), "utf8");
  const cases = [
    ["run", "suite.json", "--reporter", "junit=suite.json"],
    ["judge", "run.json", "--reporter", "json=./run.json"],
    ["judge", "run.json", "--suite", "suite.json", "--reporter", "tap=suite.json"],
    ["merge", "run.json", "--reporter", "markdown=run.json"],
  ];
  for (const words of cases) {
    const refused = await place.run(words);
    expect(refused.stderr, words.join(" ")).toMatch(/a report would replace .*, which it is made from/);
    expect(refused.code).toBe(2);
  }
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(record);
  expect(readFileSync(join(place.path, "suite.json"), "utf8")).toBe(suite);
});

test("what is no file, such as a pipe, is written to and stays", async () => {
  const place = folder();
  place.write("run.json", await tinyRecord(place));
  const pipe = join(place.path, "pipe");
  execFileSync("mkfifo", [pipe]);
  const reader = spawn("cat", [pipe]);
  let read = "";
  reader.stdout.setEncoding("utf8").on("data", (text: string) => {
    read += text;
  });
  const closed = new Promise((resolve) => reader.once("close", resolve));
  expect(await place.run(["judge", "run.json", "--reporter", "junit=pipe"])).toMatchObject({ code: 0 });
  await closed;
  expect(read).toMatch(/^<\?xml .*<\/testsuites>\s*$/s);
  expect(statSync(pipe).isFIFO()).toBe(true);
});

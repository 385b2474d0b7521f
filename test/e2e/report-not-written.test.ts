import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRunRecord } from "../../src/spec/read-run-record.ts";
import { folder } from "./program.ts";
import { tinySuite } from "./suites.ts";

test("a report that cannot be written costs neither the verdicts nor the record", async () => {
  const place = folder();
  place.write("suite.json", tinySuite());
  const run = place.start(["run", "suite.json"]);
  await run.stderrMatches(/trial\(s\)/);
  const [runFolder = ""] = place.runs("tiny");
  // A folder stands where the report is to go.
  mkdirSync(join(runFolder, "index.html"));
  const { code, stdout, stderr } = await run.finished;
  expect(stdout).toContain("\n1 pass\n");
  expect(stderr).toMatch(/cannot write .*index\.html/);
  expect(code).toBe(2);
  expect(readdirSync(runFolder).sort()).toEqual(["index.html", "run.json"]);
  expect(readRunRecord(readFileSync(join(runFolder, "run.json"), "utf8"), "run.json").run.status).toBe("complete");
});

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { record, tinyRecord } from "./past-runs.ts";
import { folder } from "./program.ts";

test("verdicts, effects and times of past runs, each class of hardware on its own", async () => {
  const place = folder();
  const run = await tinyRecord(place);
  for (const day of [1, 2, 3]) record(place, run, { day });
  record(place, run, { day: 4, accuracy: -50 });
  record(place, run, { day: 2, cpu: "Another Processor" });
  place.write("reports/tiny/2026-06-09T02-17-00Z/run.json", "{ broken");

  const { code, stdout, stderr } = await place.run(["history", "--out", "history.html"]);
  expect(code).toBe(0);
  expect(stderr).toContain("left out: reports/tiny/2026-06-09T02-17-00Z/run.json: ");
  expect(stdout).toContain("4 runs, 2026-06-01 to 2026-06-04");
  expect(stdout).toMatch(/Another, onnx on cpu.*\n1 run, 2026-06-02/);
  expect(stdout).toMatch(/holds +✓✓✓✗/);
  expect(stdout).toContain("✗ fail, was ✓ pass, in the newest run, 2026-06-04T02-17-00Z");
  expect(readFileSync(join(place.path, "history.html"), "utf8")).toMatch(/^<!doctype html>/);

  const json = await place.run(["history", "--json", "--claim", "holds", "--last", "2"]);
  const { series } = JSON.parse(json.stdout);
  expect(series.map(({ runs }: { runs: unknown[] }) => runs.length).toSorted()).toEqual([1, 2]);
  const claims = series.flatMap((each: { claims: { claim: string }[] }) => each.claims.map(({ claim }) => claim));
  expect(new Set(claims)).toEqual(new Set(["holds"]));
});

test("where there is nothing, it says so", async () => {
  const place = folder();
  expect((await place.run(["history"])).stderr).toContain("[reports-not-readable]");
  place.write("reports/notes.txt", "");
  expect(await place.run(["history"])).toMatchObject({ code: 0, stdout: "no finished runs in reports\n" });
  const run = await tinyRecord(place);
  record(place, run, { day: 1 });
  expect((await place.run(["history", "--claim", "hold"])).stderr).toContain('did you mean "holds"?');
  expect((await place.run(["history", "tin"])).stderr).toContain('did you mean "tiny"?');
  expect(existsSync(join(place.path, "history.html"))).toBe(false);
});

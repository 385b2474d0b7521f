import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";
import { capturedFile } from "../../src/run/records/captured-file.ts";
import { makeRunFolder } from "../../src/run/records/record-file.ts";

const folder = mkdtempSync(join(tmpdir(), "claimbench-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const startedAt = new Date("2026-06-01T02:17:00.000Z");

test("a run and a baseline lie where the suite's id says", async () => {
  const made = await makeRunFolder(join(folder, "reports"), "keskar-2017/sharp-minima", startedAt);
  expect(relative(folder, made.folder)).toBe("reports/keskar-2017/sharp-minima/2026-06-01T02-17-00Z");
  expect(capturedFile("captured", "class", { id: "keskar-2017/sharp-minima", profile: "quick" })).toBe(
    "captured/class/keskar-2017/sharp-minima.quick.json",
  );
});

test.each(["../../out", "..", "/out", "a/../../../out"])("the id %s of a record leads out of no folder", async (id) => {
  const reports = join(folder, "x", "reports");
  const made = await makeRunFolder(reports, id, startedAt);
  expect(relative(reports, made.folder)).not.toMatch(/^\.\./);
  expect(capturedFile("captured", "class", { id })).toMatch(/^captured\/class\/.*\.json$/);
  expect(readdirSync(join(folder, "x"))).toEqual(["reports"]);
  rmSync(join(folder, "x"), { recursive: true });
});

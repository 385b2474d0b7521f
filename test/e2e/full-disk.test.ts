import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, type TestContext, test } from "vitest";
import { tinyRecord } from "./past-runs.ts";
import { type Folder, folder } from "./program.ts";
import { tinySuite } from "./suites.ts";

const PAGE = 4096;

/** A disk of a few pages, where the tests may mount one: as root on Linux. */
function smallDisk(place: Folder, pages: number, skip: TestContext["skip"]): string {
  const disk = join(place.path, "disk");
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${pages * PAGE}`, "tmpfs", disk], { stdio: "ignore" });
  } catch {
    skip("a disk cannot be mounted here");
  }
  onTestFinished(() => void execFileSync("umount", [disk]));
  return disk;
}

test("a full disk is told before anything trains", async ({ skip }) => {
  const place = folder();
  place.write("suite.json", tinySuite());
  const disk = smallDisk(place, 8, skip);
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, "full"), Buffer.alloc(bavail * bsize));
  const run = await place.run(["run", "suite.json", "--reports", "disk/reports"]);
  expect(run.stderr).toMatch(/cannot write .*ENOSPC.*--reports/s);
  expect(run.stderr).not.toContain("trial(s)");
  expect(run).toMatchObject({ code: 2, stdout: "" });
  // No run is left behind that has no record.
  const left = join(disk, "reports", "tiny");
  expect(existsSync(left) ? readdirSync(left) : []).toEqual([]);
});

test("a page that fits only in part leaves what was there", async ({ skip }) => {
  const place = folder();
  place.write("run.json", await tinyRecord(place));
  const disk = smallDisk(place, 8, skip);
  const page = join(disk, "page.html");
  const before = "<!doctype html><title>earlier – claimbench</title>";
  writeFileSync(page, before);
  const judged = await place.run(["judge", "run.json", "--html", page]);
  expect(judged.stderr).toMatch(/cannot write .*ENOSPC/);
  expect(judged.code).toBe(2);
  expect(readFileSync(page, "utf8")).toBe(before);
  expect(readdirSync(disk)).toEqual(["page.html"]);
});

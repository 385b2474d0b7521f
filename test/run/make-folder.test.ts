import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../../src/run/make-folder.ts";

test("a folder is made with those above it, once and again", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "claimbench-folder-")), "a", "b", "c");
  await makeFolder(folder);
  await makeFolder(folder);
  expect(existsSync(folder)).toBe(true);
});

test("several at once make the same folder", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "claimbench-folder-")), "a", "b");
  await Promise.all(["x", "y", "x", "y", "x"].map((name) => makeFolder(join(folder, name))));
  expect(existsSync(join(folder, "y"))).toBe(true);
});

test("a file in the way is told", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "claimbench-folder-")), "file");
  writeFileSync(file, "");
  await expect(makeFolder(file)).rejects.toThrow("EEXIST");
  await expect(makeFolder(join(file, "below"))).rejects.toThrow("ENOTDIR");
});

// Linux has it, and takes no folders there.
test.runIf(existsSync("/proc/self"))("a place that takes no folders is an error, not a wait for ever", async () => {
  await expect(makeFolder("/proc/claimbench/reports")).rejects.toThrow("ENOENT");
});

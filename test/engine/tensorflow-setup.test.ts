import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { tensorflowFolder } from "../../src/engine/tensorflow-setup/folder.ts";
import { checkPlatform } from "../../src/engine/tensorflow-setup/set-up.ts";
import { readTensorflowSetup, writeTensorflowSetup } from "../../src/engine/tensorflow-setup/setup-file.ts";

function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "claimbench-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test.each([
  [{ CLAIMBENCH_TENSORFLOW: "/own", XDG_CACHE_HOME: "/cache" }, "linux", /^\/own$/],
  [{ XDG_CACHE_HOME: "/cache" }, "linux", /^\/cache\/claimbench\/tensorflow$/],
  [{}, "linux", /\/\.cache\/claimbench\/tensorflow$/],
  [{ CLAIMBENCH_TENSORFLOW: "" }, "darwin", /\/Library\/Caches\/claimbench\/tensorflow$/],
] as const)("with %j on %s it is installed in %s", (environment, platform, expected) => {
  expect(tensorflowFolder(environment, platform)).toMatch(expected);
});

test("it is for Linux, and for the versions of Node that tfjs-node runs on", () => {
  expect(() => checkPlatform("darwin", "v20.0.0")).toThrow("works on Linux; this is darwin");
  expect(() => checkPlatform("linux", "v23.1.0")).toThrow("util.isNullOrUndefined");
  expect(() => checkPlatform("linux", "v22.9.0")).not.toThrow();
});

test("what was set up is read back", async () => {
  const folder = temporaryFolder();
  const setup = { packageVersion: "4.22.0", libraryVersion: "2.21.0", library: "/l", bindingSha256: "00" };
  await writeTensorflowSetup(folder, setup);
  expect(await readTensorflowSetup(folder)).toMatchObject(setup);
});

test.each([
  ["nothing", undefined],
  ["half a file", '{ "format": "claimbench-tens'],
  ["another format", '{ "format": "claimbench-tensorflow/0" }'],
  ["no object", "null"],
])("%s is not taken for a finished setup", async (_, text) => {
  const folder = temporaryFolder();
  if (text !== undefined) writeFileSync(join(folder, "setup.json"), text);
  expect(await readTensorflowSetup(folder)).toBeUndefined();
});

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { openStore } from "../../../src/run/store/store.ts";
import { compilePrograms, ended, newFolder, says, start } from "./child-programs.ts";

// Disks of its own, which end with the process that has them; not every system permits that.
const inNamespace = (script: string, ...words: readonly string[]) =>
  spawnSync("unshare", ["--mount", "--map-root-user", "sh", "-ec", script, "sh", ...words], { encoding: "utf8" });
const mayMount = inNamespace('mount -t tmpfs none "$1"', newFolder()).status === 0;
const isRoot = process.getuid?.() === 0;

let programs = "";
beforeAll(() => {
  programs = compilePrograms();
});

test.skipIf(!mayMount)("on a full disk, writing says so and leaves no half entry, and leases can be given back", () => {
  const script = 'mount -t tmpfs -o size=256k none "$1"; exec "$2" "$3" "$1"';
  const result = inNamespace(script, newFolder(), process.execPath, join(programs, "fill-store.js"));
  expect(result.stderr).toBe("");
  expect(result.stdout.trim().split("\n")).toEqual([
    "put: store-not-writable ENOSPC",
    "checkpoint: store-not-writable ENOSPC",
    "whole: true, of one more: 0",
    "left behind: 0",
    "lease: free",
    "with room: done",
  ]);
});

const READ_ONLY = [
  "get: done",
  "put: ClaimbenchError store-not-writable",
  "remove: ClaimbenchError store-not-writable",
  "checkpoint: ClaimbenchError store-not-writable",
  "no checkpoint: ClaimbenchError store-not-writable",
  "lease: ClaimbenchError store-not-writable",
  "garbage: ClaimbenchError store-not-writable",
];

async function filledStore(): Promise<string> {
  const folder = newFolder();
  const store = await openStore(folder, { now: () => new Date() });
  await store.put("trial", "old", { describes: null });
  await store.saveCheckpoint("old", new Uint8Array(5));
  await (await store.lease("other", () => false))?.release();
  return folder;
}

test.skipIf(!mayMount)("on a disk that is read only, reading works, and all else says what is wrong", async () => {
  const script = 'mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"; exec "$2" "$3" "$1"';
  const result = inNamespace(script, await filledStore(), process.execPath, join(programs, "try-store.js"));
  expect(result.stderr).toBe("");
  expect(result.stdout.trim().split("\n")).toEqual(READ_ONLY);
});

test.skipIf(!isRoot || !existsSync("/usr/bin/setpriv"))("in another user's store as well", async () => {
  const folder = await filledStore();
  for (const path of [folder, join(programs, "../../../..")]) chmodSync(path, 0o755);
  const program = join(programs, "try-store.js");
  const asNobody = ["--reuid=65534", "--regid=65534", "--clear-groups", process.execPath, program, folder];
  const result = spawnSync("setpriv", asNobody, { encoding: "utf8" });
  expect(result.stderr).toBe("");
  expect(result.stdout.trim().split("\n")).toEqual(READ_ONLY);
});

test.skipIf(!isRoot || !existsSync("/usr/bin/setpriv"))(
  "another user's process holds its lease though it is hidden from this user",
  async () => {
    const folder = newFolder();
    chmodSync(folder, 0o777);
    chmodSync(join(programs, "../../../.."), 0o755);
    const child = start(programs, "hold-lease", folder, "key");
    await says(child);
    const script =
      'mount -t proc -o hidepid=2 proc /proc; exec setpriv --reuid=65534 --regid=65534 --clear-groups "$1" "$2" "$3" key';
    const look = () =>
      spawnSync(
        "unshare",
        ["--mount", "sh", "-ec", script, "sh", process.execPath, join(programs, "look.js"), folder],
        {
          encoding: "utf8",
        },
      );
    expect(look()).toMatchObject({ stdout: "held\n", stderr: "" });
    child.kill("SIGKILL");
    await ended(child);
    expect(look()).toMatchObject({ stdout: "free\n", stderr: "" });
  },
);

import { closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { folder } from "./program.ts";
import { fails, tinySuite } from "./suites.ts";

test("a reader that goes away early changes nothing else", async () => {
  const place = folder();
  place.write("suite.json", tinySuite({ claims: { fails } }));
  const list = place.start(["list"]);
  list.child.stdout?.destroy();
  expect(await list.finished).toMatchObject({ code: 0, stderr: "" });

  const run = place.start(["run", "suite.json"]);
  run.child.stdout?.destroy();
  await run.stderrMatches(/trial\(s\)/);
  run.child.stderr?.destroy();
  // The verdict stays, and the record and the report are written.
  expect((await run.finished).code).toBe(1);
  const [folderOfRun = ""] = place.runs("tiny");
  expect(existsSync(join(folderOfRun, "index.html"))).toBe(true);
  expect((await place.run(["judge", join(folderOfRun, "run.json")])).code).toBe(1);
});

test.runIf(existsSync("/dev/full"))("a full disk behind stdout is told and is no claim that fails", async () => {
  const full = openSync("/dev/full", "w");
  onTestFinished(() => closeSync(full));
  const run = await folder().run(["list"], { stdout: full });
  expect(run.stderr).toMatch(/^error cannot write to standard output: ENOSPC/);
  expect(run.stderr).not.toContain("    at ");
  expect(run.code).toBe(4);
});

test.runIf(existsSync("/dev/full"))("progress that cannot be told costs no verdict", async () => {
  const full = openSync("/dev/full", "w");
  onTestFinished(() => closeSync(full));
  const place = folder();
  place.write("suite.json", tinySuite());
  const { code, stdout } = await place.run(["run", "suite.json"], { stderr: full });
  expect(stdout).toContain("1 pass");
  expect(code).toBe(0);
});

test("colour is in the table only where it is forced", async () => {
  const place = folder();
  place.write("suite.json", tinySuite());
  expect((await place.run(["run", "suite.json"], { environment: { FORCE_COLOR: "1" } })).stdout).toContain(
    "\u001b[32m",
  );
  const record = join(place.runs("tiny")[0] as string, "run.json");
  const judged = await place.run(["judge", record], { environment: { FORCE_COLOR: "1", NO_COLOR: "1" } });
  expect(judged.stdout).not.toContain("\u001b");
});

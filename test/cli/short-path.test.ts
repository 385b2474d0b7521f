import { expect, test } from "vitest";
import { shortPath } from "../../src/cli/text/short-path.ts";

test.each([
  ["/work/runs/run.json", "runs/run.json"],
  ["/work/..runs/run.json", "..runs/run.json"],
  ["/work/-q.json", "./-q.json"],
  ["/other/run.json", "/other/run.json"],
  ["/", "/"],
])("in /work, %s is %s", (path, shown) => {
  expect(shortPath(path, "/work")).toBe(shown);
});

import { expect, test } from "vitest";
import { folder } from "./program.ts";
import { holds, tinySuite } from "./suites.ts";

test("--json-events tells a run as JSON, one event a line, and nothing else on stdout", async () => {
  const here = folder();
  here.write("suite.json", tinySuite({ claims: { holds } }));
  const { code, stdout } = await here.run(["run", "suite.json", "--json-events", "-q"]);
  expect(code).toBe(0);
  const events = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const kinds = events.map(({ event }) => event);
  expect(events.find(({ event }) => event === "plan")).toMatchObject({ threadsPerWorker: expect.any(Number) });
  for (const [kind, count] of [
    ["plan", 1],
    ["trial-start", 4],
    ["trial-end", 4],
    ["verdicts", 1],
  ] as const) {
    expect(
      kinds.filter((each) => each === kind),
      kind,
    ).toHaveLength(count);
  }
  expect(kinds).toContain("progress");
  expect(kinds).toContain("record");
  expect(events.at(-1)).toMatchObject({
    event: "verdicts",
    suite: "tiny",
    verdicts: [{ claim: "holds", status: "pass" }],
  });
  expect(events.filter(({ event }) => event === "trial-end").every(({ state }) => state === "completed")).toBe(true);
  const both = await here.run(["run", "suite.json", "--json-events", "--json"]);
  expect(both.code).toBe(2);
});

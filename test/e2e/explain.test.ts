import { expect, test } from "vitest";
import { type Folder, folder } from "./program.ts";
import { holds, open, tinySuite } from "./suites.ts";

/** Path of its record. */
async function tinyRun(place: Folder): Promise<string> {
  place.write("suite.json", tinySuite({ claims: { holds, open } }));
  await place.run(["run", "suite.json"]);
  return `${place.runs("tiny")[0]}/run.json`;
}

test("a verdict is explained by the record alone", async () => {
  const place = folder();
  const record = await tinyRun(place);
  const text = await place.run(["explain", record, "holds"]);
  expect(text.stdout).toMatch(/^pass holds\n/);
  expect(text.stdout).toContain("Student's t of 2 seeds");
  expect(text.stdout).toContain("12.706 ·");
  expect(text.stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
  expect(text.code).toBe(0);

  const json = await place.run(["explain", record, "open", "--json"]);
  const { claim, assertions } = JSON.parse(json.stdout);
  expect(claim.id).toBe("open");
  expect(assertions[0].results[0].samples.operands.map(({ name }: { name: string }) => name)).toEqual([
    "SB.trainLoss",
    "LB.trainLoss",
  ]);

  const unknown = await place.run(["explain", record, "hold"]);
  expect(unknown.stderr).toContain('did you mean "holds"?');
  expect(unknown.code).toBe(2);
});

test("a record that is not there is named", async () => {
  const { code, stderr } = await folder().run(["explain", "nowhere.json", "holds"]);
  expect(stderr).toContain("cannot read");
  expect(stderr).toContain("nowhere.json");
  expect(code).toBe(2);
});

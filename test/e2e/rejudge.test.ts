import { expect, test } from "vitest";
import { folder } from "./program.ts";
import { holds, open, tinySuite } from "./suites.ts";

test("a record is judged by the claims of a changed suite, and what it lacks is listed", async () => {
  const place = folder();
  place.write("suite.json", tinySuite({ claims: { holds, open } }));
  await place.run(["run", "suite.json"]);
  const record = `${place.runs("tiny")[0]}/run.json`;

  const stricter = { ...holds, assert: [{ greater: ["SB.trainAccuracy", -20], atLeast: 30 }] };
  place.write("changed.json", tinySuite({ claims: { holds: stricter } }));
  const changed = await place.run(["judge", record, "--suite", "changed.json"]);
  expect(changed.stdout).toMatch(/^holds +pass +→ +inconclusive +turned$/m);
  expect(changed.stdout).toMatch(/^open +inconclusive +→ +– +removed$/m);
  expect(changed.stdout).toContain("SB.trainAccuracy > -20 → SB.trainAccuracy > -20, by at least 30");
  expect(changed.code).toBe(0);

  const json = await place.run(["judge", record, "--suite", "changed.json", "--json"]);
  const { verdicts, was, differences } = JSON.parse(json.stdout);
  expect([was[0].status, verdicts[0].status]).toEqual(["pass", "inconclusive"]);
  expect(differences.map(({ kind }: { kind: string }) => kind)).toEqual(["removed", "changed"]);

  place.write("retrained.json", tinySuite({ claims: { holds, open }, train: { lastBatch: "drop" } }));
  const retrained = await place.run(["judge", record, "--suite", "retrained.json"]);
  expect(retrained.stderr).toContain("SB has another regime; LB has another regime");
  expect(retrained.code).toBe(2);
});

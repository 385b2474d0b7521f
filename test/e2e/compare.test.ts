import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Folder, folder, readJson } from "./program.ts";
import { holds, open, tinySuite } from "./suites.ts";

/** Runs of the tiny suite with one and two threads a worker: the folders of both. */
async function twoRuns(place: Folder): Promise<[string, string]> {
  place.write("suite.json", tinySuite({ claims: { holds, open } }));
  await place.run(["run", "suite.json", "--workers", "1", "--threads", "1", "--reports", "one"]);
  await place.run(["run", "suite.json", "--workers", "1", "--threads", "2", "--reports", "two"]);
  return ["one", "two"].map((reports) => {
    mkdirSync(join(place.path, "reports"), { recursive: true });
    cpSync(join(place.path, reports, "tiny"), join(place.path, "reports", reports), { recursive: true });
    return place.runs(reports)[0] as string;
  }) as [string, string];
}

test("two runs are compared by their records: verdicts, samples, times, settings", async () => {
  const place = folder();
  const [one, two] = await twoRuns(place);
  const { code, stdout } = await place.run(["compare", one, join(two, "run.json"), "--html", "pages/both.html"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^A {2}.*, onnx cpu, 1 thread$/m);
  expect(stdout).toMatch(/^B {2}.*, onnx cpu, 2 threads$/m);
  expect(stdout).toMatch(/2 claims: \d agree/);
  expect(stdout).toContain("Samples");
  expect(stdout).toContain("ms an update");
  expect(stdout).toMatch(/threads per worker: 1 \(A\) \| 2 \(B\)/);
  expect(existsSync(join(place.path, "pages/both.html"))).toBe(true);

  const json = await place.run(["compare", one, two, "--json", "--name", `first=${one}`]);
  const { machines, counts, settings } = JSON.parse(json.stdout);
  expect(machines[0].name).toBe("first");
  expect(counts.agreements.agree + counts.agreements.disagree).toBe(2);
  expect(settings.differing.map(({ what }: { what: string }) => what)).toContain("threads per worker");
});

test("a disagreement on a gated claim ends with 1 where that is asked for", async () => {
  const place = folder();
  const [one, two] = await twoRuns(place);
  const record = readJson(join(two, "run.json"));
  const samples = record.samples.map((sample: { measurement: string; value: number }) =>
    sample.measurement === "trainAccuracy" ? { ...sample, value: -100 } : sample,
  );
  place.write("turned.json", { ...record, samples });
  const words = ["compare", join(one, "run.json"), "turned.json"];
  expect((await place.run(words)).code).toBe(0);
  const gated = await place.run([...words, "--fail-on", "disagreement"]);
  expect(gated.stdout).toContain("✓ pass");
  expect(gated.stdout).toContain("✗ fail");
  expect(gated.code).toBe(1);
});

test("records that cannot be compared are refused with the reason", async () => {
  const place = folder();
  const [one] = await twoRuns(place);
  const cases: [words: string[], message: string][] = [
    [[one], "2 to 20 records can be compared, not 1"],
    [[one, "nowhere"], "cannot read"],
    [[one, place.write("broken.json", "{")], "broken.json"],
    [[one, "--name", "x"], "Expected a name and a file"],
  ];
  for (const [words, message] of cases) {
    const { code, stdout, stderr } = await place.run(["compare", ...words]);
    expect(stderr).toContain(message);
    expect({ words, code, stdout }).toEqual({ words, code: 2, stdout: "" });
  }
});

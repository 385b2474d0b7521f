import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, readJson } from "./program.ts";
import { fails, holds, open, tinyNetwork, tinySuite } from "./suites.ts";

const MEBIBYTE = 1024 * 1024;

/** A suite as a nightly run has it: a claim that holds, one that is known to fail, and a learning rate of its own for LB. */
function nightlySuite(learningRate: number) {
  const data = { set: "mnist", train: 256, test: 128 };
  const train = { batch: 16, optimizer: { sgd: { learningRate: 0.05 } }, stop: { epochs: 2 } };
  const descends = { statement: "LB learns.", source: "p. 2", assert: [{ less: ["LB.trainLoss", 100] }] };
  return {
    ...tinySuite({ claims: { holds, fails, descends } }),
    profiles: { nightly: { seeds: 3 } },
    arms: {
      SB: { network: tinyNetwork, data, train },
      LB: { network: tinyNetwork, data, train: { ...train, batch: 128, optimizer: { sgd: { learningRate } } } },
    },
  };
}

test("a nightly run repeats its baseline; a learning rate three times as high is annotated at the claim it moved", async () => {
  const place = folder();
  const nightly = (name: string, environment = {}) =>
    place.run(
      [
        ...["run", "suites/suite.json", "-q", "--profile", "nightly", "--gate", "baseline", "--store", `store-${name}`],
        ...["--reports", name, "--reporter", "github", "--reporter", `junit=${name}/junit.xml`],
        ...["--reporter", `json=${name}/verdicts.json`],
      ],
      { environment },
    );
  place.write("suites/suite.json", nightlySuite(0.05));

  const uncommitted = await nightly("uncommitted", { CI: "true" });
  expect(uncommitted.stdout).toMatch(/^::error file=suites\/suite\.json,title=tiny \(nightly\)%3A not compared/m);
  expect(uncommitted.code).toBe(4);
  const first = await nightly("first");
  expect(first.stderr).toMatch(/written: baselines\/captured\/.*\/tiny\.nightly\.json/);
  expect(first.code).toBe(0);
  const second = await nightly("second", { CI: "true" });
  expect(second.stderr).toMatch(/^baseline: the same as /);
  expect(second.stdout).not.toContain("::");
  expect(second.code).toBe(0);
  const [before, after] = ["first", "second"].map((name) => readJson(join(place.path, name, "verdicts.json")));
  expect(after.verdicts).toEqual(before.verdicts);
  expect(after.verdicts.map(({ status }: { status: string }) => status)).toEqual(["pass", "fail", "pass"]);
  expect(readFileSync(join(place.path, "second/junit.xml"), "utf8")).toContain(
    'tests="4" failures="0" errors="0" skipped="1"',
  );

  const suite = place.write("suites/suite.json", nightlySuite(0.15));
  const line =
    readFileSync(suite, "utf8")
      .split("\n")
      .findIndex((each) => each.includes('"descends": {')) + 1;
  const drifted = await nightly("drifted", { CI: "true", GITHUB_WORKSPACE: place.path });
  const [annotation, ...others] = drifted.stdout.match(/^::.*/gm) ?? [];
  expect(annotation).toContain(
    `::error file=suites/suite.json,line=${line},title=tiny (nightly) descends%3A drifted::LB.trainLoss: `,
  );
  // SB is as it was, and the claim that fails as it did.
  expect(others).toEqual([]);
  expect(drifted.stderr).toContain("differs: the suite file has changed");
  expect(drifted.code).toBe(1);
  const junit = readFileSync(join(place.path, "drifted/junit.xml"), "utf8");
  expect(junit).toContain('tests="4" failures="2" errors="0" skipped="1"');
  expect(junit).toMatch(/<testcase name="descends" [^>]*>\s+<failure /);
});

test("several suites are one report; a report on stdout sends the table to stderr", async () => {
  const place = folder();
  place.write("a.json", { ...tinySuite({ claims: { holds, open } }), suite: "a" });
  place.write("b.json", { ...tinySuite({ claims: { fails } }), suite: "b" });
  const summary = place.write("summary.md", "told before\n");
  const run = await place.run(
    [
      ...["run", "a.json", "b.json", "-q", "--seeds", "1", "--reporter", "tap", "--reporter", "github"],
      ...["--reporter", "json=out/all/verdicts.json", "--reporter", "markdown=out/verdicts.md"],
    ],
    { environment: { GITHUB_STEP_SUMMARY: summary } },
  );
  expect(run.stdout).toMatch(/^TAP version 14\n1\.\.3\n/);
  expect(run.stdout.match(/^(?:not )?ok \d+ - .*/gm)).toEqual([
    "ok 1 - a: holds # SKIP inconclusive",
    "ok 2 - a: open # SKIP inconclusive",
    "ok 3 - b: fails # SKIP inconclusive",
  ]);
  expect(run.stderr).toMatch(/^a\n(.*\n)*2 inconclusive\n(.*\n)*b\n/m);
  expect(run.stderr).toMatch(/^::warning file=b\.json,line=\d+,title=b fails%3A inconclusive::/m);
  expect(run.code).toBe(0);
  const documents = readJson(join(place.path, "out/all/verdicts.json"));
  expect(documents.map(({ suite }: { suite: string }) => suite)).toEqual(["a", "b"]);
  const markdown = readFileSync(join(place.path, "out/verdicts.md"), "utf8");
  expect(markdown.match(/^## .*/gm)).toHaveLength(2);
  expect(readFileSync(summary, "utf8")).toBe(`told before\n${markdown}`);
  expect(place.names()).toEqual([".claimbench", "a.json", "b.json", "out", "reports", "summary.md"]);
});

test("what cannot be written is told after the verdicts, and the other reports are written", async () => {
  const place = folder();
  place.write("suite.json", tinySuite());
  place.write("file", "");
  const run = await place.run(
    ["run", "suite.json", "-q", "--reporter", "junit=file/junit.xml", "--reporter", "tap=verdicts.tap"],
    { environment: {} },
  );
  expect(run.stdout).toContain("\n1 pass\n");
  expect(run.stderr).toMatch(/^error cannot write .*file\/junit\.xml: /m);
  expect(run.stderr).not.toContain("    at ");
  expect(run.code).toBe(2);
  expect(readFileSync(join(place.path, "verdicts.tap"), "utf8")).toMatch(/^ok 1 - tiny: holds$/m);
  const record = join(place.runs("tiny")[0] as string, "run.json");

  const full = place.write("summary.md", "x".repeat(MEBIBYTE - 200));
  const environment = { GITHUB_STEP_SUMMARY: full };
  expect((await place.run(["judge", record, "--reporter", "github"], { environment })).code).toBe(0);
  expect(statSync(full).size).toBeLessThanOrEqual(MEBIBYTE);
  expect(readFileSync(full, "utf8").slice(-50)).toMatch(/\n1 claim more left out: this page is full\.\n$/);

  const both = await place.run(["judge", record, "--reporter", "tap", "--json"]);
  expect(JSON.parse(both.stdout).error.message).toContain("--json and --reporter tap cannot both write to stdout");
  expect(both.code).toBe(2);
  const unknown = await place.run(["judge", record, "--reporter", "xunit=x"]);
  expect(unknown.stderr).toContain('"xunit" is not one of json, junit, github, markdown, tap.');
  expect(unknown.code).toBe(2);
  const twice = await place.run(["judge", record, "--reporter", "tap=x", "--reporter", "junit=./x"]);
  expect(twice.stderr).toMatch(/two reporters cannot both write to .*x/);
  expect(twice.code).toBe(2);
  expect(existsSync(join(place.path, "x"))).toBe(false);
});

test("judge and merge find the suite's file by its checksum, and leave the place out when it has changed", async () => {
  const place = folder();
  const suite = place.write("some/where/suite.json", tinySuite({ claims: { holds, fails } }));
  const line =
    readFileSync(suite, "utf8")
      .split("\n")
      .findIndex((each) => each.includes('"fails": {')) + 1;
  for (const shard of ["1/2", "2/2"]) {
    const run = await place.run(["run", suite, "-q", "--shard", shard, "--threads", "1"]);
    expect(run.code).toBe(0);
  }
  const refused = await place.run(["run", suite, "--shard", "1/2", "--reporter", "junit=x.xml"]);
  expect(refused.stderr).toContain("cannot be used with");
  expect(refused.code).toBe(2);
  const merged = await place.run(["merge", ...place.runs("tiny"), "--reporter", "github", "--json"]);
  expect(JSON.parse(merged.stdout).verdicts).toHaveLength(2);
  expect(merged.stderr).toContain(`::error file=some/where/suite.json,line=${line},title=tiny fails%3A fail::`);
  expect(merged.code).toBe(1);
  const record = join(place.runs("tiny").at(-1) as string, "run.json");
  const judged = await place.run(["judge", record, "--reporter=junit=-"]);
  expect(judged.stdout).toMatch(/^<\?xml /);
  expect(judged.stdout).toContain(`some/where/suite.json:${line}</failure>`);
  expect(judged.stderr).toContain("1 pass · 1 fail\n");
  writeFileSync(suite, `\n${readFileSync(suite, "utf8")}`);
  const moved = await place.run(["judge", record, "--reporter", "github"]);
  expect(moved.stdout).toMatch(/^::error title=tiny fails%3A fail::/m);
  const resuited = await place.run(["judge", record, "--reporter", "github", "--suite", suite]);
  expect(resuited.stdout).toContain(`file=some/where/suite.json,line=${line + 1},`);
});

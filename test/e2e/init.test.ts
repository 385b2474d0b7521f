import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "jsonc-parser";
import { expect, test } from "vitest";
import { folder, readJson } from "./program.ts";
import { tinyNetwork, tinySuite } from "./suites.ts";

const SUITE = "suites/my-first-suite.jsonc";

test("init writes a suite that is valid in every profile, and its smoke profile runs without being named", async () => {
  const place = folder();
  const init = await place.run(["init"]);
  expect(init).toMatchObject({ code: 0, stderr: "" });
  expect(place.names()).toEqual(["suites"]);
  const validated = await place.run(["validate", SUITE]);
  expect(validated).toMatchObject({
    code: 0,
    stdout: `${SUITE}: valid, 3 claim(s), 2 arm(s) (also smoke, quick, nightly)\n`,
  });
  const run = await place.run(["run", "--profile", "smoke", "--json", "--quiet"]);
  expect([0, 1]).toContain(run.code);
  const { verdicts } = JSON.parse(run.stdout);
  expect(verdicts.map(({ claim }: { claim: string }) => claim)).toEqual(["sharper", "both-fit", "gap"]);
  expect(verdicts.map(({ status }: { status: string }) => status)).not.toContain("not-measured");
  const [report = ""] = place.runs("my-first-suite");
  expect(existsSync(join(report, "index.html"))).toBe(true);
}, 120_000);

test("the commands that init prints work as they are printed", async () => {
  const place = folder();
  const { stdout } = await place.run(["init", "my suites"]);
  const commands = Array.from(stdout.matchAll(/^ {2}npx claimbench (\w+) '([^']+)' /gm), ([, ...words]) => words);
  expect(commands.map(([command]) => command)).toEqual(["validate", "plan", "run"]);
  for (const [command = "", file = ""] of commands.slice(0, 2)) {
    expect(await place.run([command, file]), command).toMatchObject({ code: 0 });
  }
});

test("a folder whose name begins as an option does is no option in what init prints", async () => {
  const place = folder();
  const { stdout } = await place.run(["init", "--", "-mine"]);
  expect(stdout).toContain("npx claimbench validate ./-mine/suites/my-first-suite.jsonc ");
  expect(stdout).toContain("  cd ./-mine && npm install claimbench\n");
});

test("the suite names the schema where claimbench will be installed, and says how to install it", async () => {
  const place = folder();
  const { stdout } = await place.run(["init", "here"]);
  const { $schema } = parse(readFileSync(join(place.path, "here", SUITE), "utf8"));
  const inProject = resolve(place.path, "here", "suites", $schema);
  expect(inProject).toBe(join(place.path, "here/node_modules/claimbench/src/spec/suite.schema.json"));
  expect(stdout).toContain("  cd here && npm install claimbench\n");
});

test("what init wrote has a comment to each part and no trailing comma that an editor would mark", async () => {
  const place = folder();
  await place.run(["init"]);
  const text = readFileSync(join(place.path, SUITE), "utf8");
  for (const part of ["seeds", "arms", "measure", "claims", "profiles"]) {
    expect(text, part).toMatch(new RegExp(String.raw`^ {2}//[^\n]+\n {2}"${part}"`, "m"));
  }
  expect(text).not.toMatch(/,\s*[}\]]/);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
});

test("a suite that is there stays as it is", async () => {
  const place = folder();
  place.write(SUITE, "mine");
  const init = await place.run(["init"]);
  expect(init).toMatchObject({ code: 2, stdout: "" });
  expect(init.stderr).toContain(`${SUITE} exists`);
  expect(init.stderr).toMatch(/^hint .*claimbench init <folder>/m);
  expect(readFileSync(join(place.path, SUITE), "utf8")).toBe("mine");
});

test("a folder that cannot be made is told", async () => {
  const place = folder();
  place.write("suites", "a file");
  const init = await place.run(["init"]);
  expect(init).toMatchObject({ code: 2, stdout: "" });
  expect(init.stderr).toMatch(/cannot write suites\/my-first-suite\.jsonc/);
});

test("run without a suite runs those of the folder suites, in order", async () => {
  const place = folder();
  place.write("suites/b.json", { ...tinySuite(), suite: "second" });
  place.write("suites/a.jsonc", `// first\n${JSON.stringify({ ...tinySuite(), suite: "first" })}`);
  place.write("suites/networks/mine.json", { input: [784], layers: [] });
  const run = await place.run(["run", "--json", "--quiet"]);
  expect(run.code).toBe(0);
  expect(JSON.parse(run.stdout).map(({ suite }: { suite: string }) => suite)).toEqual(["first", "second"]);
});

test("a folder's suites are those that look like one, again after a run: no networks, records or settings", async () => {
  const place = folder();
  place.write("mine.json", tinySuite({ network: "./net.json" }));
  place.write("net.json", tinyNetwork);
  place.write("package.json", { name: "x" });
  place.write("broken.jsonc", "{ ");
  const first = await place.run(["validate", "."]);
  expect(first.stderr).toContain("broken.jsonc");
  rmSync(join(place.path, "broken.jsonc"));
  for (const _ of ["first", "again"])
    expect(await place.run(["run", ".", "-q"])).toMatchObject({ code: 0, stderr: "" });
  expect(place.runs("tiny")).toHaveLength(2);
});

test("run without a suite where there is none says how to come by one", async () => {
  const place = folder();
  const run = await place.run(["run"]);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toMatch(/claimbench init .*claimbench run quick/);
  expect(place.names()).toEqual([]);
});

test("a suite that is not there: the user's own are named before those that ship", async () => {
  const place = folder();
  await place.run(["init"]);
  const run = await place.run(["run", "my-first-suite"]);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain(`hint  give a path, or one of ${SUITE}, keskar-2017/`);
});

test("the record of the run holds no path of the machine", async () => {
  const place = folder();
  place.write("suites/a.jsonc", tinySuite());
  await place.run(["run", "--quiet"]);
  const [run = ""] = place.runs("tiny");
  expect(JSON.stringify(readJson(join(run, "run.json")))).not.toContain(place.path);
});

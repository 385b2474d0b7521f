// Suites with metrics and data of plugins, run as a user does.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Folder, folder, readJson } from "./program.ts";
import { tinySuite } from "./suites.ts";

const example = join(import.meta.dirname, "..", "..", "examples", "toy-suite.json");

/** A plugin that needs nothing installed beside it. */
const plugin = (measure: string, more = "") => `export default {
  name: "mine",
  metrics: {
    largest: {
      title: "largest weight",
      options: { properties: { power: { type: "integer", default: 1 } } },
      measure({ weights, options: { power } }) { ${measure} },
    },
  },
  ${more}
};`;
const largest = "return Math.max(...weights) ** power;";

const suite = (parts: object = {}) => ({
  ...tinySuite({
    measure: {
      trainAccuracy: { metric: "accuracy", on: "train" },
      largest: { metric: "mine/largest", power: 2 },
      other: { metric: "mine/largest" },
    },
    claims: {
      holds: { statement: "S.", source: "p. 1", assert: [{ greater: ["SB.trainAccuracy", -20] }] },
      largest: { statement: "S.", source: "p. 1", assert: [{ greater: ["SB.largest", -1000] }] },
    },
    ...parts,
  }),
  plugins: ["./mine.mjs"],
});

function placeWith(text = plugin(largest), parts: object = {}): Folder {
  const place = folder();
  place.write("paper/suite.json", suite(parts));
  place.write("paper/mine.mjs", text);
  return place;
}

const run = (place: Folder, ...words: string[]) => place.run(["run", "paper/suite.json", ...words]);
const lastRecord = (place: Folder) => readJson(join(place.runs("tiny").at(-1) as string, "run.json"));

test("the example's data and metrics are used like claimbench's own", async () => {
  const place = folder();
  const { code, stdout } = await place.run(["run", example, "--seeds", "2"]);
  expect([0, 3]).toContain(code);
  expect(stdout).toMatch(/SB\.norm > LB\.norm: \d/);
  const record = readJson(join(place.runs("examples/toy")[0] as string, "run.json"));
  const noise = record.samples.filter(({ measurement }: { measurement: string }) => measurement === "noise");
  expect(noise).toHaveLength(2 * 2 * 2);
  for (const { value } of noise) expect(value).toBeGreaterThan(0);
  expect(record.suite.arms[0].data).toMatchObject({ plugin: "toy/spirals", turns: 0.75, code: { version: "1.0.0" } });
  expect(record.provenance.dataSets[0].name).toBe("toy/spirals, training samples");
  expect(JSON.stringify(record)).not.toContain(join(example, ".."));
});

test("an edited plugin measures again and trains nothing; an edited option measures that alone", async () => {
  const place = placeWith();
  expect((await run(place)).code).toBe(0);
  expect((await place.run(["plan", "paper/suite.json"])).stdout).toContain("4 trials, all in the store");
  const [first] = place.runs("tiny");
  place.write(
    "paper/suite.json",
    suite({ measure: { ...suite().measure, other: { metric: "mine/largest", power: 3 } } }),
  );
  expect((await place.run(["plan", "paper/suite.json"])).stdout).toMatch(/SB seed 0 .*to measure: other\n/);
  place.write("paper/suite.json", suite());
  place.write("paper/mine.mjs", plugin("return 2 * Math.max(...weights) ** power;"));
  expect((await place.run(["plan", "paper/suite.json"])).stdout).toMatch(/SB seed 0 .*to measure: largest, other\n/);
  expect((await run(place)).code).toBe(0);
  const before = readJson(join(first as string, "run.json"));
  const after = lastRecord(place);
  expect(after.trials).toMatchObject(
    before.trials.map(({ arm, curve }: { arm: string; curve: object }) => ({ arm, curve })),
  );
  const valuesOf = (record: typeof before) =>
    record.samples.flatMap(({ measurement, value }: { measurement: string; value: number }) =>
      measurement === "largest" ? [value] : [],
    );
  expect(valuesOf(after)).toEqual(valuesOf(before).map((value: number) => 2 * value));
  expect(after.suite.arms[0].measure.largest.code.sha256).not.toBe(before.suite.arms[0].measure.largest.code.sha256);
});

test.each([
  ["throws", 'throw new Error("no eigenvalue found");', "mine/largest: no eigenvalue found"],
  ["gives NaN", "return Number.NaN;", "mine/largest came out as NaN"],
  ["gives no number", 'return "1";', "mine/largest: it gave '1', not a number"],
])("a metric that %s is not measured, with the reason, and the rest of the run stands", async (_, measure, reason) => {
  const place = placeWith(plugin(measure));
  const { code, stdout } = await run(place);
  expect(code).toBe(4);
  expect(stdout).toContain("pass  holds");
  expect(stdout).toMatch(/not-measured\s+largest/);
  const { samples, trials } = lastRecord(place);
  const found = samples.filter(({ measurement }: { measurement: string }) => measurement === "largest");
  expect(found).toHaveLength(4);
  for (const sample of found) expect(sample).toMatchObject({ absent: reason });
  for (const { state } of trials) expect(state).toBe("completed");
});

test("a metric that ends its process costs its trials, not the run", async () => {
  const place = placeWith(plugin("process.exit(3);"));
  const { code, stdout } = await run(place, "--seeds", "1");
  expect(code).toBe(4);
  expect(stdout).toContain("not-measured");
  expect(lastRecord(place).trials).toMatchObject([
    { state: "crashed", reason: expect.stringContaining("ended with code 3") },
    { state: "crashed" },
  ]);
});

test("a record is judged, and reported on, without the plugin", async () => {
  const place = placeWith();
  const { stdout } = await run(place);
  rmSync(join(place.path, "paper"), { recursive: true });
  const record = join(place.runs("tiny")[0] as string, "run.json");
  const judged = await place.run(["judge", record, "--html", "again.html"]);
  expect(judged.code).toBe(0);
  expect(judged.stdout.split("\n").slice(0, 4)).toEqual(stdout.split("\n").slice(0, 4));
  expect(place.names()).toContain("again.html");
});

test("validate, list and plan call nothing of a plugin, and name what it has not", async () => {
  const place = placeWith(
    plugin('throw new Error("measured");', 'dataSets: { d: { title: "d", load() { throw new Error("loaded"); } } },'),
    { data: { plugin: "mine/d" } },
  );
  for (const words of [["validate"], ["list"]]) {
    expect(await place.run([...words, "paper/suite.json"])).toMatchObject({ code: 0, stderr: "" });
  }
  place.write("paper/suite.json", suite({ measure: { largest: { metric: "mine/lagrest" } } }));
  for (const word of ["validate", "list", "plan", "run"]) {
    const { code, stderr } = await place.run([word, "paper/suite.json"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/suite\.json:\d+:\d+.*plugin mine has no metric "lagrest"; did you mean "largest"\?/s);
  }
});

test("data that a plugin cannot make is told before anything trains", async () => {
  const load = 'load() { throw new Error("the corpus is not here"); }';
  const place = placeWith(plugin(largest, `dataSets: { d: { title: "d", ${load} } },`), { data: { plugin: "mine/d" } });
  const { code, stderr } = await run(place);
  expect(code).toBe(2);
  expect(stderr).toContain("the data of mine/d: the corpus is not here");
  expect(place.names()).toEqual(["paper"]);
});

test.each([
  {
    what: "data",
    text: plugin(largest, 'dataSets: { d: { title: "d", load: () => new Promise(() => {}) } },'),
    words: "the data of mine/d: it never came to an end",
  },
  { what: "a module", text: `await new Promise(() => {});${plugin(largest)}`, words: "it never came to an end" },
])("$what that a plugin promises and never gives is told", async ({ text, words }) => {
  const place = placeWith(text, { data: { plugin: "mine/d" } });
  const { code, stderr } = await run(place);
  expect(stderr).toContain(words);
  expect(code).toBe(2);
});

test("data that is another each time it is loaded is not trained on", async () => {
  const load = `load() {
    const x = Float32Array.from({ length: 784 * 64 }, () => Math.random());
    const y = Int32Array.from({ length: 64 }, (_, i) => i % 10);
    return { shape: [784], train: { x, y }, test: { x, y } };
  }`;
  const place = placeWith(plugin(largest, `dataSets: { d: { title: "d", ${load} } },`));
  const sized = suite({ data: { plugin: "mine/d" } });
  place.write("paper/suite.json", { ...sized, arms: { SB: sized.arms.SB } });
  const { code } = await run(place, "--seeds", "1");
  expect(code).toBe(4);
  expect(lastRecord(place).trials).toMatchObject([
    { state: "crashed", reason: "mine/d gives other samples each time it is loaded" },
  ]);
});

test("what a plugin prints is no part of a document on stdout", async () => {
  const place = placeWith(`console.log("loaded");\n${plugin(largest)}`);
  const { code, stdout, stderr } = await run(place, "--json", "-q");
  expect(JSON.parse(stdout)).toMatchObject({ suite: "tiny" });
  expect(stderr).toContain("loaded\n");
  expect(code).toBe(0);
});

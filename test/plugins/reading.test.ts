// What a suite may say of its plugins, and what is said of what it may not.
import { expect, test } from "vitest";
import { measurementKey } from "../../src/plan/training-input.ts";
import type { PluginFacts } from "../../src/spec/plugin-facts.ts";
import { pluginModulesOf, readSuite } from "../../src/spec/read-suite.ts";
import type { PluginMeasurement } from "../../src/spec/suite.types.ts";
import { CONTEXT, SUITE } from "../spec/suite-under-test.ts";

const norms: PluginFacts = {
  name: "norms",
  module: "./norms.mjs",
  version: "2.0.0",
  sha256: "a".repeat(64),
  metrics: {
    "weight-norm": {
      title: "norm of the weights",
      unit: "",
      options: {
        properties: { order: { type: "number", minimum: 1, default: 2 }, layer: { enum: ["all", "last"] } },
      },
    },
    extremes: { title: "extreme weights", values: { largest: "", smallest: "" } },
  },
  dataSets: {
    blobs: { title: "blobs", options: { properties: { spread: { type: "number" } }, required: ["spread"] } },
  },
};

interface Parts {
  readonly plugins?: readonly unknown[];
  readonly measure?: object;
  readonly data?: object;
  readonly assert?: readonly object[];
  readonly loaded?: ReadonlyMap<string, PluginFacts | string>;
}

function suiteText({ plugins = ["./norms.mjs"], measure, data, assert }: Parts): string {
  const suite = JSON.parse(SUITE);
  if (data) suite.arms.SB.data = data;
  if (assert) suite.claims.gap.assert = assert;
  return JSON.stringify({ ...suite, plugins, measure: { ...suite.measure, ...measure } });
}

function read(parts: Parts) {
  const loaded = parts.loaded ?? new Map([["./norms.mjs", norms]]);
  const source = { file: "suite.json", text: suiteText(parts), sha256: "" };
  return readSuite(source, { ...CONTEXT, plugins: loaded });
}

const norm = { metric: "norms/weight-norm" };

test("a plugin's measurement is completed with defaults and with what measures it", () => {
  const { arms } = read({ measure: { norm: { ...norm, layer: "last", everyEpochs: 1 } } });
  expect(arms[1]?.measure["norm"]).toEqual({
    ...norm,
    layer: "last",
    order: 2,
    everyEpochs: 1,
    evaluationBatch: 5000,
    code: {
      module: "./norms.mjs",
      version: "2.0.0",
      sha256: "a".repeat(64),
      title: "norm of the weights",
      unit: "",
    },
  });
});

test("a plugin's data is completed likewise, for the arms that extend it too", () => {
  const { arms } = read({ data: { plugin: "norms/blobs", spread: 0.5 } });
  const code = { module: "./norms.mjs", version: "2.0.0", sha256: "a".repeat(64), title: "blobs" };
  expect(arms.map(({ data }) => data)).toEqual(Array(2).fill({ plugin: "norms/blobs", spread: 0.5, code }));
});

test("assertions refer to the values that a metric declares", () => {
  const measure = { extremes: { metric: "norms/extremes", everyEpochs: 1 }, norm: { ...norm, everyEpochs: 1 } };
  const assert = [{ greater: ["SB.extremes[largest]", "SB.extremes[smallest,epoch=1]"] }];
  const [assertion] = read({ measure, assert }).claims[0]?.assertions ?? [];
  expect(assertion).toMatchObject({ first: { part: "largest" }, second: { part: "smallest", at: 1 } });
  expect(read({ measure, assert: [{ trend: "SB.norm", direction: "increasing" }] }).claims).toHaveLength(2);
});

test.each<[string, Parts, RegExp]>([
  ["a misspelt plugin", { measure: { n: { metric: "nroms/weight-norm" } } }, /no plugin "nroms"; did you mean "norms"/],
  ["no plugin of that name", { plugins: ["./norms.mjs"], data: { plugin: "toys/x" } }, /the suite has: norms/],
  ["a misspelt metric", { measure: { n: { metric: "norms/wieght-norm" } } }, /did you mean "weight-norm"/],
  ["a data set as a metric", { measure: { n: { metric: "norms/blobs" } } }, /plugin norms has no metric "blobs"/],
  ["a metric as data", { data: { plugin: "norms/extremes" } }, /plugin norms has no data set "extremes"/],
  ["a misspelt option", { measure: { n: { ...norm, oder: 1 } } }, /unknown key "oder"; did you mean "order"/],
  ["a misspelt key of ours", { measure: { n: { ...norm, sample: 1 } } }, /did you mean "samples"/],
  ["a value out of range", { measure: { n: { ...norm, order: 0.5 } } }, /expected a number of at least 1, found 0.5/],
  ["an unknown word", { measure: { n: { ...norm, layer: "lsat" } } }, /did you mean "last"/],
  ["a missing option", { data: { plugin: "norms/blobs" } }, /"spread" is missing/],
  ["an option where there is none", { measure: { n: { metric: "norms/extremes", k: 1 } } }, /unknown key "k"/],
  ["what only a record has", { measure: { n: { ...norm, code: codeOf("b") } } }, /unknown key "code"/],
  [
    "an unknown value",
    { measure: { n: { metric: "norms/extremes" } }, assert: [{ greater: ["SB.n[lagrest]", 0] }] },
    /unknown part "lagrest"; did you mean "largest"/,
  ],
  [
    "no value",
    { measure: { n: { metric: "norms/extremes" } }, assert: [{ greater: ["SB.n", 0] }] },
    /name one of largest, smallest/,
  ],
  [
    "a series of one value",
    { measure: { n: norm }, assert: [{ trend: "SB.n", direction: "increasing" }] },
    /no series/,
  ],
  ["too many samples", { measure: { n: { ...norm, samples: 2000 } } }, /n asks for 2000 training samples/],
  [
    "a module that cannot be loaded",
    { loaded: new Map([["./norms.mjs", "there is no such module"]]) },
    /the plugin \.\/norms\.mjs: there is no such module/,
  ],
  ["a module nobody loaded", { loaded: new Map() }, /it was not loaded/],
  [
    "two plugins of one name",
    {
      plugins: ["./norms.mjs", "b"],
      loaded: new Map([
        ["./norms.mjs", norms],
        ["b", { ...norms, module: "b" }],
      ]),
    },
    /\.\/norms\.mjs and b are both called "norms"/,
  ],
  ["no list of modules", { plugins: [] }, /expected at least 1 item/],
])("%s is refused with words and place", (_, parts, message) => {
  expect(() => read(parts)).toThrow(message);
});

test("a mistake elsewhere is not blamed on a plugin's metric", () => {
  const text = suiteText({ measure: { norm } }).replace('"seeds":3', '"seeds":0.5');
  const plugins = new Map([["./norms.mjs", norms]]);
  expect(() => readSuite({ file: "suite.json", text, sha256: "" }, { ...CONTEXT, plugins })).toThrow(
    /^(?!.*metric).*0\.5/s,
  );
});

test("what is no list of modules names none", () => {
  const modules = (text: string) => pluginModulesOf({ file: "suite.json", text, sha256: "" });
  expect(modules('{ "plugins": ["./a.mjs", 3, "b"] }')).toEqual(["./a.mjs", "b"]);
  expect([modules('{ "plugins": 3 }'), modules("{"), modules("null")]).toEqual([[], [], []]);
});

function codeOf(digit: string): NonNullable<PluginMeasurement["code"]> {
  return { module: "./norms.mjs", sha256: digit.repeat(64), title: "norm" };
}

test("a measurement is kept by its options and the plugin's code, not by where that lies or what it calls it", () => {
  const measurement = (options: object, code = codeOf("a")) =>
    ({ metric: "norms/weight-norm", ...options, code }) as PluginMeasurement;
  const key = (options: object, code?: PluginMeasurement["code"]) =>
    measurementKey("trial", measurement(options, code));
  const first = key({ order: 2 });
  expect(key({ order: 2 }, { ...codeOf("a"), module: "/elsewhere/norms.mjs", title: "another" })).toBe(first);
  expect(key({ order: 3 })).not.toBe(first);
  expect(key({ order: 2 }, codeOf("b"))).not.toBe(first);
  expect(key({ order: 2 }, { ...codeOf("a"), version: "2" })).not.toBe(first);
});

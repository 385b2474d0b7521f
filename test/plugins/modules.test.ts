// Modules on disk: where they are found, and what makes one a plugin.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findModule } from "../../src/plugins/find-module.ts";
import { loadPlugin, loadPlugins } from "../../src/plugins/load-plugin.ts";

function place(files: Readonly<Record<string, string | object>>): string {
  const folder = mkdtempSync(join(tmpdir(), "claimbench-plugins-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === "string" ? content : JSON.stringify(content));
  }
  return folder;
}

const metric = '{ title: "a metric", measure: () => 1 }';
const plugin = (body: string) => `export default ${body};`;

test.each<[string, string, object | undefined]>([
  ["a path", "./mine.mjs", undefined],
  ["a package with main", "with-main", { version: "1.2.3", main: "mine.mjs" }],
  [
    "a package for import alone",
    "import-only",
    { version: "1.2.3", exports: { ".": { types: "./x.d.ts", import: "./mine.mjs" } } },
  ],
  ["a package with one entry", "@scope/one", { version: "1.2.3", exports: "./mine.mjs" }],
  ["a part of a package", "parts/norms", { version: "1.2.3", exports: { "./norms": { default: "./mine.mjs" } } }],
])("%s is found from the folder of the suite", async (_, name, facts) => {
  const packageName = name.startsWith("@") ? name : name.split("/")[0];
  const root = facts ? `node_modules/${packageName}/` : "suites/";
  const folder = place({
    [`${root}mine.mjs`]: plugin(`{ name: "mine", metrics: { one: ${metric} } }`),
    ...(facts ? { [`${root}package.json`]: facts } : {}),
    "suites/suite.json": "{}",
  });
  const suites = join(folder, "suites");
  expect(findModule(name, suites)).toEqual({
    path: join(folder, `${root}mine.mjs`),
    ...(facts ? { version: "1.2.3" } : {}),
  });
  const loaded = await loadPlugin(name, suites);
  expect(loaded).toMatchObject({
    module: name,
    plugin: { name: "mine" },
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(loaded.version).toBe(facts ? "1.2.3" : undefined);
});

test.each(["./absent.mjs", "absent-package", "with-exports/other"])("%s is not found", (name) => {
  const folder = place({ "node_modules/with-exports/package.json": { exports: { "./norms": "./norms.mjs" } } });
  expect(findModule(name, folder)).toBeUndefined();
});

test("an edited module is imported again", async () => {
  const folder = place({ "mine.mjs": plugin(`{ name: "mine", version: "1", metrics: { one: ${metric} } }`) });
  const first = await loadPlugin("./mine.mjs", folder);
  writeFileSync(join(folder, "mine.mjs"), plugin(`{ name: "mine", version: "2", metrics: { one: ${metric} } }`));
  const second = await loadPlugin("./mine.mjs", folder);
  expect([first.version, second.version]).toEqual(["1", "2"]);
  expect(second.sha256).not.toBe(first.sha256);
});

test.each<[string, string, RegExp]>([
  ["exports nothing", "export const a = 1;", /no plugin: expected definePlugin/],
  ["has no name", plugin(`{ metrics: { one: ${metric} } }`), /its name is undefined: expected lower-case words/],
  ["has a name that no suite can say", plugin(`{ name: "My Plugin", metrics: { one: ${metric} } }`), /"My Plugin"/],
  ["is empty", plugin('{ name: "mine" }'), /no metric and no data set/],
  ["has a key too many", plugin(`{ name: "mine", metric: { one: ${metric} } }`), /"metric"; did you mean "metrics"/],
  [
    "has a metric without a function",
    plugin('{ name: "mine", metrics: { one: { title: "x" } } }'),
    /metric one: its function "measure" is missing/,
  ],
  [
    "has a metric without words",
    plugin('{ name: "mine", metrics: { one: { measure() {} } } }'),
    /metric one: its "title" is missing/,
  ],
  [
    "has data without a function",
    plugin('{ name: "mine", dataSets: { one: { title: "x" } } }'),
    /data set one: its function "load" is missing/,
  ],
  [
    "names a metric as no suite can",
    plugin(`{ name: "mine", metrics: { One: ${metric} } }`),
    /metric One: expected lower-case/,
  ],
  [
    "has values without units",
    plugin('{ name: "mine", metrics: { one: { title: "x", values: { a: 1 }, measure() {} } } }'),
    /its value "a"/,
  ],
  [
    "has no value in its values",
    plugin('{ name: "mine", metrics: { one: { title: "x", values: {}, measure() {} } } }'),
    /at least one/,
  ],
  [
    "has options that are no schema",
    plugin(
      '{ name: "mine", metrics: { one: { title: "x", measure() {}, options: { properties: { a: { type: "nmber" } } } } } }',
    ),
    /no JSON schema/,
  ],
  [
    "has options without properties",
    plugin('{ name: "mine", metrics: { one: { title: "x", measure() {}, options: { a: { type: "number" } } } } }'),
    /lack properties/,
  ],
  [
    "takes a name of ours for an option",
    plugin(
      '{ name: "mine", metrics: { one: { title: "x", measure() {}, options: { properties: { samples: {} } } } } }',
    ),
    /"samples" has a name that claimbench uses itself/,
  ],
  ["cannot be parsed", "export default {", /cannot be imported: ./],
  ["throws when imported", 'throw new Error("no licence");', /cannot be imported: no licence/],
  ["imports what is not here", 'import "absent-package";', /cannot be imported: Cannot find package 'absent-package'/],
])("a module that %s is no plugin, and it is said why", async (_, text, message) => {
  const folder = place({ "mine.mjs": text });
  const loaded = (await loadPlugins(["./mine.mjs"], folder)).get("./mine.mjs");
  expect(loaded).toMatch(message);
  expect(loaded).not.toContain(folder);
});

test("where claimbench is not installed, the plugin's author is told what to do", async () => {
  const folder = place({ "mine.mjs": 'import { definePlugin } from "claimbench"; export default definePlugin({});' });
  const loaded = await loadPlugins(["./mine.mjs"], folder);
  expect(loaded.get("./mine.mjs")).toContain("install claimbench beside it, or leave definePlugin out");
});

// The package as a program imports it: by its name, with its types.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Folder, folder, readJson } from "./program.ts";
import { tinySuite } from "./suites.ts";

const root = join(import.meta.dirname, "..", "..");
const example = join(root, "examples", "run-a-suite.mjs");

/** A folder in which the package is installed. */
function installed(): Folder {
  const place = folder();
  mkdirSync(join(place.path, "node_modules"));
  symlinkSync(root, join(place.path, "node_modules", "claimbench"), "dir");
  return place;
}

/** Runs a module of this text. */
function program(place: Folder, text: string) {
  return node(place.write("program.mjs", text), place.path);
}

function node(file: string, cwd: string) {
  return spawnSync(process.execPath, [file], { cwd, encoding: "utf8" });
}

test("the example runs a suite, tells of its trials and judges the record again", () => {
  const place = folder();
  const { status, stdout, stderr } = node(example, place.path);
  expect(stderr).toMatch(/8\/8 [SL]B seed \d: completed/);
  expect(status).toBe(0);
  const lines = stdout.trim().split("\n");
  expect(lines[0]).toMatch(/^weights-grow: (pass|inconclusive)$/);
  expect(lines[2]).toMatch(/t = -?[\d.]+, p = [\d.e-]+$/);
  expect(lines[3]).toMatch(/^[012] of 2 pass at 0\.99$/);
  const [recordPath = "", reportPath = ""] = lines.slice(-2);
  expect(readJson(recordPath).suite.seeds).toEqual([0, 1, 2, 3]);
  expect(readFileSync(reportPath, "utf8")).toMatch(/^<!doctype html>/i);
});

test("a program given as text runs a suite as well", () => {
  const place = installed();
  const text = `import { run } from "claimbench";
    const { verdicts } = await run(${JSON.stringify(tinySuite())}, { threads: 1, workers: 1 });
    console.log(verdicts[0].status);`;
  const options = { cwd: place.path, encoding: "utf8" } as const;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", text], options);
  expect({ stdout, stderr }).toEqual({ stdout: "pass\n", stderr: "" });
});

test("a suite can be an object; its results are those of the same suite as a file", async () => {
  const place = installed();
  const file = place.write("suite.json", tinySuite());
  const { status, stdout, stderr } = program(
    place,
    `import { run } from "claimbench";
     const suite = ${JSON.stringify(tinySuite())};
     const { record, verdicts, reportPath } = await run(suite, { outDir: "out", storeDir: "kept", threads: 1, workers: 1 });
     console.log(JSON.stringify({ verdicts, samples: record.samples, command: record.run.command, reportPath }));`,
  );
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const { verdicts, samples, command, reportPath } = JSON.parse(stdout);
  expect(verdicts).toMatchObject([{ claim: "holds", status: "pass" }]);
  expect(command).not.toContain(place.path);
  expect(reportPath.startsWith(join(place.path, "out"))).toBe(true);
  expect(place.names()).toEqual(["kept", "node_modules", "out", "program.mjs", "suite.json"]);
  await place.run(["run", file, "--threads", "1", "--workers", "1"]);
  expect(samples).toEqual(readJson(join(place.runs("tiny").at(-1) as string, "run.json")).samples);
});

test("what is wrong with a suite is an error of ours, with the place in it", () => {
  const { stdout } = program(
    installed(),
    `import { ClaimbenchError, run } from "claimbench";
     const suite = ${JSON.stringify(tinySuite({ measure: { trainAccuracy: { metric: "acuracy", on: "train" } } }))};
     await run(suite).catch((error) => {
       const { code, message, location } = error;
       console.log(JSON.stringify({ ours: error instanceof ClaimbenchError, code, message, location }));
     });`,
  );
  expect(JSON.parse(stdout)).toMatchObject({
    ours: true,
    code: "suite-invalid",
    message: expect.stringContaining('did you mean "accuracy"?'),
    location: { file: "suite", line: expect.any(Number) },
  });
});

test("a signal ends a run with a record of what was finished", () => {
  const place = installed();
  place.write("suite.json", tinySuite({ train: { stop: { epochs: 2000 } } }));
  const { stdout, status } = program(
    place,
    `import { run } from "claimbench";
     const stop = new AbortController();
     const listener = { onProgress: () => stop.abort() };
     const { record, verdicts } = await run("suite.json", { signal: stop.signal, listener });
     console.log(record.run.status, verdicts[0].status);`,
  );
  expect(stdout).toBe("interrupted not-measured\n");
  expect(status).toBe(0);
});

test("docs/library.md names all exports", () => {
  const { stdout } = program(
    installed(),
    `import * as claimbench from "claimbench";
     console.log(JSON.stringify([...Object.keys(claimbench), ...Object.keys(claimbench.stats)]));`,
  );
  const names = JSON.parse(stdout) as string[];
  expect(names.length).toBeGreaterThan(40);
  const docs = readFileSync(join(root, "docs", "library.md"), "utf8");
  for (const name of names) expect(docs).toMatch(new RegExp(`\`${name}\\b`));
});

/** What the compiler has to say. */
function typeErrors(place: Folder, files: readonly string[], ...words: string[]): string {
  const settings = { strict: true, exactOptionalPropertyTypes: true, module: "nodenext", target: "es2023" };
  const typeRoots = [join(root, "node_modules", "@types")];
  const compilerOptions = { ...settings, noEmit: true, allowJs: true, checkJs: true, types: ["node"], typeRoots };
  place.write("package.json", { type: "module" });
  place.write("tsconfig.json", { compilerOptions, files });
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  return spawnSync(process.execPath, [tsc, "-p", place.path, ...words], { cwd: place.path, encoding: "utf8" }).stdout;
}

test("the examples have the types of the package", () => {
  const files = ["run-a-suite.mjs", "toy-plugin.mjs"].map((name) => join(root, "examples", name));
  expect(typeErrors(folder(), files)).toBe("");
});

test("types tell a plugin's author, and a program, what is wrong", () => {
  const place = installed();
  const text = `
import { definePlugin, run, type SuiteObject } from "claimbench";

export default definePlugin({
  name: "mine",
  metrics: {
    one: {
      title: "one",
      options: { properties: { order: { type: "number", default: 2 }, kind: { enum: ["a", "b"] } } },
      measure({ options, weights }) {
        const order: number = options.order;
        // @ts-expect-error it may be left out
        const kind: "a" | "b" = options.kind;
        // @ts-expect-error there is no such option
        options.odrer;
        return weights.length ** order + kind.length;
      },
    },
    // @ts-expect-error a metric gives numbers
    two: { title: "two", measure: () => "2" },
  },
});

const suite: SuiteObject = {
  suite: "typed",
  seeds: 2,
  plugins: ["./mine.mjs"],
  arms: { SB: { network: "F1", data: { plugin: "toy/spirals", turns: 2 }, train: { batch: 2 } } },
  measure: {
    norm: { metric: "toy/weight-norm", order: 2 },
    // @ts-expect-error no such split
    accuracy: { metric: "accuracy", on: "validation" },
  },
  claims: {},
};
const { verdicts } = await run(suite, { profile: "smoke" });
// @ts-expect-error no such status
if (verdicts[0]?.status === "passed") throw new Error();
`;
  expect(typeErrors(place, [place.write("typed.ts", text)])).toBe("");
});

test.each(["library.md", "extending.md"])("the code in docs/%s is in the examples, which are run", (name) => {
  const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
  const examples = ["run-a-suite.mjs", "toy-plugin.mjs", "toy-suite.json"].map((file) => read("examples", file));
  const blocks = Array.from(read("docs", name).matchAll(/```js(?:on)?\n([\s\S]*?)```/g), ([, code = ""]) => code);
  expect(blocks.length).toBeGreaterThan(2);
  for (const code of blocks)
    expect(
      examples.some((example) => example.includes(code)),
      code,
    ).toBe(true);
});

test.each([{ workers: 0 }, { workers: 1.5 }, { threads: -2 }, { threads: 257 }])(
  "%o is refused before anything is read",
  (settings) => {
    const place = installed();
    const text = `import { run } from "claimbench";
      await run("nowhere.json", ${JSON.stringify(settings)}).catch(({ code, message }) => console.log(code, message));`;
    const [[name, count] = []] = Object.entries(settings);
    expect(program(place, text).stdout).toBe(
      `invalid-setting ${name}: expected a whole number, 1 to 256; found ${count}\n`,
    );
    expect(place.names()).toEqual(["node_modules", "program.mjs"]);
  },
);

test.each([
  ["{ sedes: 2 }", 'unknown setting "sedes"; did you mean "seeds"?'],
  ["{ filter: ['holds'] }", "filter: expected words with commas between; found object"],
])("the settings %s are refused, not ignored", (settings, message) => {
  const text = `import { run } from "claimbench";
    await run("nowhere.json", ${settings}).catch(({ code, message }) => console.log(code, message));`;
  expect(program(installed(), text).stdout).toBe(`invalid-setting ${message}\n`);
});

test("without a suite it is a suite that is asked for", () => {
  const text = `import { run } from "claimbench";
    await run().catch(({ code, message }) => console.log(code, message));`;
  expect(program(installed(), text).stdout).toMatch(/^invalid-setting expected a suite/);
});

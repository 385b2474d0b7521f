// What a user gets: the tarball that npm would publish, installed in an empty folder with npm.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "jsonc-parser";
import { expect, type TestContext, test } from "vitest";
import { ERROR_PAGES } from "../../src/cli/error-pages.ts";
import { folder } from "./program.ts";

const root = join(import.meta.dirname, "..", "..");
const MOST_BYTES = 1e6;

/** What `npm pack --json` says. */
interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

test("the package is small, and has what it needs and no more", () => {
  const { size, files } = pack(folder().path);
  expect(size).toBeLessThan(MOST_BYTES);
  const paths = files.map(({ path }) => path);
  for (const path of [
    "dist/cli/main.js",
    "dist/index.d.ts",
    "src/spec/suite.schema.json",
    "src/spec/network.schema.json",
    "src/report/report.css",
    "suites/quick.json",
    "baselines/keskar-2017.json",
    "README.md",
    "LICENSE",
    ...Object.values(ERROR_PAGES),
  ]) {
    expect(paths, path).toContain(path);
  }
  expect(paths.filter((path) => /^(test|reports|\.)|(?<!\.d)\.ts$/.test(path))).toEqual([]);
});

test("installed in an empty folder it makes a suite, runs it and writes a report", (context) => {
  const { path } = folder();
  const { filename } = pack(path);
  install(path, filename, context);

  const init = npx(path, "init");
  expect(init).toMatchObject({ status: 0 });
  expect(init.stdout).not.toContain("npm install");
  const suite = parse(readFileSync(join(path, "suites/my-first-suite.jsonc"), "utf8"));
  expect(existsSync(resolve(path, "suites", suite.$schema))).toBe(true);

  const run = npx(path, "run");
  expect(run.stderr).not.toMatch(/error/i);
  expect(run.stdout).toMatch(/^. (pass|fail|inconclusive) {2}sharper$/m);
  expect(run.stdout).not.toContain("not-measured");
  const [, report = ""] = /report (reports\/my-first-suite\/\S+\/index\.html)/.exec(run.stdout) ?? [];
  expect(readFileSync(join(path, report), "utf8")).toMatch(/^<!doctype html>/i);

  const error = npx(path, "data", "fetch", "timit");
  expect(error.status).toBe(2);
  const [, page = ""] = /^See (.+)$/m.exec(error.stderr) ?? [];
  expect(page).toBe(join("node_modules", "claimbench", "docs", "data.md"));
  expect(existsSync(join(path, page))).toBe(true);

  writeFileSync(join(path, "library.mjs"), 'console.log(Object.keys(await import("claimbench")).length > 0);');
  expect(spawnSync(process.execPath, ["library.mjs"], { cwd: path, encoding: "utf8" }).stdout).toBe("true\n");
}, 240_000);

function pack(to: string): Packed {
  const { stdout } = npm(root, "pack", "--json", "--pack-destination", to);
  return JSON.parse(stdout)[0];
}

/** With what is in npm's cache, where it is. Without a network the test is left out, except in CI. */
function install(path: string, tarball: string, context: TestContext): void {
  const { status, stderr } = npm(
    path,
    "install",
    tarball,
    "--prefer-offline",
    "--omit=optional",
    "--no-audit",
    "--no-fund",
  );
  if (status !== 0 && !process.env["CI"] && /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/.test(stderr)) {
    context.skip("npm's registry cannot be reached");
  }
  expect(stderr).not.toContain("npm error");
  expect(status).toBe(0);
}

function npx(path: string, ...words: string[]) {
  return program("npx", path, ["--no-install", "claimbench", ...words]);
}

function npm(path: string, ...words: string[]) {
  return program("npm", path, words);
}

function program(name: string, cwd: string, words: string[]) {
  const { FORCE_COLOR: _, ...inherited } = process.env;
  return spawnSync(name, words, {
    cwd,
    encoding: "utf8",
    // The runtime's own installer would download the libraries of CUDA.
    env: { ...inherited, ONNXRUNTIME_NODE_INSTALL: "skip" },
    shell: process.platform === "win32",
  });
}

import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { suiteContext } from "../src/cli/package-files.ts";
import { readSuite } from "../src/spec/read-suite.ts";

const root = new URL("../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");

test("the suite in the README is one", () => {
  const [, text = ""] = /```jsonc\n([\s\S]*?)```/.exec(readme) ?? [];
  const suite = readSuite({ file: "README.md", text, sha256: "" }, suiteContext("."));
  expect(suite.arms.map(({ name }) => name)).toEqual(["SB", "LB"]);
  expect(suite.claims.map(({ id }) => id)).toEqual(["sharper"]);
});

test("the files the README links to are there", () => {
  const links = Array.from(readme.matchAll(/\]\((?!https?:)([^)]+)\)/g), ([, link = ""]) => link);
  expect(links.length).toBeGreaterThan(4);
  for (const link of links) expect(existsSync(new URL(link, root)), link).toBe(true);
});

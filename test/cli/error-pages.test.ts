import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ERROR_PAGES } from "../../src/cli/error-pages.ts";

const root = join(import.meta.dirname, "..", "..");
const thrown = codesThrown();

test("every page that an error names exists and is in the package", () => {
  const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(files.some((pattern: string) => pattern === "docs" || pattern === "docs/*.md")).toBe(true);
  for (const page of Object.values(ERROR_PAGES)) expect(existsSync(join(root, page)), page).toBe(true);
});

test.each(Object.keys(ERROR_PAGES))("there is an error %s", (code) => {
  expect(thrown).toContain(code);
});

test("a schema's name makes a code, and nothing else does so unseen", () => {
  expect(thrown.has("suite-invalid")).toBe(true);
  expect(thrown.has("suite-valid")).toBe(false);
});

/** Codes in the source where an error is made: of ClaimbenchError, of collected problems, of a document's schema. */
function codesThrown(): Set<string> {
  const codes = new Set<string>();
  const folder = join(root, "src");
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    const text = readFileSync(join(folder, file), "utf8");
    for (const [, code = ""] of text.matchAll(/(?:\bClaimbenchError|\.throwIfAny)\(\s*"([a-z-]+)"/g)) codes.add(code);
    for (const [, schema = ""] of text.matchAll(/\bcheckSchema\(\w+, "([a-z-]+)"\)/g)) codes.add(`${schema}-invalid`);
  }
  return codes;
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { errorDocument, renderError, usageDocument } from "../../src/cli/print-error.ts";
import { providerFailure } from "../../src/engine/onnx/providers.ts";
import { ClaimbenchError } from "../../src/spec/error.ts";

function folderWith(file: string, text: string): string {
  const path = mkdtempSync(join(tmpdir(), "claimbench-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  writeFileSync(join(path, file), text);
  return path;
}

function at(line: number, column: number, message = "wrong", hint?: string) {
  return new ClaimbenchError("bad-key", message, {
    location: { file: "suite.json", line, column },
    ...(hint === undefined ? {} : { hint }),
  });
}

test("shows place, code, the line with a caret and the hint", () => {
  const cwd = folderWith("suite.json", '{\n  "sede": 5\n}\n');
  expect(renderError(at(2, 3, 'unknown key "sede"', "did you mean seeds?"), cwd, false)).toBe(
    [
      'error suite.json:2:3: unknown key "sede" [bad-key]',
      '2 |   "sede": 5',
      "      ^",
      "hint  did you mean seeds?",
      "",
    ].join("\n"),
  );
});

test.each([
  { name: "tabs", text: '\t\t"sede": 5\n', column: 3 },
  { name: "Windows line ends", text: '  "sede": 5\r\n', column: 3 },
  { name: "a byte-order mark", text: '\uFEFF"sede": 5\n', column: 1 },
  { name: "a very long line", text: `${" ".repeat(4000)}"sede": ${"1".repeat(4000)}\n`, column: 4001 },
])("the caret stands below the column after $name", ({ text, column }) => {
  const cwd = folderWith("suite.json", text);
  const lines = renderError(at(1, column), cwd, false).split("\n");
  const [, excerpt = "", caret = ""] = lines;
  expect(excerpt.slice(caret.indexOf("^"))).toMatch(/^"sede"/);
  expect(excerpt).not.toContain("\r");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(130);
});

test.each([
  { name: "the file is gone", line: 1, file: "other.json" },
  { name: "the line is beyond the end", line: 99, file: "suite.json" },
])("does without the line when $name", ({ line, file }) => {
  const cwd = folderWith(file, "{}\n");
  expect(renderError(at(line, 1), cwd, false)).toBe(`error suite.json:${line}:1: wrong [bad-key]\n`);
});

test("a message of many or of long lines stays on one screen", () => {
  const many = Array.from({ length: 500 }, (_, i) => `problem ${i} ${"x".repeat(5000)}`).join("\n");
  const lines = renderError(new ClaimbenchError("many", many), "/", false).split("\n");
  expect(lines.length).toBeLessThanOrEqual(25);
  expect(lines[0]).toMatch(/^error problem 0 x/);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(600);
});

test("text of the user's cannot drive the terminal", () => {
  const text = renderError(new ClaimbenchError("bad-key", 'unknown key "\u001b]0;title\u0007\u001b[2J"'), "/", false);
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  expect(text).toContain("unknown key");
});

test("names the page of the docs that helps, where one does", () => {
  const error = new ClaimbenchError("data-missing", "there is no data", { hint: "fetch it" });
  const lines = renderError(error, import.meta.dirname, false).split("\n");
  const page = /^See (.+)$/.exec(lines[2] ?? "")?.[1] ?? "";
  expect(readFileSync(resolve(import.meta.dirname, page), "utf8")).toMatch(/^# Data\n/);
  expect(lines.slice(3)).toEqual([""]);
  expect(renderError(new ClaimbenchError("bad-key", "wrong"), "/", false)).not.toContain("See");
  expect(errorDocument(error)).toEqual({
    error: { code: "data-missing", message: "there is no data", hint: "fetch it", docs: "docs/data.md" },
  });
});

test("the page is named by its path from the folder it is read in", () => {
  const error = new ClaimbenchError("data-missing", "there is no data");
  expect(renderError(error, join(import.meta.dirname, "../.."), false)).toContain("\nSee docs/data.md\n");
  expect(renderError(error, "/", false)).toContain(`See ${join(import.meta.dirname, "../../docs/data.md").slice(1)}`);
});

test("colours only where they are wanted", () => {
  const error = new ClaimbenchError("bad", "wrong", { hint: "mend it" });
  expect(renderError(error, "/", true)).toContain("\u001b[31m");
  expect(renderError(error, "/", false)).not.toContain("\u001b");
});

test("as a document it has code, message, hint and place", () => {
  expect(errorDocument(at(2, 3, "wrong", "mend it"))).toEqual({
    error: { code: "bad-key", message: "wrong", hint: "mend it", location: { file: "suite.json", line: 2, column: 3 } },
  });
  expect(errorDocument(new ClaimbenchError("bad", "wrong"))).toEqual({ error: { code: "bad", message: "wrong" } });
});

test.each([
  { message: "error: missing required argument 'suite'", document: { message: "missing required argument 'suite'" } },
  {
    message: "error: unknown option '--sedes'\n(Did you mean --seeds?)",
    document: { message: "unknown option '--sedes'", hint: "Did you mean --seeds?" },
  },
])("$message as a document", ({ message, document }) => {
  expect(usageDocument(message)).toEqual({ error: { code: "usage", ...document } });
});

test("what is missing for a device names the page of GPUs once", () => {
  const text = renderError(providerFailure("cuda", new Error("no driver")), process.cwd(), false);
  expect(text).toContain("CUDA 12 and cuDNN 9");
  expect(text.match(/gpu\.md/g)).toEqual(["gpu.md"]);
});

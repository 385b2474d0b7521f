import { expect, test } from "vitest";
import { parseJson } from "../../src/spec/json-source.ts";
import { failure, marked } from "./suite-under-test.ts";

const broken = [
  ["an unquoted key", "{ ▶a: 1 }", "keys and texts stand in double quotes"],
  ["single quotes", "{ ▶'a': 1 }", "keys and texts stand in double quotes"],
  ["a word", '{ "a": ▶nope }', "this is not JSON"],
  ["a shell comment", "▶# x\n{}", "this is not JSON"],
  ["a plus sign", "[▶+1]", "this is not JSON"],
  ["no value", '{ "a": ▶}', "expected a value"],
  ["a lone comma", "[▶,]", "expected a value"],
  ["two commas", '{ "a": 1,▶, "b": 2 }', "expected a key in double quotes"],
  ["no colon", '{ "a" ▶1 }', "expected a colon after the key"],
  ["no comma", '{\n  "a": 1\n  ▶"b": 2\n}', "expected a comma"],
  ["the wrong bracket", "[1▶}", "expected a comma, or the closing bracket"],
  ["an open object", '{\n  "a": 1\n▶', "expected a closing }"],
  ["an open array", "[1, 2▶", "expected a closing ]"],
  ["two documents", "{} ▶{}", "expected the end of the file"],
  ["an open comment", "{} ▶/* x", "this comment is not closed"],
  ["only a comment", "// x▶", "expected a value"],
  ["an open string", '{ "a": ▶"x\n}', "this string is not closed"],
  ["a cut number", "[▶1.]", "this number is not complete"],
  ["a cut escape", '[▶"\\u12"]', "escape is not complete"],
  ["an unknown escape", '[▶"\\x"]', "this escape does not exist"],
  ["a tab in a string", '[▶"a\tb"]', "not allowed in a string"],
] as const;

test.each(broken)("%s is located and named", (_, text, message) => {
  const { line, column, ...rest } = marked(text);
  const error = failure(() => parseJson(rest.text, "suite.json"));
  expect(error).toMatchObject({ code: "json-syntax", location: { file: "suite.json", line, column } });
  expect(error.message).toContain(message);
});

test.each(["", " \r\n\t", "\uFEFF"])("an empty file (%j) is called empty", (text) => {
  expect(failure(() => parseJson(text, "suite.json"))).toMatchObject({
    code: "json-empty",
    location: { line: 1, column: 1 },
  });
});

test.each([
  ['{"a":', 100_000, 64 * 5 + 1],
  ["[", 65, 65],
] as const)("%s nested deeply is refused where it becomes too deep", (open, times, column) => {
  const error = failure(() => parseJson(open.repeat(times), "suite.json"));
  expect(error).toMatchObject({ code: "json-depth", location: { line: 1, column } });
});

test.each([
  ["comments and trailing commas", '// one\n{ "a": [1, /* two */ 2,], }', { a: [1, 2] }],
  ["a byte order mark", '\uFEFF{ "a": 1 }', { a: 1 }],
  ["brackets in comments and strings", `// ${"[".repeat(99)}\n["${"{".repeat(99)}"]`, ["{".repeat(99)]],
  ["64 levels", `${"[".repeat(64)}${"]".repeat(64)}`, JSON.parse(`${"[".repeat(64)}${"]".repeat(64)}`)],
] as const)("%s are read", (_, text, value) => {
  expect(parseJson(text, "suite.json").value).toEqual(value);
});

test("__proto__ stays a key like any other", () => {
  const value = parseJson('{ "__proto__": 1 }', "suite.json").value as object;
  expect(Object.keys(value)).toEqual(["__proto__"]);
});

import { expect, test } from "vitest";
import { parseJson } from "../../src/spec/json-source.ts";
import { failure, marked, read, SUITE } from "./suite-under-test.ts";

test.each([
  ["at the top", '{\n"a": 1,\n"b": {},\n  ▶"a": 2\n}', "a", 2],
  ["with Windows line ends", '{\r\n"a": 1,\r\n ▶"a": 2\r\n}', "a", 2],
  ["in an array's object", '{ "x": [{ "a": 1,\n\n▶"a": 2 }] }', "a", 1],
  ["written with an escape", '{ "a": 1,\n▶"\\u0061": 2 }', "a", 1],
  ["called __proto__", '{ "__proto__": 1,\n▶"__proto__": 2 }', "__proto__", 1],
] as const)("a key that occurs twice %s is refused with both lines", (_, text, key, firstLine) => {
  const { line, column, ...rest } = marked(text);
  const error = failure(() => parseJson(rest.text, "suite.json"));
  expect(error).toMatchObject({ code: "duplicate-key", location: { line, column } });
  expect(error.message).toBe(`"${key}" occurs twice; the first is on line ${firstLine}`);
});

test("two claims of one name are refused, not merged", () => {
  const twice = SUITE.replace('"sharper": {', '"gap": {');
  expect(failure(() => read(twice))).toMatchObject({ code: "duplicate-key", location: { line: 22, column: 5 } });
});

test("the same key in two objects is fine", () => {
  expect(parseJson('[{ "a": 1 }, { "a": 2 }]', "suite.json").value).toEqual([{ a: 1 }, { a: 2 }]);
});

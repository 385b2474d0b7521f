import { expect, test } from "vitest";
import { isContinuousIntegration, usesColour } from "../../src/cli/io.ts";

test.each([
  { environment: {}, terminal: true, colour: true },
  { environment: {}, terminal: false, colour: false },
  { environment: { TERM: "dumb" }, terminal: true, colour: false },
  { environment: { NO_COLOR: "1" }, terminal: true, colour: false },
  { environment: { NO_COLOR: "" }, terminal: true, colour: true },
  { environment: { FORCE_COLOR: "1" }, terminal: false, colour: true },
  { environment: { FORCE_COLOR: "0" }, terminal: true, colour: false },
  { environment: { FORCE_COLOR: "false" }, terminal: true, colour: false },
  { environment: { FORCE_COLOR: "1", TERM: "dumb" }, terminal: false, colour: true },
  { environment: { NO_COLOR: "1", FORCE_COLOR: "1" }, terminal: true, colour: false },
])("colour is $colour with $environment, terminal $terminal", ({ environment, terminal, colour }) => {
  expect(usesColour(environment, terminal)).toBe(colour);
});

test.each([
  [undefined, false],
  ["", false],
  ["0", false],
  ["false", false],
  ["true", true],
  ["1", true],
])("CI=%s: %s", (CI, expected) => {
  expect(isContinuousIntegration(CI === undefined ? {} : { CI })).toBe(expected);
});

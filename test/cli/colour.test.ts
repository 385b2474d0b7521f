import { expect, test } from "vitest";
import { usesColour } from "../../src/cli/io.ts";

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

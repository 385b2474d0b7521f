import { expect, test } from "vitest";
import { folder } from "./program.ts";
import { tinySuite } from "./suites.ts";

test.each([
  { words: ["run", "--json"], message: "missing required argument 'suite'" },
  { words: ["run", "suite.json", "--sedes", "3", "--json"], message: "unknown option '--sedes'" },
  { words: ["measure", "--json"], message: "required option '--network <file>' not specified" },
])("claimbench $words prints one document", async ({ words, message }) => {
  const place = folder();
  place.write("suite.json", tinySuite());
  const run = await place.run(words);
  expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: "usage", message } });
  expect(run.stderr).toContain(message);
  expect(run.code).toBe(2);
});

test("a suite that is listed by name must have the profile", async () => {
  const place = folder();
  place.write("suite.json", tinySuite());
  const named = await place.run(["list", "suite.json", "--profile", "smoke"]);
  expect(named).toMatchObject({ code: 2, stdout: "" });
  expect(named.stderr).toContain("[unknown-profile]");
  const all = await place.run(["list", "--profile", "smoke"]);
  expect(all).toMatchObject({ code: 0, stderr: "" });
});

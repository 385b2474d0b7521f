import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { dataSetSize } from "../../src/data/load.ts";
import { profilesOf, readSuite, type SuiteContext } from "../../src/spec/read-suite.ts";

const suites = fileURLToPath(new URL("../../suites/", import.meta.url));
const networkNames = readdirSync(`${suites}networks`).map((file) => basename(file, ".json"));
const context: SuiteContext = {
  networkNames,
  readNetwork: (reference) =>
    networkNames.includes(reference)
      ? { file: `${reference}.json`, text: readFileSync(`${suites}networks/${reference}.json`, "utf8") }
      : undefined,
  dataSetSize,
  hasDataSet: () => true,
};
const files = readdirSync(suites, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".json") && !file.startsWith("networks"),
);
const cases = files.flatMap((file) => {
  const source = { file, text: readFileSync(suites + file, "utf8"), sha256: "0".repeat(64) };
  return [undefined, ...profilesOf(source)].map((profile) => ({ file, profile, source }));
});

test.each(cases)("$file is read under profile $profile", ({ source, profile }) => {
  const suite = readSuite(source, context, profile ? { profile } : {});
  const arms = suite.arms.map(({ name }) => name);
  expect(new Set(arms).size).toBe(arms.length);
  const lines = source.text.split("\n");
  for (const { id, line = 0 } of suite.claims) expect(lines[line - 1]).toContain(`"${id.replace(/\[.*/, "")}": {`);
});

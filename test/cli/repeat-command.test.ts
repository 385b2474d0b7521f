import { expect, test } from "vitest";
import { type RunCommandOptions, repeatCommand, repeatCommandHere } from "../../src/cli/run/options.ts";

const plain = { reports: "reports", gate: "claims", store: ".claimbench", engine: "auto", device: "auto" } as const;

const cases: { options: Partial<RunCommandOptions>; words: string }[] = [
  { options: {}, words: "" },
  { options: { profile: "smoke" }, words: " --profile smoke" },
  { options: { seeds: 3, workers: 2, threads: 1 }, words: " --seeds 3 --workers 2 --threads 1" },
  { options: { engine: "onnx", device: "webgpu" }, words: " --engine onnx --device webgpu" },
  { options: { filter: "gap" }, words: " --filter gap" },
  { options: { filter: "C04,gap" }, words: " --filter C04,gap" },
  { options: { filter: "two words" }, words: " --filter 'two words'" },
  { options: { filter: "it's $HOME" }, words: String.raw` --filter 'it'\''s $HOME'` },
  { options: { quiet: true, verbose: true, json: true, reports: "elsewhere", failOn: "inconclusive" }, words: "" },
];

test.each(cases)("$options are repeated as '$words'", ({ options, words }) => {
  expect(repeatCommand("keskar-2017/sharp-minima", { ...plain, ...options })).toBe(
    `claimbench run keskar-2017/sharp-minima${words}`,
  );
});

test("a suite's name with a space is quoted", () => {
  expect(repeatCommand("my suite.json", plain)).toBe("claimbench run 'my suite.json'");
});

test("for the terminal the suite's path, the reports folder and --fail-on stay", () => {
  expect(repeatCommandHere("sub/my.json", plain)).toBe("claimbench run sub/my.json");
  expect(repeatCommandHere("../my.json", { ...plain, reports: "../out put", failOn: "inconclusive", seeds: 2 })).toBe(
    "claimbench run ../my.json --seeds 2 --reports '../out put' --fail-on inconclusive",
  );
});

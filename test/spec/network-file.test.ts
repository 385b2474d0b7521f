import { expect, test } from "vitest";
import { readNetwork } from "../../src/spec/read-network.ts";
import { readSuite } from "../../src/spec/read-suite.ts";
import { CONTEXT, changed, failure, read } from "./suite-under-test.ts";

test.each([
  ["./broken.json", "network-invalid", "broken.json", 3, 25, 'unknown layer "dens"; did you mean "dense"?'],
  ["./cut.json", "json-syntax", "cut.json", 2, 16, "expected a closing ]"],
  ["./misfit.json", "network-shape", "misfit.json", 1, 25, "layer 0 (dense) needs a flat input"],
] as const)("an error within %s is located in that file", (reference, code, file, line, column, message) => {
  const error = failure(() => read(changed('"plain"', `"${reference}"`)));
  expect(error).toMatchObject({ code, location: { file, line, column } });
  expect(error.message).toContain(message);
});

test("layers that do not fit together are left to the run where nobody can work out shapes", () => {
  const { parameterCount: _, ...context } = CONTEXT;
  const text = changed('"plain"', '"./misfit.json"');
  expect(readSuite({ file: "suite.json", text, sha256: "" }, context).arms[0]?.networkName).toBe("misfit");
});

test("repeats are unrolled and defaults filled in", () => {
  const text = `{ "input": [1, 28, 28], "layers": [
    { "repeat": 2, "layers": [{ "layer": "conv", "filters": 2, "kernel": 3 }, { "layer": "batch-norm" }] },
    { "layer": "max-pool", "size": 2 }, { "layer": "flatten" }, { "layer": "dense", "units": 10 }] }`;
  const conv = { layer: "conv", filters: 2, kernel: 3, stride: 1, padding: "valid" };
  const norm = { layer: "batch-norm", statistics: "batch", epsilon: 1e-5 };
  expect(readNetwork(text, "networks/mine.json")).toEqual({
    name: "mine",
    input: [1, 28, 28],
    initialiser: "glorot-uniform",
    layers: [
      ...[conv, norm, conv, norm],
      { layer: "max-pool", size: 2, stride: 2, padding: "valid" },
      { layer: "flatten" },
      { layer: "dense", units: 10 },
    ],
  });
});

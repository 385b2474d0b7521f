import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parameterLayout } from "../../src/networks/layout.ts";
import { resolvedNetwork } from "../../src/networks/shapes.ts";
import { readNetwork } from "../../src/spec/read-network.ts";

const folder = fileURLToPath(new URL("../../suites/networks/", import.meta.url));

/** F1 … C4: weights, biases, batch-norm scales and shifts of the paper's networks, counted by hand from its Appendix B. */
const parameterCounts = {
  F1: 1_462_794,
  F2: 2_780_085,
  C1: 1_757_834,
  C2: 14_991_946,
  C3: 1_775_204,
  C4: 15_038_116,
  "C1-literal": 209_546,
  "F1-5x256": 469_258,
  "F1-5x128": 169_098,
  "F1-3x128": 135_562,
  "F1-3x128-plain": 134_794,
  "F1-tiny": 26_634,
};

test.each(Object.entries(parameterCounts))("%s has %i parameters", (name, parameterCount) => {
  const file = `${folder}${name}.json`;
  const network = readNetwork(readFileSync(file, "utf8"), file);
  expect(network.name).toBe(name);
  expect(parameterLayout(resolvedNetwork(network, name)).parameterCount).toBe(parameterCount);
});

test("every shipped network is in the table above", () => {
  const names = readdirSync(folder).map((file) => basename(file, ".json"));
  expect(names.sort()).toEqual(Object.keys(parameterCounts).sort());
});

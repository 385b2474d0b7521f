import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import { initialise } from "../../src/networks/initialise.ts";
import { parameterLayout } from "../../src/networks/layout.ts";

const layout = parameterLayout({
  name: "net",
  input: [100],
  layers: [{ layer: "dense", units: 50 }, { layer: "batch-norm" }, { layer: "relu" }, { layer: "dense", units: 10 }],
});

test("parameters are named and shaped as torch.nn.Sequential's", () => {
  expect(layout.parameters.map(({ name, shape }) => [name, shape])).toEqual([
    ["0.weight", [50, 100]],
    ["0.bias", [50]],
    ["1.weight", [50]],
    ["1.bias", [50]],
    ["3.weight", [10, 50]],
    ["3.bias", [10]],
  ]);
  expect(layout.parameterCount).toBe(5000 + 50 + 50 + 50 + 500 + 10);
});

test("weights are Glorot uniform, biases 0, batch-norm scales 1", () => {
  const theta = initialise(layout, xoroshiro128plus(3));
  const part = (name: string) => {
    const { offset, size } = layout.parameters.find((parameter) => parameter.name === name) ?? { offset: 0, size: 0 };
    return theta.subarray(offset, offset + size);
  };
  const bound = Math.sqrt(6 / 150);
  const weights = part("0.weight");
  expect(Math.max(...weights)).toBeLessThan(bound);
  expect(Math.max(...weights)).toBeGreaterThan(0.99 * bound);
  const variance = weights.reduce((sum, value) => sum + value * value, 0) / weights.length;
  expect(variance / (bound ** 2 / 3)).toBeCloseTo(1, 1);
  expect(new Set([...part("0.bias"), ...part("1.bias"), ...part("3.bias")])).toEqual(new Set([0]));
  expect(new Set(part("1.weight"))).toEqual(new Set([1]));
});

test.each([
  ["glorot-uniform", Math.sqrt(6 / (2 * 9 + 4 * 9))],
  ["he-uniform", Math.sqrt(6 / (2 * 9))],
  ["uniform", Math.sqrt(1 / (2 * 9))],
] as const)("%s: the bound of a conv layer counts its window", (initialiser, bound) => {
  const { parameters } = parameterLayout({
    name: "net",
    input: [2, 5, 5],
    layers: [{ layer: "conv", filters: 4, kernel: 3 }, { layer: "flatten" }, { layer: "dense", units: 2 }],
    initialiser,
  });
  expect(parameters[0]?.initial).toEqual({ kind: "uniform", bound });
});

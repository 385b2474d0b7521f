import { expect, test } from "vitest";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import type { MeasuredValue } from "../../src/measure/measured-value.ts";
import { rescaledSharpness } from "../../src/measure/sharpness/rescaled-sharpness.ts";
import { sharpness } from "../../src/measure/sharpness/sharpness.ts";
import { parameterLayout } from "../../src/networks/layout.ts";
import { rescaled } from "../../src/networks/rescale.ts";
import type { Layer } from "../../src/spec/network.types.ts";
import { generator } from "../../src/train/seeds.ts";
import { golden, networks } from "../fixtures/golden-networks.ts";

const engine = onnxEngine({ threads: 1 });
const dense = (units: number): Layer => ({ layer: "dense", units });
const conv: Layer = { layer: "conv", filters: 2, kernel: 3 };
const relu: Layer = { layer: "relu" };
const batchNorm: Layer = { layer: "batch-norm" };
const pool: Layer = { layer: "max-pool", size: 2 };
const dropout: Layer = { layer: "dropout", rate: 0.5 };
const flatten: Layer = { layer: "flatten" };

/** Factor of each tensor that changed, for a θ of ones. */
function factors(input: number[], layers: readonly Layer[]): Record<string, number> {
  const network = { name: "tiny", input, layers };
  const layout = parameterLayout(network);
  const theta = new Float32Array(layout.parameterCount).fill(1);
  const scaled = rescaled(network, layout, theta, 4);
  expect(theta.every((value) => value === 1)).toBe(true);
  const changed = layout.parameters.map(({ name, offset, size }) => {
    const values = new Set(scaled.subarray(offset, offset + size));
    expect(values.size).toBe(1);
    return [name, [...values][0] as number] as const;
  });
  return Object.fromEntries(changed.filter(([, value]) => value !== 1));
}

function measured(values: readonly MeasuredValue[], part: string, epsilon?: number): number {
  const found = values.find((value) => value.part === part && value.epsilon === epsilon);
  if (!found || "absent" in found) throw new Error(`no ${part}: ${JSON.stringify(found)}`);
  return found.value;
}

test.each<[string, number[], Layer[], Record<string, number>]>([
  ["dense", [3], [dense(4), relu, dense(2)], { "0.weight": 4, "0.bias": 4, "2.weight": 0.25 }],
  [
    "only the first of two pairs",
    [3],
    [dense(4), relu, dense(4), relu, dense(2)],
    { "0.weight": 4, "0.bias": 4, "2.weight": 0.25 },
  ],
  [
    "batch norm in the place of the weights before it",
    [3],
    [dense(4), batchNorm, relu, dense(4), batchNorm, relu, dense(2)],
    { "1.weight": 4, "1.bias": 4, "3.weight": 0.25 },
  ],
  [
    "through pool, dropout and flatten",
    [1, 6, 6],
    [conv, relu, pool, dropout, flatten, dense(2)],
    { "0.weight": 4, "0.bias": 4, "5.weight": 0.25 },
  ],
  [
    "a ReLU before a batch norm is passed over",
    [3],
    [dense(4), relu, batchNorm, dense(4), relu, dense(2)],
    { "3.weight": 4, "3.bias": 4, "5.weight": 0.25 },
  ],
])("%s", (_, input, layers, expected) => {
  expect(factors(input, layers)).toEqual(expected);
});

test.each<[string, Layer[]]>([
  ["no ReLU", [dense(4), dense(2)]],
  ["a ReLU on the input", [relu, dense(2)]],
  ["a ReLU at the end", [dense(2), relu]],
  ["a ReLU only before batch norm", [dense(4), relu, batchNorm, dense(2)]],
])("refused: %s", (_, layers) => {
  expect(() => factors([3], layers)).toThrow(expect.objectContaining({ code: "cannot-rescale" }));
});

test.each(Object.keys(networks))("%s: a power of 2 leaves loss and accuracy, sharpness is another", async (name) => {
  const { network, samples, theta } = golden(name);
  const model = engine.load(network);
  const objective = model.objective(samples, 5000);
  const search = { epsilon: [1e-3, 5e-3], maximiser: ["sign-ascent"] as const };
  const before = await sharpness(engine, objective, theta, { space: "full", ...search }, generator("subspace", 0));
  for (const factor of [16, 1 / 4]) {
    const values = await rescaledSharpness(engine, model, objective, theta, { factor, ...search });
    expect(measured(values, "loss-change")).toBe(0);
    expect(measured(values, "accuracy-change")).toBe(0);
    expect(values.filter(({ part }) => part === "sharpness")).toHaveLength(2);
    for (const { epsilon, value } of before) {
      const change = Math.abs(measured(values, "sharpness", epsilon) / value - 1);
      expect(change, `factor ${factor}, ε = ${epsilon}`).toBeGreaterThan(0.1);
    }
  }
  await model.dispose();
});

test("a factor of 1 gives the sharpness itself, for every maximiser", async () => {
  const { network, samples, theta } = golden("mlp-plain");
  const model = engine.load(network);
  const objective = model.objective(samples, 5000);
  const search = { epsilon: [1e-3], maximiser: ["scaled", "sign-ascent"] as const };
  const before = await sharpness(engine, objective, theta, { space: "full", ...search }, generator("subspace", 0));
  const values = await rescaledSharpness(engine, model, objective, theta, { factor: 1, ...search });
  expect(values.slice(2)).toEqual(before.map((value) => ({ part: "sharpness", ...value })));
  await model.dispose();
});

import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { expect, test } from "vitest";
import { Graph, type Value } from "../../src/engine/onnx/graphs/graph.ts";
import { lowerNormalisedConv } from "../../src/engine/onnx/graphs/layers/normalised-conv.ts";
import { Session, tensor } from "../../src/engine/onnx/session.ts";
import { elementCount } from "../../src/spec/element-count.ts";
import { generator } from "../../src/train/seeds.ts";

const BATCH = 7;
const window = {
  kernel: 3,
  stride: 1,
  rows: { before: 1, after: 1, outputs: 6 },
  columns: { before: 1, after: 1, outputs: 5 },
};
const pool = {
  kernel: 2,
  stride: 2,
  rows: { before: 0, after: 0, outputs: 3 },
  columns: { before: 0, after: 0, outputs: 2 },
};
const shapes = { x: [BATCH, 2, 6, 5], weight: [4, 2, 3, 3], bias: [4], scale: [4], shift: [4] };

/** Output, statistics and all gradients, with so many images at a time. */
async function run(pooled: boolean, chunk: number): Promise<Record<string, Float32Array>> {
  const graph = new Graph();
  const input = (name: string, shape: readonly number[]) => graph.input(name, "float32", shape);
  const [x, weight, bias, scale, shift] = Object.entries(shapes).map(([name, shape]) => input(name, shape)) as [
    Value,
    Value,
    Value,
    Value,
    Value,
  ];
  const layer = lowerNormalisedConv(
    graph,
    x,
    { weight, bias, scale, shift },
    window,
    pooled ? pool : undefined,
    1e-5,
    "omitted",
    chunk,
  );
  const { input: byInput, parameters } = layer.backward(input("gradient", layer.output.shape), true);
  const outputs = {
    output: layer.output,
    ...layer.statistics,
    byInput,
    byWeight: parameters[0],
    byScale: parameters[2],
    byShift: parameters[3],
  };
  for (const [name, value] of Object.entries(outputs)) graph.output(value as Value, name);
  const session = await Session.create(graph.encode(), { threads: 1 });
  const random = generator("start", 0);
  const draw = (shape: readonly number[]) =>
    tensor(
      Float32Array.from({ length: elementCount(shape) }, () => 2 * uniformFloat64(random) - 1),
      shape,
    );
  const feeds = Object.fromEntries(graph.inputs.map(({ name, shape }) => [name, draw(shape)]));
  const results = await session.run(feeds, Object.fromEntries(Object.keys(outputs).map((name) => [name, null])));
  await session.release();
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]));
}

// 7 images: 3, 2 and 2; then 4 and 3; then one by one.
test.each([
  { pooled: true, chunk: 3 },
  { pooled: true, chunk: 4 },
  { pooled: true, chunk: 1 },
  { pooled: false, chunk: 3 },
])("a convolution of $chunk images at a time is that of all at once, pooled: $pooled", async ({ pooled, chunk }) => {
  const [whole, inChunks] = [await run(pooled, BATCH), await run(pooled, chunk)];
  expect(Object.keys(whole)).toHaveLength(7);
  for (const [name, values] of Object.entries(whole)) {
    const others = inChunks[name] as Float32Array;
    expect(others).toHaveLength(values.length);
    const largest = Math.max(...values.map(Math.abs));
    expect(largest, name).toBeGreaterThan(0);
    for (const [i, value] of values.entries())
      expect(Math.abs(value - (others[i] as number)), `${name}[${i}]`).toBeLessThan(2e-6 * largest);
  }
});

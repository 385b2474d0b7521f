import { uniformFloat32 } from "pure-rand/distribution/uniformFloat32";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect, test } from "vitest";
import type { Samples } from "../../src/data/samples.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { norm } from "../../src/measure/norm.ts";
import { fillNormal } from "../../src/measure/normal.ts";
import { initialRunningStatistics } from "../../src/networks/layout.ts";
import type { Layer } from "../../src/spec/network.types.ts";

// The runtime's optimiser rewrites the backward graph: one network per layer kind is held against finite differences.
const dense = (units: number): Layer => ({ layer: "dense", units });
const conv = (filters: number, kernel: number, more: object = {}): Layer => ({
  layer: "conv",
  filters,
  kernel,
  ...more,
});
const end: readonly Layer[] = [{ layer: "flatten" }, dense(4)];
const cases: readonly [string, readonly Layer[]][] = [
  ["conv", [conv(3, 3), ...end]],
  ["conv, same padding", [conv(3, 3, { padding: "same" }), ...end]],
  ["conv, same padding of an even kernel", [conv(3, 2, { padding: "same" }), ...end]],
  ["conv with stride", [conv(3, 3, { stride: 2, padding: 1 }), ...end]],
  ["conv with a stride that leaves a column over", [conv(3, 3, { stride: 2 }), ...end]],
  ["conv after conv", [conv(3, 3, { padding: 1 }), conv(2, 2), ...end]],
  [
    "conv after conv of many channels",
    [conv(6, 3, { padding: "same" }), conv(5, 3, { stride: 2, padding: "same" }), ...end],
  ],
  ["batch-norm of images", [conv(3, 3), { layer: "batch-norm" }, ...end]],
  [
    "conv, batch-norm, conv, batch-norm",
    [conv(5, 3), { layer: "batch-norm" }, conv(3, 2), { layer: "batch-norm" }, ...end],
  ],
  ["max-pool", [conv(3, 3, { padding: 1 }), { layer: "max-pool", size: 2 }, ...end]],
  [
    "max-pool, overlapping, padded",
    [conv(3, 3, { padding: 1 }), { layer: "max-pool", size: 3, stride: 2, padding: "same" }, ...end],
  ],
  ["relu before max-pool", [conv(3, 3, { padding: 1 }), { layer: "relu" }, { layer: "max-pool", size: 2 }, ...end]],
  ["dense", [dense(4)]],
  ["dense after dense", [dense(7), dense(4)]],
  ["relu", [dense(9), { layer: "relu" }, dense(4)]],
  ["batch-norm", [dense(6), { layer: "batch-norm", epsilon: 1e-3 }, dense(4)]],
  ["batch-norm on the input", [{ layer: "batch-norm" }, dense(4)]],
  ["batch-norm with running statistics", [dense(6), { layer: "batch-norm", statistics: "running" }, dense(4)]],
  [
    "batch-norm of images with running statistics",
    [conv(3, 3), { layer: "batch-norm", statistics: "running" }, { layer: "relu" }, ...end],
  ],
  ["batch-norm twice", [dense(6), { layer: "batch-norm" }, { layer: "batch-norm" }, { layer: "relu" }, dense(4)]],
  [
    "a matrix too large to be packed with its neighbours",
    [dense(210), { layer: "relu" }, dense(200), { layer: "relu" }, dense(4)],
  ],
];

test.each(cases)("gradient of %s", async (_, layers) => {
  const random = xoroshiro128plus(7);
  const count = 12;
  const isImage = layers.some(({ layer }) => layer === "flatten");
  const shape = isImage ? [2, 6, 6] : [5];
  const x = new Float32Array(count * shape.reduce((product, length) => product * length, 1));
  fillNormal(x, random);
  // A mean far from zero, where a careless batch-norm gradient cancels.
  for (let i = 0; i < x.length; i++) x[i] = (x[i] as number) + 3;
  const samples: Samples = { x, y: Int32Array.from({ length: count }, (_, i) => i % 4), count, shape };
  const model = onnxEngine({ threads: 1 }).load({ name: "probe", input: shape, layers });
  const running = initialRunningStatistics(model.layout).map((value) => value + 0.3);
  const objective = model.objective(samples, 7, running);
  const theta = model.initialise(random);
  for (let i = 0; i < theta.length; i++) theta[i] = (theta[i] as number) + 0.2 * (uniformFloat32(random) - 0.5);
  const gradient = new Float32Array(theta.length);
  await objective.lossAndGradient(theta, gradient);

  const at = async (direction: Float32Array, step: number) =>
    (await objective.evaluate(theta.map((value, i) => value + step * (direction[i] as number)))).loss;
  for (let probe = 0; probe < 6; probe++) {
    const direction = new Float32Array(theta.length);
    fillNormal(direction, random);
    const length = norm(direction);
    for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] as number) / length;
    const slope = gradient.reduce((sum, value, i) => sum + value * (direction[i] as number), 0);
    const step = 2e-3;
    const difference = ((await at(direction, step)) - (await at(direction, -step))) / (2 * step);
    expect(Math.abs(difference - slope)).toBeLessThan(2e-3 * norm(gradient));
  }
  await model.dispose();
});

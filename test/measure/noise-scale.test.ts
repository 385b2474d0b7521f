import { expect, test } from "vitest";
import type { Samples } from "../../src/data/samples.ts";
import type { Model } from "../../src/engine/engine.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { gradientNoiseScale } from "../../src/measure/noise-scale.ts";
import { generator } from "../../src/train/seeds.ts";
import { golden } from "../fixtures/golden-networks.ts";
import { analyticObjective } from "./analytic-objective.ts";

const random = (seed = 0) => generator("gradient-batches", seed);
const noStatistics = new Float32Array(0);

/** What the batches drawn estimate, from every sample's gradient: tr Σ and |G|². */
function moments(gradients: readonly Float32Array[]) {
  const count = gradients.length;
  const [first] = gradients as [Float32Array];
  const mean = Array.from(first, (_, i) => gradients.reduce((sum, g) => sum + (g[i] as number), 0) / count);
  const scatter = gradients.reduce((sum, g) => sum + g.reduce((s, e, i) => s + (e - (mean[i] as number)) ** 2, 0), 0);
  return { squared: mean.reduce((sum, entry) => sum + entry * entry, 0), trace: scatter / count };
}

function estimate(found: Awaited<ReturnType<typeof gradientNoiseScale>>) {
  const [measured] = found;
  if (!measured || "absent" in measured) throw new Error(`no noise scale: ${measured?.absent}`);
  const draws = measured.detail?.draws as number[];
  const trace = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const spread = Math.sqrt(draws.reduce((sum, draw) => sum + (draw - trace) ** 2, 0) / (draws.length - 1));
  return { value: measured.value, draws, trace, traceError: spread / Math.sqrt(draws.length), detail: measured.detail };
}

/** Samples on a plane, and the parabolas ½‖θ − x‖² with them as minimisers; it keeps the batches asked for. */
function parabolas(count: number) {
  const x = Float32Array.from({ length: 2 * count }, (_, i) => Math.sin(12.9898 * (i + 1)));
  const samples: Samples = { x, y: new Int32Array(count), count, shape: [2] };
  const batches: Samples[] = [];
  const objective = (batch: Samples) => {
    batches.push(batch);
    const centre = (i: number) => batch.x.reduce((sum, value, k) => sum + (k % 2 === i ? value : 0), 0) / batch.count;
    return analyticObjective(
      2,
      () => 0,
      (theta) => theta.map((value, i) => value - centre(i)),
    );
  };
  const gradientsAt = (theta: Float32Array) =>
    Array.from({ length: count }, (_, s) => theta.map((value, i) => value - (x[2 * s + i] as number)));
  return { samples, batches, gradientsAt, model: { objective } as unknown as Model };
}

test("parabolas: tr Σ and the noise scale are those of all gradients of single samples", async () => {
  const { samples, gradientsAt, model } = parabolas(2000);
  const theta = Float32Array.of(0.6, -0.4);
  const exact = moments(gradientsAt(theta));
  const options = { small: 4, large: 64, repeats: 3000 };
  const found = estimate(await gradientNoiseScale(model, samples, theta, noStatistics, options, random()));
  expect(found.draws).toHaveLength(3000);
  expect(found.traceError).toBeLessThan(0.05 * exact.trace);
  expect(Math.abs(found.trace - exact.trace)).toBeLessThan(4 * found.traceError);
  expect(Math.abs(found.value / (exact.trace / exact.squared) - 1)).toBeLessThan(0.1);
});

test("linear network: tr Σ and the noise scale are those of all gradients of single samples", async () => {
  // One class and inputs that are mostly positive: gradients agree, so that batches of 12 tell |G|².
  const { samples: plain } = golden("mlp-plain");
  const samples = { ...plain, x: plain.x.map((value) => value + 1), y: plain.y.map(() => 0) };
  const model = onnxEngine({ threads: 1 }).load({
    name: "linear",
    input: [20],
    layers: [{ layer: "dense", units: 5 }],
  });
  const theta = model.initialise(generator("start", 0));
  const gradients: Float32Array[] = [];
  for (let s = 0; s < samples.count; s++) {
    const one = { x: samples.x.slice(20 * s, 20 * s + 20), y: samples.y.slice(s, s + 1), count: 1, shape: [20] };
    const gradient = new Float32Array(theta.length);
    await model.objective(one, 1).lossAndGradient(theta, gradient);
    gradients.push(gradient);
  }
  const { squared, trace } = moments(gradients);
  const options = { small: 2, large: 12, repeats: 2000 };
  const found = estimate(await gradientNoiseScale(model, samples, theta, noStatistics, options, random()));
  expect(Math.abs(found.trace - trace)).toBeLessThan(4 * found.traceError);
  expect(Math.abs(found.value / (trace / squared) - 1)).toBeLessThan(0.1);
  await model.dispose();
});

test("golden network: with the whole training set for a large batch |G|² is exact, however small beside the noise", async () => {
  const { samples, theta, network } = golden("mlp-plain");
  const model = onnxEngine({ threads: 1 }).load(network);
  const whole = new Float32Array(theta.length);
  await model.objective(samples, samples.count).lossAndGradient(theta, whole);
  const options = { small: 2, large: samples.count, repeats: 400 };
  const found = estimate(await gradientNoiseScale(model, samples, theta, noStatistics, options, random()));
  expect(found.detail?.gradientNorm).toBeCloseTo(Math.hypot(...whole), 5);
  await model.dispose();
});

test("batches have the sizes asked for, and no sample twice", async () => {
  const { samples, batches, model } = parabolas(10);
  const options = { small: 3, large: 10, repeats: 5 };
  await gradientNoiseScale(model, samples, Float32Array.of(3, 3), noStatistics, options, random());
  expect(batches.map(({ count }) => count)).toEqual(Array.from({ length: 5 }, () => [3, 10]).flat());
  for (const { x, count } of batches) expect(new Set(x.filter((_, i) => i % 2 === 0)).size).toBe(count);
  expect(new Set(batches.filter(({ count }) => count === 3).map(({ x }) => [...x].join())).size).toBeGreaterThan(3);
});

test("every sample is as often in a batch as any other", async () => {
  const { samples, batches, model } = parabolas(10);
  const options = { small: 3, large: 10, repeats: 3000 };
  await gradientNoiseScale(model, samples, Float32Array.of(3, 3), noStatistics, options, random());
  const drawn = batches.filter(({ count }) => count === 3).flatMap(({ x }) => [...x].filter((_, i) => i % 2 === 0));
  for (let s = 0; s < 10; s++) {
    const times = drawn.filter((value) => value === samples.x[2 * s]).length;
    // Four standard deviations.
    expect(Math.abs(times - 900)).toBeLessThan(4 * Math.sqrt(3000 * 0.3 * 0.7));
  }
});

test("the same generator gives the same value, another one another", async () => {
  const { samples, model } = parabolas(50);
  const options = { small: 3, large: 20, repeats: 5 };
  const at = (seed: number) =>
    gradientNoiseScale(model, samples, Float32Array.of(3, 3), noStatistics, options, random(seed));
  expect(await at(0)).toEqual(await at(0));
  expect(await at(1)).not.toEqual(await at(0));
});

test("where gradients vanish, and of batches that are too large or alike, there is none", async () => {
  const { samples, gradientsAt, model } = parabolas(100);
  const minimiser = Float32Array.of(0, 0);
  for (const gradient of gradientsAt(minimiser.slice())) {
    for (const i of [0, 1]) minimiser[i] = (minimiser[i] as number) - (gradient[i] as number) / 100;
  }
  const at = (theta: Float32Array, small: number, large: number) =>
    gradientNoiseScale(model, samples, theta, noStatistics, { small, large, repeats: 200 }, random());
  expect(await at(minimiser, 5, 50)).toEqual([{ absent: expect.stringContaining("lost in its noise") }]);
  expect(await at(Float32Array.of(3, 3), 5, 101)).toEqual([{ absent: expect.stringContaining("100 samples") }]);
  expect(await at(Float32Array.of(3, 3), 5, 5)).toEqual([{ absent: expect.any(String) }]);
});

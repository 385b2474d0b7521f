import { expect, test } from "vitest";
import { fillNormal } from "../../src/data/normal.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { norm } from "../../src/measure/norm.ts";
import { golden } from "../fixtures/golden-networks.ts";
import { layerCases, layerProbe } from "../fixtures/layer-cases.ts";

const engine = onnxEngine({ threads: 1 });

function distance(a: Float32Array, b: Float32Array): number {
  return norm(a.map((value, i) => value - (b[i] as number)));
}

/** θ moved by `length` in a random direction. */
function moved(theta: Float32Array, length: number, random: Parameters<typeof fillNormal>[1]): Float32Array {
  const direction = new Float32Array(theta.length);
  fillNormal(direction, random);
  const scale = length / norm(direction);
  return theta.map((value, i) => value + scale * (direction[i] as number));
}

test.each(layerCases)(
  "with its own patterns, loss and gradient of %s are the ordinary ones",
  async (_, layers, image) => {
    const { network, samples, running, theta } = layerProbe(layers, image);
    const model = engine.load(network);
    const objective = model.objective(samples, 7, running);
    const [ordinary, fixed] = [new Float32Array(theta.length), new Float32Array(theta.length)];
    const ordinaryLoss = await objective.lossAndGradient(theta, ordinary);
    const fixedLoss = await objective.lossAndGradient(theta, fixed, theta);
    expect(Math.abs(fixedLoss / ordinaryLoss - 1)).toBeLessThan(1e-6);
    expect(distance(fixed, ordinary)).toBeLessThan(1e-5 * norm(ordinary));
    await model.dispose();
  },
);

test.each(layerCases)(
  "with patterns of another point, the gradient of %s is that of its loss",
  async (_, layers, image) => {
    const { network, samples, running, theta: patternsAt, random } = layerProbe(layers, image);
    const model = engine.load(network);
    const objective = model.objective(samples, 7, running);
    const theta = moved(patternsAt, 0.1 * norm(patternsAt), random);
    const [gradient, unused] = [new Float32Array(theta.length), new Float32Array(theta.length)];
    await objective.lossAndGradient(theta, gradient, patternsAt);
    for (let probe = 0; probe < 4; probe++) {
      const step = 2e-3;
      const forward = moved(theta, step, random);
      const backward = theta.map((value, i) => 2 * value - (forward[i] as number));
      const slope = gradient.reduce(
        (sum, value, i) => sum + (value * ((forward[i] as number) - (theta[i] as number))) / step,
        0,
      );
      const losses = [];
      for (const at of [forward, backward]) losses.push(await objective.lossAndGradient(at, unused, patternsAt));
      const difference = ((losses[0] as number) - (losses[1] as number)) / (2 * step);
      expect(Math.abs(difference - slope)).toBeLessThan(2e-3 * norm(gradient));
    }
    await model.dispose();
  },
);

test("of the loss with fixed patterns: ReLUs pass the units they pass at the other point", async () => {
  const { network, samples, theta: patternsAt } = golden("mlp-plain");
  const theta = patternsAt.map((value, i) => value + 0.3 * Math.sin(i));
  const hidden = (at: Float32Array, x: Float32Array) =>
    Array.from({ length: 16 }, (_, k) =>
      x.reduce((sum, value, i) => sum + value * (at[20 * k + i] as number), at[320 + k] as number),
    );
  let [expected, switched] = [0, 0];
  for (let s = 0; s < samples.count; s++) {
    const x = samples.x.subarray(20 * s, 20 * (s + 1));
    const [own, other] = [hidden(theta, x), hidden(patternsAt, x)];
    switched += own.filter((value, k) => value > 0 !== (other[k] as number) > 0).length;
    const logits = Array.from({ length: 5 }, (_, c) =>
      own.reduce(
        (sum, value, k) => sum + ((other[k] as number) > 0 ? value * (theta[336 + 16 * c + k] as number) : 0),
        theta[416 + c] as number,
      ),
    );
    expected +=
      Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - (logits[samples.y[s] as number] as number);
  }
  const model = engine.load(network);
  const loss = await model.objective(samples, 5000).lossAndGradient(theta, new Float32Array(theta.length), patternsAt);
  expect(switched).toBeGreaterThan(samples.count);
  expect(Math.abs(loss / (expected / samples.count) - 1)).toBeLessThan(1e-5);
  await model.dispose();
});

test.each([
  ["side by side", { size: 2 }],
  ["overlapping", { size: 3, stride: 2, padding: "same" }],
  ["overlapping by all but one", { size: 2, stride: 1 }],
] as const)(
  "of the loss with fixed patterns: max-pools take the positions they take at the other point, windows %s",
  async (_, pool) => {
    const conv = { layer: "conv", filters: 3, kernel: 1 } as const;
    const { network, samples, theta } = layerProbe([
      conv,
      { layer: "max-pool", ...pool },
      { layer: "flatten" },
      { layer: "dense", units: 4 },
    ]);
    // Weights turned round (6 of them) and with them maxima into minima; then the dense layer, from 9 on, sees −maxima of …
    const turned = theta.map((value, i) => (i < 9 ? -value : value));
    const model = engine.load(network);
    const objective = model.objective(samples, 7);
    const gradient = new Float32Array(theta.length);
    // … the turned weights at θ's positions: the same as θ with the dense layer's weights turned, biases apart.
    const denseTurned = theta.map((value, i) => (i >= 9 && i < theta.length - 4 ? -value : value));
    const expected = await objective.lossAndGradient(denseTurned, gradient);
    expect(Math.abs((await objective.lossAndGradient(turned, gradient, theta)) / expected - 1)).toBeLessThan(1e-6);
    expect(Math.abs((await objective.lossAndGradient(turned, gradient)) / expected - 1)).toBeGreaterThan(1e-2);
    await model.dispose();
  },
);

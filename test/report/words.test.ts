import { expect, test } from "vitest";
import { optimizerWords, scheduleWords, specialWords, stopWords } from "../../src/report/methods/regime-words.ts";
import { dataWords } from "../../src/report/words/data-words.ts";
import { type Measurement, measurementOptions, measurementWords } from "../../src/report/words/measurement-words.ts";
import type { Arm, ResolvedRegime } from "../../src/spec/run.types.ts";

const data: [string, Arm["data"]][] = [
  ["Fashion-MNIST, all training and all test samples", { set: "fashion-mnist" }],
  [
    "CIFAR-10, 5,000 training and all test samples, drawn with seed 3, 12.5 % of the training labels replaced (drawn with seed 0)",
    { set: "cifar-10", train: 5000, subsetSeed: 3, labelNoise: { share: 0.125 } },
  ],
  ["TIMIT, the user's own features, all training and all test samples", { set: "timit" }],
  [
    "surrogate frames, made up by a generator: 360 features, 61 classes, 7,210 training and 1,000 test samples, noise 1.5, seed 2",
    { surrogate: "frames", features: 360, classes: 61, train: 7210, test: 1000, noise: 1.5, seed: 2 },
  ],
  ["x.npy with y.npy and test.safetensors", { files: { train: { x: "x.npy", y: "y.npy" }, test: "test.safetensors" } }],
];

test.each(data)("data: %s", (words, of) => {
  expect(dataWords(of)).toBe(words);
});

const base: ResolvedRegime = {
  batch: 32,
  optimizer: { adagrad: { learningRate: 0.01, clipNorm: 1 } },
  stop: { epochs: 3 },
  lastBatch: "keep",
};
const regimes: [string, Partial<ResolvedRegime>][] = [
  ["", {}],
  ["conservative, 3 updates a batch, λ 0.001", { objective: { proximal: { lambda: 0.001, steps: 3 } } }],
  ["adversarial, ε 0.1, weight of the clean loss 0.5", { objective: { adversarial: { epsilon: 0.1 } } }],
  ["stability training, noise 0.2, weight 1", { objective: { stability: { noise: 0.2, weight: 1 } } }],
  [
    "sharpness-aware, ρ 0.05; augmented: mirrored at random, turned up to 10°, shifted up to 20 %",
    { objective: { sam: { rho: 0.05 } }, augment: { flip: true, rotate: 10, shift: 0.2 } },
  ],
  [
    "batch × 2 every 5 epochs up to 2048; learning rate × √(batch / 32)",
    { batchGrowth: { everyEpochs: 5, factor: 2, most: 2048 }, rateScaling: { rule: "square-root", from: 32 } },
  ],
  ["learning rate × (batch / 32)", { rateScaling: { rule: "linear", from: 32 } }],
];

test.each(regimes)("regime: %s", (words, changes) => {
  expect(specialWords({ ...base, ...changes })).toBe(words);
});

test("an optimiser and a stop rule with all they have", () => {
  expect(optimizerWords(base.optimizer)).toBe("AdaGrad, learning rate 0.01, ε 1e-10, gradients clipped to norm 1");
  expect(stopWords({ plateau: { patience: 5, minDecrease: 0.01 }, maxEpochs: 100 })).toBe(
    "when the training loss has not improved by 1 % for 5 epochs, after 100 at the latest",
  );
});

test("one epoch is one epoch", () => {
  expect(stopWords({ epochs: 1 })).toBe("after 1 epoch");
  expect(stopWords({ trainLoss: 0.1, maxEpochs: 1 })).toBe("at training loss 0.1, after 1 epoch at the latest");
  expect(scheduleWords({ warmUpEpochs: 1, decay: { everyEpochs: 1, factor: 0.5 } })).toBe(
    ", warm-up over 1 epoch, × 0.5 every epoch",
  );
});

const measurements: [string, string, Measurement][] = [
  [
    "linear path from SB",
    "25 points, α from -1 to 2; half-width at a rise of 0.5 nats; f over all training samples; at most 5,000 an evaluation",
    { metric: "path", shape: "linear", from: "SB" },
  ],
  [
    "sharpness in a ball, one radius, nats",
    "ρ 0.05, at most 20 steps of ascent; f over all training samples; at most 5,000 an evaluation",
    { metric: "adaptive-sharpness", rho: 0.05, scale: "none" },
  ],
  [
    "gradient noise scale, samples",
    "gradients of 16 and 1024 samples, 20 of each; also every 5 epochs of the training",
    { metric: "gradient-noise-scale", small: 16, large: 1024, everyEpochs: 5 },
  ],
  [
    "distance from the start ‖x − x₀‖₂",
    "of all parameters; also every epoch of the training",
    { metric: "distance", everyEpochs: 1 },
  ],
  [
    "test accuracy, every epoch",
    "from the learning curve, every epoch",
    { metric: "accuracy", on: "test", at: "every-epoch" },
  ],
];

test.each(measurements)("measurement: %s", (words, options, measurement) => {
  expect(measurementWords(measurement)).toBe(words);
  expect(measurementOptions(measurement)).toBe(options);
});

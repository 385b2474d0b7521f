import { expect, test } from "vitest";
import type { RunRecord } from "../../src/spec/run.types.ts";
import { arm, exampleRecord } from "./example-record.ts";
import { open, render } from "./page.ts";

const example = exampleRecord();
const { suite } = example;
const [claim] = suite.claims;
if (!claim) throw new Error("the example has claims");
const notRun = example.trials.map(({ arm, seed }) => ({ state: "not-run", arm, seed, reason: "interrupted" }) as const);

const records: Record<string, { record: RunRecord; says: readonly string[] }> = {
  "nothing was run": {
    record: { ...example, run: { ...example.run, status: "interrupted" }, trials: notRun, samples: [] },
    says: ["Interrupted.", "10 of 10 trials did not run", "4 not measured", "SB, seed 0: not run. interrupted"],
  },
  "some trials from the store, one of them trained elsewhere": {
    record: {
      ...example,
      trials: example.trials.map((trial, i) =>
        trial.state === "completed" && i < 3
          ? { ...trial, reused: true, ...(i === 0 ? { machine: "Another CPU" } : {}) }
          : trial,
      ),
    },
    says: ["3 of the trials taken over from earlier runs", "3 of 10 trials were in the store", "Another CPU: 1 trial "],
  },
  "a warm start": {
    record: {
      ...example,
      suite: {
        ...suite,
        arms: suite.arms.map((each, i) =>
          i === 0
            ? each
            : { ...each, regime: { ...each.regime, start: { arm: "SB", epoch: 5, optimizerState: "fresh" } } },
        ),
      },
    },
    says: ["from SB after epoch 5, with a fresh optimiser state", "cold"],
  },
  "no samples": { record: { ...example, samples: [] }, says: ["4 not measured", "No value was measured."] },
  "all diverged, one before the first epoch": {
    record: {
      ...example,
      samples: [],
      trials: example.trials.map((trial, i) => ({
        state: "diverged",
        arm: trial.arm,
        seed: trial.seed,
        update: 17,
        epoch: 1,
        curve: i === 0 || !("curve" in trial) ? [] : trial.curve.slice(0, 2),
        reason: "the loss of update 17 is NaN\nsecond line",
      })),
    },
    says: ["10 of which did not complete", "SB, seed 0: diverged at update 17, epoch 1.", "second line"],
  },
  "one seed": {
    record: {
      ...example,
      suite: { ...suite, seeds: [2] },
      trials: example.trials.filter(({ seed }) => seed === 2),
      samples: example.samples.filter(({ seed }) => seed === 2),
    },
    says: ["2 trials (2 arms, 1 seed)", "no interval", "Seeds: 2."],
  },
  "every φ is 0": {
    record: {
      ...example,
      samples: example.samples.map((sample) =>
        "value" in sample && sample.epsilon ? { ...sample, value: 0 } : sample,
      ),
    },
    says: ["Hollow, at the edge: SB at seed 0 (paper-literal) is 0;", "and 26 more."],
  },
  "numbers of all sizes": {
    record: {
      ...example,
      samples: example.samples.map((sample) => {
        if (!("value" in sample)) return sample;
        if (sample.measurement === "distance") return { ...sample, value: sample.arm === "SB" ? 925.32 : 1e-12 };
        return sample.epsilon ? { ...sample, value: sample.seed === 0 ? 1e-300 : 1e12 } : sample;
      }),
    },
    says: ["925.3", "1e-12", "1e-300"],
  },
  "negative eigenvalues": {
    record: {
      ...example,
      samples: example.samples.map((sample) =>
        sample.measurement === "topEigenvalue"
          ? {
              arm: sample.arm,
              seed: sample.seed,
              measurement: sample.measurement,
              value: sample.arm === "SB" ? -3 : 1e4,
            }
          : sample,
      ),
    },
    says: ["-3"],
  },
  "100 claims": {
    record: {
      ...example,
      suite: { ...suite, claims: Array.from({ length: 100 }, (_, i) => ({ ...claim, id: `gap-${i}` })) },
    },
    says: ["100 pass", "gap-99"],
  },
  "claims with one name": {
    record: { ...example, suite: { ...suite, claims: [claim, { ...claim, id: "GAP" }] } },
    says: ["2 pass"],
  },
  "no claims": { record: { ...example, suite: { ...suite, claims: [] } }, says: ["The suite makes no claims."] },
  "a claim without number, source, note or published values": {
    record: {
      ...example,
      suite: { ...suite, claims: [{ ...claim, registry: "", source: "", published: ["gone#/away"] }] },
    },
    says: ["1 pass"],
  },
  "an arm that is in no trial, and a matrix of two networks": {
    record: {
      ...example,
      suite: { ...suite, arms: [...suite.arms, arm("LB-tuned", 6000), { ...arm("SB[F2]", 256), networkName: "F2" }] },
    },
    says: ["LB-tuned", "F2", "No value: LB-tuned at seeds 0, 1, 2, 3, 4."],
  },
  "names without end": {
    record: JSON.parse(JSON.stringify(example).replaceAll('"SB"', `"${"small-batch-".repeat(12)}"`)) as RunRecord,
    says: ["small-batch-small-batch-"],
  },
  "arms that measure nothing": {
    record: {
      ...example,
      samples: [],
      suite: { ...suite, claims: [], arms: suite.arms.map((each) => ({ ...each, measure: {} })) },
    },
    says: ["What was measured"],
  },
  "a convolutional network of the user's own data": {
    record: {
      ...example,
      suite: {
        ...suite,
        arms: suite.arms.map((each) => ({
          ...each,
          networkName: "mine",
          network: {
            input: [3, 32, 32],
            layers: [
              { layer: "conv", filters: 64, kernel: 5, stride: 2, padding: "same" },
              { layer: "max-pool", size: 3, stride: 2, padding: 1 },
              { layer: "dropout", rate: 0.5 },
              { layer: "flatten" },
              { layer: "dense", units: 10 },
            ],
          },
          data: { files: { train: "train.safetensors", test: "test.safetensors" } },
          regime: {
            batch: 8,
            optimizer: { sgd: { learningRate: 0.1, momentum: 0.9 } },
            stop: { trainLoss: 0.01, maxEpochs: 9 },
            lastBatch: "drop",
          },
        })),
      },
    },
    says: [
      "3 × 32 × 32 → conv 64 of 5 × 5",
      "train.safetensors",
      "SGD, learning rate 0.1, momentum 0.9",
      "at training loss 0.01, after 9 epochs at the latest",
      "last short batch dropped",
    ],
  },
};

test.each(Object.entries(records))("the report shows: %s", (_, { record, says }) => {
  const html = render(record);
  const { document, text } = open(html);
  for (const words of says) expect(text).toContain(words);
  expect(text.replaceAll("is NaN", "")).not.toMatch(/undefined|NaN|\[object|Infinity/);
  for (const svg of document.querySelectorAll("svg")) expect(svg.outerHTML).not.toMatch(/NaN|undefined|Infinity/);
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

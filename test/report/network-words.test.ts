import { expect, test } from "vitest";
import { layersInWords } from "../../src/report/methods/network-words.ts";
import type { Network } from "../../src/spec/run.types.ts";

const dense = (units: number) => ({ layer: "dense", units }) as const;
const relu = { layer: "relu" } as const;
const cases: [string, Network][] = [
  ["784 → dense 10", { input: [784], layers: [dense(10)] }],
  [
    "784 → 3 × (dense 128, relu) → dense 10",
    { input: [784], layers: [{ repeat: 3, layers: [dense(128), relu] }, dense(10)] },
  ],
  [
    "784 → 2 × (dense 8, relu) → dense 4 → relu → dense 10",
    { input: [784], layers: [dense(8), relu, dense(8), relu, dense(4), relu, dense(10)] },
  ],
  [
    "1 × 28 × 28 → conv 6 of 5 × 5 / 2 → max pool 3 / 2 → flatten → dropout 0.5 → dense 10",
    {
      input: [1, 28, 28],
      layers: [
        { layer: "conv", filters: 6, kernel: 5, stride: 2 },
        { layer: "max-pool", size: 3, stride: 2 },
        { layer: "flatten" },
        { layer: "dropout", rate: 0.5 },
        dense(10),
      ],
    },
  ],
  [
    "4 → 2 × (batch norm (running)) → dense 2",
    {
      input: [4],
      layers: [
        { layer: "batch-norm", statistics: "running" },
        { layer: "batch-norm", statistics: "running" },
        dense(2),
      ],
    },
  ],
];

test.each(cases)("%s", (words, network) => {
  expect(layersInWords(network)).toBe(words);
});

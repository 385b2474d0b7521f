import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Objective } from "../../src/engine/engine.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { spectrum } from "../../src/measure/spectrum.ts";
import { generator } from "../../src/train/seeds.ts";
import { golden } from "../fixtures/golden-networks.ts";
import { analyticObjective } from "./analytic-objective.ts";

async function partsOf(objective: Objective, x: Float32Array, options: { probes: number; steps: number }) {
  const found = await spectrum(objective, x, options, generator("probes", 0));
  const value = (part: string) => {
    const measured = found.find((each) => each.part === part);
    if (!measured || "absent" in measured) throw new Error(`no ${part}`);
    return measured.value;
  };
  const [first] = found;
  const detail = first && "detail" in first ? first.detail : undefined;
  return {
    parts: found.map(({ part }) => part),
    largest: value("largest"),
    smallest: value("smallest"),
    shareAboveTenth: value("share-above-tenth"),
    shareNegative: value("share-negative"),
    nodes: detail?.nodes as number[],
    weights: detail?.weights as number[],
    evaluations: detail?.evaluations,
  };
}

function diagonal(entries: readonly number[]) {
  const slope = (theta: Float32Array) => theta.map((value, i) => (entries[i] as number) * value);
  return analyticObjective(entries.length, () => 0, slope);
}

test("of five distinct eigenvalues, values and shares are exact", async () => {
  const counts = [
    [-2, 30],
    [0, 400],
    [0.5, 540],
    [3, 20],
    [10, 10],
  ] as const;
  const entries = counts.flatMap(([value, count]) => Array<number>(count).fill(value));
  const found = await partsOf(diagonal(entries), new Float32Array(1000), { probes: 2, steps: 5 });
  expect(found.parts).toEqual(["largest", "smallest", "share-above-tenth", "share-negative"]);
  expect(found.largest).toBeCloseTo(10, 4);
  expect(found.smallest).toBeCloseTo(-2, 4);
  expect(found.shareAboveTenth).toBeCloseTo(0.03, 5);
  expect(found.shareNegative).toBeCloseTo(0.03, 5);
  for (const [i, [value, count]] of counts.entries()) {
    for (const probe of [0, 1]) {
      expect(found.nodes[2 * i + probe]).toBeCloseTo(value, 4);
      expect(found.weights[2 * i + probe]).toBeCloseTo(count / 1000 / 2, 5);
    }
  }
});

test("weights of all probes add up to 1; evaluations are those that were made", async () => {
  for (const [n, steps] of [
    [300, 12],
    [7, 40],
  ] as const) {
    const objective = diagonal(Array.from({ length: n }, (_, i) => 1 + i));
    const { nodes, weights, evaluations } = await partsOf(objective, new Float32Array(n), { probes: 3, steps });
    expect(nodes).toHaveLength(3 * Math.min(n, steps));
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10);
    expect(evaluations).toBe(objective.visited.length);
  }
});

interface ExactSpectrum {
  readonly largest: number;
  readonly smallest: number;
  readonly shareAboveTenth: number;
  readonly shareNegative: number;
}
const exact = JSON.parse(
  readFileSync(new URL("../fixtures/measure/hessian-spectra.json", import.meta.url), "utf8"),
) as {
  networks: Record<string, ExactSpectrum>;
};

test.each(Object.entries(exact.networks))("%s: PyTorch's exact spectrum", async (name, known) => {
  const { network, samples, theta } = golden(name);
  const model = onnxEngine({ threads: 1 }).load(network);
  const found = await partsOf(model.objective(samples, 5000), theta, { probes: 10, steps: 40 });
  expect(Math.abs(found.largest / known.largest - 1)).toBeLessThan(1e-3);
  expect(Math.abs(found.smallest / known.smallest - 1)).toBeLessThan(1e-3);
  expect(Math.abs(found.shareAboveTenth - known.shareAboveTenth)).toBeLessThan(0.05);
  expect(Math.abs(found.shareNegative - known.shareNegative)).toBeLessThan(0.05);
  await model.dispose();
});

test("a convex loss has no negative eigenvalues", async () => {
  const { samples } = golden("mlp-plain");
  const model = onnxEngine({ threads: 1 }).load({
    name: "linear",
    input: [20],
    layers: [{ layer: "dense", units: 5 }],
  });
  const theta = model.initialise(generator("start", 0));
  const found = await partsOf(model.objective(samples, 5000), theta, { probes: 3, steps: 40 });
  expect(found.largest).toBeGreaterThan(0);
  expect(found.shareNegative).toBe(0);
  await model.dispose();
});

test("where gradients are not finite there is no spectrum, and no error", async () => {
  const objective = analyticObjective(
    10,
    () => Number.NaN,
    () => new Float32Array(10).fill(Number.NaN),
  );
  const found = await spectrum(objective, new Float32Array(10), { probes: 2, steps: 5 }, generator("probes", 0));
  for (const each of found) expect("absent" in each || !Number.isFinite(each.value)).toBe(true);
});

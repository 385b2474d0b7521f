import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fillNormal } from "../../src/data/normal.ts";
import type { Objective } from "../../src/engine/engine.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { spectrum } from "../../src/measure/hessian/spectrum.ts";
import type { ResolvedNetwork } from "../../src/networks/shapes.ts";
import { generator } from "../../src/train/seeds.ts";
import { golden } from "../fixtures/golden-networks.ts";
import { analyticObjective } from "./analytic-objective.ts";

async function partsOf(objective: Objective, x: Float32Array, options: { probes: number; steps: number }, seed = 0) {
  const found = await spectrum(objective, x, options, generator("probes", seed));
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

/** The exact share below a value is between these: a Gauss quadrature is off by the node next to it (Markov and Stieltjes). */
function boundsBelow(limit: number, nodes: readonly number[], weights: readonly number[]) {
  const next = nodes.findIndex((node) => node >= limit);
  const below = weights.slice(0, next).reduce((sum, weight) => sum + weight, 0);
  return { least: below - (weights[next - 1] ?? 0), most: below + (weights[next] as number) };
}

test.each(Object.entries(exact.networks))("%s: PyTorch's exact spectrum", async (name, known) => {
  const { network, samples, theta } = golden(name);
  const model = onnxEngine({ threads: 1 }).load(network);
  const objective = model.objective(samples, 5000);
  const probes: Awaited<ReturnType<typeof partsOf>>[] = [];
  for (let seed = 0; seed < 20; seed++) {
    probes.push(await partsOf(objective, theta, { probes: 1, steps: 40 }, seed));
  }
  const mean = (value: (probe: (typeof probes)[number]) => number) =>
    probes.reduce((sum, probe) => sum + value(probe), 0) / probes.length;
  for (const { largest, smallest } of probes) {
    expect(Math.abs(largest / known.largest - 1)).toBeLessThan(1e-3);
    expect(Math.abs(smallest / known.smallest - 1)).toBeLessThan(1e-3);
  }
  expect(Math.abs(mean((probe) => probe.shareAboveTenth) - known.shareAboveTenth)).toBeLessThan(0.02);
  for (const [limit, share] of [
    [known.largest / 10, 1 - known.shareAboveTenth],
    [-1e-3 * known.largest, known.shareNegative],
  ] as const) {
    const bounds = (probe: (typeof probes)[number]) => boundsBelow(limit, probe.nodes, probe.weights);
    expect(share).toBeGreaterThan(mean((probe) => bounds(probe).least) - 0.01);
    expect(share).toBeLessThan(mean((probe) => bounds(probe).most) + 0.01);
  }
  await model.dispose();
});

// Steps of products are in proportion to the weights: at small ones rounding is a hundredth of the largest eigenvalue.
test.each([0.1, 1, 10])("a convex loss has no negative eigenvalues, at weights times %d", async (factor) => {
  const x = new Float32Array(500 * 50);
  fillNormal(x, generator("directions", 0));
  const samples = { x, y: Int32Array.from({ length: 500 }, (_, i) => (7 * i) % 10), count: 500, shape: [50] };
  const network: ResolvedNetwork = { name: "linear", input: [50], layers: [{ layer: "dense", units: 10 }] };
  const model = onnxEngine({ threads: 1 }).load(network);
  const theta = model.initialise(generator("start", 0)).map((value) => factor * value);
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
  expect(found.map(({ part }) => part)).toEqual(["largest", "smallest", "share-above-tenth", "share-negative"]);
  for (const each of found) expect("absent" in each && each.absent).toContain("not finite");
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import { hessianTrace, unitSigns } from "../../src/measure/hessian/trace.ts";
import { norm } from "../../src/measure/norm.ts";
import { generator } from "../../src/train/seeds.ts";
import { golden } from "../fixtures/golden-networks.ts";
import { analyticObjective } from "./analytic-objective.ts";
import { product, symmetricMatrix } from "./known-hessian.ts";

const random = (seed = 0) => generator("probes", seed);

async function traceOf(...args: Parameters<typeof hessianTrace>) {
  const [found] = await hessianTrace(...args);
  if (!found || "absent" in found) throw new Error("no trace");
  return { value: found.value, draws: found.detail?.draws as number[], evaluations: found.detail?.evaluations };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

test("every probe of ±1 gives the trace of a diagonal Hessian", async () => {
  const entries = Array.from({ length: 100 }, (_, i) => i - 20);
  const slope = (theta: Float32Array) => theta.map((value, i) => (entries[i] as number) * value);
  const objective = analyticObjective(100, () => 0, slope);
  const { value, draws, evaluations } = await traceOf(objective, new Float32Array(100), { probes: 4 }, random());
  expect(draws).toHaveLength(4);
  for (const draw of [value, ...draws]) expect(Math.abs(draw / 2950 - 1)).toBeLessThan(1e-5);
  expect(evaluations).toBe(8);
  expect(objective.visited).toHaveLength(8);
});

test("probes of a dense Hessian have Hutchinson's mean and variance", async () => {
  const eigenvalues = Array.from({ length: 30 }, (_, i) => -2 + i / 4);
  const matrix = symmetricMatrix(eigenvalues);
  const trace = eigenvalues.reduce((sum, value) => sum + value, 0);
  const variance = 2 * matrix.reduce((sum, row, i) => sum + row.reduce((s, e, j) => s + (i === j ? 0 : e * e), 0), 0);
  const objective = analyticObjective(
    30,
    () => 0,
    (theta) => product(matrix, theta),
  );
  const probes = 2000;
  const { value, draws } = await traceOf(objective, new Float32Array(30), { probes }, random());
  expect(value).toBe(mean(draws));
  // Four standard errors.
  expect(Math.abs(value - trace)).toBeLessThan(4 * Math.sqrt(variance / probes));
  // Normal probes would have the diagonal in their variance: 1.7 times as much.
  const sampled = mean(draws.map((draw) => (draw - trace) ** 2));
  expect(Math.abs(sampled / variance - 1)).toBeLessThan(0.15);
});

interface ExactHessian {
  readonly trace: number;
  readonly offDiagonalNorm: number;
}
const exact = JSON.parse(
  readFileSync(new URL("../fixtures/measure/hessian-spectra.json", import.meta.url), "utf8"),
) as {
  networks: Record<string, ExactHessian>;
};

test.each(Object.entries(exact.networks))("%s: PyTorch's trace, within four standard errors", async (name, known) => {
  const { network, samples, theta } = golden(name);
  const model = onnxEngine({ threads: 1 }).load(network);
  const probes = 400;
  const { value } = await traceOf(model.objective(samples, 5000), theta, { probes }, random());
  const error = (Math.SQRT2 * known.offDiagonalNorm) / Math.sqrt(probes);
  expect(error).toBeLessThan(0.05 * known.trace);
  expect(Math.abs(value - known.trace)).toBeLessThan(4 * error);
  await model.dispose();
});

test("signs are of length 1, balanced, told apart by their seeds and the same at the same", () => {
  const signs = unitSigns(10_007, random());
  expect(norm(signs)).toBeCloseTo(1, 6);
  expect(new Set(signs.map(Math.abs)).size).toBe(1);
  const positive = signs.filter((value) => value > 0).length;
  // Four standard deviations.
  expect(Math.abs(positive - 10_007 / 2)).toBeLessThan(4 * Math.sqrt(10_007 / 4));
  expect(unitSigns(10_007, random())).toEqual(signs);
  expect(unitSigns(10_007, random(1))).not.toEqual(signs);
});

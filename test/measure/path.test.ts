import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Objective } from "../../src/engine/engine.ts";
import { onnxEngine } from "../../src/engine/onnx/engine.ts";
import type { MeasuredValue } from "../../src/measure/measured-value.ts";
import { measurePath, type PathOptions } from "../../src/measure/path.ts";
import { filtersOf } from "../../src/networks/filters.ts";
import { parameterLayout } from "../../src/networks/layout.ts";
import { pathPositions } from "../../src/spec/reference.ts";
import { golden } from "../fixtures/golden-networks.ts";
import { analyticObjective } from "./analytic-objective.ts";

// Weight [2, 2], two filters, then bias [2].
const layout = parameterLayout({ name: "tiny", input: [2], layers: [{ layer: "dense", units: 2 }] });
const n = 6;
const from = Float32Array.of(3, 4, 0, 2, 0.1, 0.2);
const to = Float32Array.of(3, 4, 0, 5, 0.7, -0.2);

function along(shape: PathOptions["shape"], train: Objective, more: Partial<PathOptions> = {}, ends = [from, to]) {
  const positions = pathPositions({ shape });
  const options: PathOptions = { shape, positions, lossRise: 0.5, ...more };
  return measurePath({ train, test: train }, ends[0] as Float32Array, ends[1] as Float32Array, layout, options);
}

function find(values: readonly MeasuredValue[], part: string, at?: number): MeasuredValue | undefined {
  return values.find((value) => value.part === part && value.at === at);
}

function measured(values: readonly MeasuredValue[], part: string, at?: number): number {
  const found = find(values, part, at);
  if (!found || "absent" in found) throw new Error(`no ${part} at ${at}: ${JSON.stringify(found)}`);
  return found.value;
}

/** f(α) on a line of unit length, from 0 to 1 in the first coordinate. */
const unitLine = [new Float32Array(n), Float32Array.of(1, 0, 0, 0, 0, 0)];
const onLine = (f: (alpha: number) => number) => analyticObjective(n, (theta) => f(theta[0] as number));

test("α lies on the exact decimal grid", () => {
  const grid = pathPositions({ shape: "linear" });
  expect(grid).toEqual(Array.from({ length: 25 }, (_, i) => -1 + i / 8));
  expect(pathPositions({ shape: "linear", points: 31 })[13]).toBe(0.3);
  const outside = pathPositions({ shape: "filter-normalised" });
  expect(outside.filter((alpha) => alpha > 0 && alpha < 1)).toEqual([]);
  expect(outside).toEqual(expect.arrayContaining([-1, 0, 1, 2]));
});

test("a parabola's profile, rises and half-widths are the exact ones", async () => {
  const curvature = 7;
  const length = 3;
  const parabola = analyticObjective(n, (theta) => 0.5 * curvature * ((theta[3] as number) - 2) ** 2);
  const f = (alpha: number) => 0.5 * curvature * (length * alpha) ** 2;
  const values = await along("linear", parabola, { lossRise: f(0.3) });
  for (const alpha of pathPositions({ shape: "linear" })) {
    expect(measured(values, "train-loss", alpha)).toBeCloseTo(f(alpha), 4);
    expect(measured(values, "test-loss", alpha)).toBe(measured(values, "train-loss", alpha));
    expect(measured(values, "train-accuracy", alpha)).toBeCloseTo(1 / (1 + f(alpha)), 5);
    expect(measured(values, "rise", alpha)).toBeCloseTo(f(alpha) - (alpha <= 0.5 ? 0 : f(1)), 4);
  }
  // √(2 rise / curvature) / length = 0.3, and on chords over [0.25, 0.375] a little less.
  const chord = 0.25 + (0.125 * (0.3 ** 2 - 0.25 ** 2)) / (0.375 ** 2 - 0.25 ** 2);
  expect(measured(values, "half-width", 0)).toBeCloseTo(chord, 6);
  expect(Math.abs(chord - 0.3)).toBeLessThan(0.01);
  const atGridPoint = await along("linear", parabola, { lossRise: f(0.5) });
  expect(measured(atGridPoint, "half-width", 0)).toBeCloseTo(0.5, 6);
  // Beyond 1 the parabola rises from f(1): (1 + w)² = 1 + 0.5².
  expect(Math.abs(measured(atGridPoint, "half-width", 1) - (Math.sqrt(1.25) - 1))).toBeLessThan(0.01);
});

test("training and test values come from their own samples", async () => {
  const positions = pathPositions({ shape: "linear" });
  const [train, other] = [onLine((alpha) => alpha * alpha), onLine(() => 3)];
  const values = await measurePath(
    { train, test: other },
    unitLine[0] as Float32Array,
    unitLine[1] as Float32Array,
    layout,
    { shape: "linear", positions, lossRise: 0.5 },
  );
  expect(measured(values, "train-loss", 0.5)).toBe(0.25);
  expect(measured(values, "test-loss", 0.5)).toBe(3);
  expect(measured(values, "test-accuracy", 0.5)).toBe(0.25);
});

test("where the loss does not rise so far the half-width is absent, with why", async () => {
  // The hill between the ends, of 1, is not outwards.
  const hill = onLine((alpha) => (alpha < 0 ? -alpha : Math.max(0, 4 * alpha * (1 - alpha))));
  const values = await along("linear", hill, { lossRise: 0.75 }, unitLine);
  expect(measured(values, "half-width", 0)).toBeCloseTo(0.75, 6);
  expect(find(values, "half-width", 1)).toMatchObject({ absent: expect.stringContaining("does not rise by 0.75") });
});

test("the barrier is above the higher end, at the top between them", async () => {
  // A hill of 1 between minima at the ends, the second 0.25 higher.
  const values = await along(
    "linear",
    onLine((alpha) => 16 * (alpha * (1 - alpha)) ** 2 + 0.25 * alpha),
    {},
    unitLine,
  );
  expect(measured(values, "barrier")).toBeCloseTo(1.125 - 0.25, 6);
  expect(measured(values, "barrier-position")).toBe(0.5);
  const bowl = await along(
    "linear",
    onLine((alpha) => (alpha - 0.5) ** 2),
    {},
    unitLine,
  );
  expect(measured(bowl, "barrier")).toBe(0);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])("a loss of %s gives no barrier or half-width", async (loss) => {
  const inside = onLine((alpha) => (alpha === 0.5 ? loss : 0));
  const outside = onLine((alpha) => (alpha < 0 ? loss : 0));
  const absent = expect.stringContaining("not finite");
  const values = await along("linear", inside, {}, unitLine);
  expect(find(values, "barrier")).toMatchObject({ absent });
  expect(find(values, "barrier-position")).toMatchObject({ absent });
  expect(find(await along("linear", outside, {}, unitLine), "half-width", 0)).toMatchObject({ absent });
});

test.each(["linear", "curvilinear"] as const)("%s: the ends are the minimisers to the last bit", async (shape) => {
  const objective = analyticObjective(n, () => 1);
  // Zeros opposite other values show the least share of the other end.
  const ends = [from.map(Math.sqrt), to.map((value) => value / 3)];
  ends[0]?.set([0, 3]);
  ends[1]?.set([3, 0]);
  await along(shape, objective, { positions: [0, 1] }, ends);
  // Twice each: once for the training and once for the test samples.
  expect(objective.visited).toEqual([ends[0], ends[0], ends[1], ends[1]]);
});

test("the curvilinear path is cos(απ/2) x₀ + sin(απ/2) x₁", async () => {
  const objective = analyticObjective(n, () => 1);
  await along("curvilinear", objective, { positions: [-1, 0.25, 0.5, 2] });
  const [before, , quarter, , middle, , beyond] = objective.visited as [Float32Array, ...Float32Array[]];
  expect(before).toEqual(to.map((value) => -value || 0));
  expect(beyond).toEqual(from.map((value) => -value || 0));
  for (const [i, start] of from.entries()) {
    const end = to[i] as number;
    expect(middle?.[i]).toBeCloseTo(Math.SQRT1_2 * (start + end), 6);
    expect(quarter?.[i]).toBeCloseTo(Math.cos(Math.PI / 8) * start + Math.sin(Math.PI / 8) * end, 6);
  }
});

test("outwards each filter moves at its own norm at that end; biases and equal filters stay", async () => {
  const objective = analyticObjective(n, () => 1);
  const values = await along("filter-normalised", objective, { positions: [-0.5, 0, 1, 1.5] });
  const [before, , atFrom, , atTo, , beyond] = objective.visited as [Float32Array, ...Float32Array[]];
  // The first filter is the same at both ends; the second goes from (0, 2) to (0, 5).
  expect(before).toEqual(Float32Array.of(3, 4, 0, 2 - 0.5 * 2, 0.1, 0.2));
  expect(beyond).toEqual(Float32Array.of(3, 4, 0, 5 + 0.5 * 5, 0.7, -0.2));
  expect(atFrom).toEqual(from);
  expect(atTo).toEqual(to);
  expect(values.some(({ part }) => part?.startsWith("barrier"))).toBe(false);
});

test("a filter of norm 0 at an end does not move there", async () => {
  const objective = analyticObjective(n, () => 1);
  const empty = Float32Array.of(0, 0, 0, 2, 0, 0);
  await along("filter-normalised", objective, { positions: [-1, 2] }, [empty, to]);
  expect(objective.visited[0]).toEqual(Float32Array.of(0, 0, 0, 0, 0, 0));
});

test("a convolution's filters are its kernels; batch norm and biases have none", () => {
  const { network } = golden("conv-c1");
  const filters = filtersOf(parameterLayout(network));
  expect(filters.map(({ size }) => size)).toEqual([
    ...new Array(6).fill(3 * 25),
    ...new Array(8).fill(6 * 25),
    ...new Array(12).fill(32),
    ...new Array(5).fill(12),
  ]);
});

test("a convolutional network's filter-normalised path is PyTorch's", async () => {
  const file = new URL("../fixtures/measure/filter-normalised-path.json", import.meta.url);
  const reference = JSON.parse(readFileSync(file, "utf8")) as { train: { alpha: number; loss: number }[] };
  const { network, samples, theta } = golden("conv-c1");
  const model = onnxEngine({ threads: 1 }).load(network);
  const objective = model.objective(samples, 5000);
  const end = theta.map((value, i) => value + 0.2 * Math.sin(i + 1));
  const values = await measurePath({ train: objective, test: objective }, theta, end, model.layout, {
    shape: "filter-normalised",
    positions: reference.train.map(({ alpha }) => alpha),
    lossRise: 0.5,
  });
  for (const { alpha, loss } of reference.train) {
    expect(Math.abs(measured(values, "train-loss", alpha) / loss - 1), `α = ${alpha}`).toBeLessThan(1e-5);
  }
  await model.dispose();
});

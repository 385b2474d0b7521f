// PyTorch's updates of every training objective, and an engine's from the same start.
import { readFileSync } from "node:fs";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { expect } from "vitest";
import type { Engine, TrainerOptions } from "../../src/engine/engine.ts";
import type { ResolvedNetwork } from "../../src/networks/shapes.ts";
import type { Optimizer, TrainingObjective } from "../../src/spec/suite.types.ts";

export interface Reference {
  /** Null for the batch's mean loss. */
  readonly objective: TrainingObjective | null;
  readonly optimizer: Optimizer;
  readonly batches: readonly (readonly number[])[];
  /** Of each update. */
  readonly losses: readonly number[];
  /** After the last one. */
  readonly theta: readonly number[];
}

const fixture = JSON.parse(readFileSync(new URL("../fixtures/objectives.json", import.meta.url), "utf8")) as {
  x: number[];
  labels: number[];
  theta: number[];
  cases: Record<string, Reference>;
};

export const references = Object.entries(fixture.cases);

export const network: ResolvedNetwork = {
  name: "small",
  input: [6],
  layers: [{ layer: "dense", units: 5 }, { layer: "batch-norm" }, { layer: "relu" }, { layer: "dense", units: 4 }],
};
export const samples = {
  x: Float32Array.from(fixture.x),
  y: Int32Array.from(fixture.labels),
  count: 12,
  shape: [6],
};

/** One of each, and the plain loss. */
export const objectives: readonly [string, TrainingObjective | undefined][] = [
  ["the plain loss", undefined],
  ["proximal", { proximal: { lambda: 0.5, steps: 2 } }],
  ["adversarial", { adversarial: { epsilon: 0.1, weight: 0.3 } }],
  ["stability", { stability: { noise: 0.2, weight: 0.7 } }],
  ["sam", { sam: { rho: 0.1 } }],
];

/** Updates from the fixture's start. @param runs batches of each call; all in one when absent. */
export async function trained(
  engine: Engine,
  { objective, optimizer, batches }: Pick<Reference, "objective" | "optimizer" | "batches">,
  runs: readonly number[] = [batches.length],
) {
  const model = engine.load(network);
  const options: TrainerOptions = objective ? { objective } : {};
  // Stability training's noise in the fixture is what this generator draws.
  const trainer = model.trainer(samples, optimizer, xoroshiro128plus(5), options);
  const state = trainer.start(Float32Array.from(fixture.theta));
  const losses: number[] = [];
  let next = 0;
  for (const count of runs) {
    const indices = Int32Array.from(batches.slice(next, next + count).flat());
    losses.push(...(await trainer.update(state, indices, 6)));
    next += count;
  }
  await trainer.release();
  await model.dispose();
  return { state, losses };
}

export function expectReference({ state, losses }: Awaited<ReturnType<typeof trained>>, reference: Reference) {
  expect(state.updates).toBe(reference.losses.length);
  expect(losses).toHaveLength(reference.losses.length);
  for (const [i, loss] of reference.losses.entries()) expect(losses[i]).toBeCloseTo(loss, 5);
  for (const [i, value] of reference.theta.entries()) expect(state.theta[i]).toBeCloseTo(value, 5);
}

import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Engine, Objective } from "../../engine/engine.ts";
import type { SampleDetail } from "../../spec/run.types.ts";
import type { Maximiser, SharpnessSpace } from "../../spec/suite.types.ts";
import { norm } from "../norm.ts";
import { type Centre, maximise } from "./maximise.ts";
import { randomSubspace } from "./random-box.ts";
import { fullBox, type SearchBox } from "./search-box.ts";

/** φ for one ε and maximiser, in the metric's own percent-like unit. */
export interface SharpnessValue {
  readonly epsilon: number;
  readonly maximiser: Maximiser;
  /** 100 · (max f − f) / (1 + f); the mean over draws of A. */
  readonly value: number;
  readonly detail: SampleDetail;
}

export interface SharpnessOptions {
  readonly space: SharpnessSpace;
  readonly epsilon: readonly number[];
  readonly maximiser: readonly Maximiser[];
}

/**
 * Metric 2.1 at a minimiser.
 *
 * @param x the minimiser, Float32Array[n]
 * @param random gives the draws of A; unused in the full space.
 * @see Keskar 2017, eq. 4
 */
export async function sharpness(
  engine: Engine,
  objective: Objective,
  x: Float32Array,
  { space, epsilon, maximiser }: SharpnessOptions,
  random: RandomGenerator,
): Promise<SharpnessValue[]> {
  const gradient = new Float32Array(x.length);
  const loss = await objective.lossAndGradient(x, gradient);
  const centre: Centre = { loss, gradient };
  const values: Mutable[] = epsilon.flatMap((size) =>
    maximiser.map((kind) => ({ epsilon: size, maximiser: kind, draws: [], evaluations: 0, iterations: 0, stop: "" })),
  );
  const measureIn = async (box: (epsilon: number) => SearchBox) => {
    for (const value of values) {
      const maximum = await maximise(value.maximiser, objective, box(value.epsilon), centre);
      value.draws.push((100 * (maximum.value - loss)) / (1 + loss));
      value.evaluations += maximum.evaluations;
      value.iterations += maximum.iterations;
      value.stop ||= maximum.stop;
    }
  };
  if (space === "full") await measureIn((size) => fullBox(x, size));
  else {
    for (let draw = 0; draw < (space.draws ?? 5); draw++) {
      const subspace = await randomSubspace(engine, x, space, random);
      await measureIn((size) => subspace.box(size));
      await subspace.release();
    }
  }
  const gradientNorm = norm(gradient);
  return values.map(({ epsilon, maximiser, draws, evaluations, iterations, stop }) => ({
    epsilon,
    maximiser,
    value: draws.reduce((sum, value) => sum + value, 0) / draws.length,
    detail: { loss, gradientNorm, evaluations, iterations, stop, ...(space === "full" ? {} : { draws }) },
  }));
}

interface Mutable {
  readonly epsilon: number;
  readonly maximiser: Maximiser;
  readonly draws: number[];
  evaluations: number;
  iterations: number;
  stop: string;
}

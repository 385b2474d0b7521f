import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { fillNormal } from "../data/normal.ts";
import type { Objective } from "../engine/engine.ts";
import { filterNormalised } from "../networks/filters.ts";
import type { ParameterLayout } from "../networks/layout.ts";
import type { MeasuredValue } from "./measured-value.ts";

/**
 * Share of random filter-normalised directions d with f(x + distance · d) − f(x) > rise.
 *
 * @param x the minimiser, Float32Array[n]
 */
export async function steepDirections(
  objective: Objective,
  x: Float32Array,
  layout: ParameterLayout,
  { directions, distance, rise }: { directions: number; distance: number; rise: number },
  random: RandomGenerator,
): Promise<MeasuredValue[]> {
  const { loss } = await objective.evaluate(x);
  if (!Number.isFinite(loss)) return [{ absent: `the training loss at the minimiser is ${loss}` }];
  const direction = new Float32Array(x.length);
  const draws: number[] = [];
  for (let k = 0; k < directions; k++) {
    fillNormal(direction, random);
    const step = filterNormalised(direction, x, layout);
    const moved = await objective.evaluate(x.map((value, i) => value + distance * (step[i] as number)));
    draws.push(moved.loss - loss);
  }
  const steep = draws.filter((found) => !(found <= rise)).length;
  return [{ value: steep / directions, detail: { loss, evaluations: directions + 1 } }];
}

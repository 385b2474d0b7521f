import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Engine, Model, Objective } from "../../engine/engine.ts";
import { rescaled } from "../../networks/rescale.ts";
import type { Maximiser } from "../../spec/suite.types.ts";
import type { MeasuredValue } from "../measured-value.ts";
import { sharpness } from "./sharpness.ts";

/**
 * Sharpness in the full space at a point with the same function, and by how much the function differs after all.
 *
 * @param x the minimiser, Float32Array[n]
 * @throws ClaimbenchError `cannot-rescale`.
 * @see Dinh et al. 2017
 */
export async function rescaledSharpness(
  engine: Engine,
  { network, layout }: Model,
  objective: Objective,
  x: Float32Array,
  {
    factor,
    epsilon,
    maximiser,
  }: { readonly factor: number; readonly epsilon: readonly number[]; readonly maximiser: readonly Maximiser[] },
): Promise<MeasuredValue[]> {
  const same = rescaled(network, layout, x, factor);
  const [before, after] = [await objective.evaluate(x), await objective.evaluate(same)];
  // The full space takes no random numbers.
  const random = xoroshiro128plus(0);
  const values = await sharpness(engine, objective, same, { space: "full", epsilon, maximiser }, random);
  return [
    { part: "loss-change", value: Math.abs(after.loss - before.loss) },
    { part: "accuracy-change", value: Math.abs(after.accuracy - before.accuracy) },
    ...values.map((value) => ({ part: "sharpness", ...value })),
  ];
}

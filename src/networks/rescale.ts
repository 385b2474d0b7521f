import { ClaimbenchError } from "../spec/error.ts";
import type { ParameterLayout } from "./layout.ts";
import type { ResolvedNetwork } from "./shapes.ts";

/**
 * The same function with other parameters: those that feed the first ReLU between two layers of weights are multiplied by a
 * factor, the weights that take its output are divided by it. With batch norm before the ReLU its scale and shift take the
 * place of the weights and bias before it.
 *
 * @param theta Float32Array[n]
 * @param factor > 0
 * @throws ClaimbenchError `cannot-rescale` when there is no such ReLU.
 * @see Dinh et al. 2017, section 3
 */
export function rescaled(
  { name, layers }: ResolvedNetwork,
  { parameters }: ParameterLayout,
  theta: Float32Array,
  factor: number,
): Float32Array<ArrayBuffer> {
  const hasWeights = (position: number) => ["dense", "conv"].includes(layers[position]?.layer ?? "");
  // Between a ReLU and the next weights only what commutes with a positive factor.
  const passes = (position: number) => ["max-pool", "dropout", "flatten"].includes(layers[position]?.layer ?? "");
  for (const [position, { layer }] of layers.entries()) {
    if (layer !== "relu") continue;
    const feeding = passesBack(position - 1);
    let following = position + 1;
    while (passes(following)) following++;
    if (feeding === undefined || !hasWeights(following)) continue;
    const scaled = Float32Array.from(theta);
    const multiply = (tensor: string, by: number) => {
      const found = parameters.find((parameter) => parameter.name === tensor);
      if (!found) return;
      for (let i = found.offset; i < found.offset + found.size; i++) scaled[i] = (scaled[i] as number) * by;
    };
    multiply(`${feeding}.weight`, factor);
    multiply(`${feeding}.bias`, factor);
    multiply(`${following}.weight`, 1 / factor);
    return scaled;
  }
  throw new ClaimbenchError("cannot-rescale", `network ${name} has no ReLU between two layers of weights`);

  /** The layer of parameters whose output, times a factor, is the ReLU's input times it. */
  function passesBack(from: number): number | undefined {
    let at = from;
    while (passes(at)) at--;
    return hasWeights(at) || layers[at]?.layer === "batch-norm" ? at : undefined;
  }
}

import { elementCount } from "../spec/element-count.ts";
import { inferShapes, type ResolvedNetwork } from "./shapes.ts";

/** Multiply-adds of the dense and conv layers for one sample's forward pass; a backward pass takes about twice as many. */
export function forwardWork(network: ResolvedNetwork): number {
  let work = 0;
  for (const { layer, input, output } of inferShapes(network)) {
    if (layer.layer !== "dense" && layer.layer !== "conv") continue;
    const weightsPerOutput = (input[0] ?? 1) * (layer.layer === "conv" ? layer.kernel ** 2 : 1);
    work += weightsPerOutput * elementCount(output);
  }
  return work;
}

/** Numbers that one sample's forward pass leaves behind for the backward pass: the outputs of all layers. */
export function activationCount(network: ResolvedNetwork): number {
  return inferShapes(network).reduce((sum, { output }) => sum + elementCount(output), 0);
}

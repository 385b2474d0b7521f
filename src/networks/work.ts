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

/** From so many numbers of output on (280 MB), convolutions before a max-pool are computed a chunk of images at a time. */
export const LARGE_OUTPUT = 7e7;

/**
 * Numbers that a batch's forward pass leaves behind for the backward pass: the outputs of all layers, but where a large
 * convolution is normalised and pooled only the maxima.
 */
export function activationCount(network: ResolvedNetwork, batch: number): number {
  const layers = inferShapes(network);
  const kinds = layers.map(({ layer }) => layer.layer);
  const inChunks = layers.map(
    ({ output }, i) =>
      kinds[i] === "conv" &&
      kinds[i + 1] === "batch-norm" &&
      kinds.slice(i + 2, i + 4).includes("max-pool") &&
      batch * elementCount(output) > LARGE_OUTPUT,
  );
  return layers.reduce((sum, { layer, output }, i) => {
    const dropped = layer.layer !== "max-pool" && inChunks.slice(Math.max(0, i - 2), i + 1).includes(true);
    return dropped ? sum : sum + batch * elementCount(output);
  }, 0);
}

import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { inferShapes, type ResolvedNetwork } from "../networks/shapes.ts";
import { elementCount } from "../spec/element-count.ts";

/** A dropout layer of a network. */
export interface DropoutSite {
  /** Position of the layer in the network. */
  readonly layer: number;
  readonly rate: number;
  /** Shape of one sample's mask. */
  readonly shape: readonly number[];
}

export function dropoutSites(network: ResolvedNetwork): DropoutSite[] {
  return inferShapes(network).flatMap(({ layer, index, output }) =>
    layer.layer === "dropout" && layer.rate > 0 ? [{ layer: index, rate: layer.rate, shape: output }] : [],
  );
}

/**
 * Masks of consecutive updates, by site: float32 [steps, batch, …shape] with 0 and 1 / (1 − rate). Drawn update by
 * update, so that it makes no difference how updates are cut into runs.
 *
 * @param afterEach draws what else an update needs.
 */
export function drawMasks(
  sites: readonly DropoutSite[],
  steps: number,
  batch: number,
  random: RandomGenerator,
  afterEach?: (step: number) => void,
): Float32Array<ArrayBuffer>[] {
  const sizes = sites.map(({ shape }) => batch * elementCount(shape));
  const masks = sizes.map((size) => new Float32Array(steps * size));
  for (let step = 0; step < steps; step++) {
    for (const [s, { rate }] of sites.entries()) {
      const size = sizes[s] as number;
      const mask = masks[s] as Float32Array;
      const kept = Math.fround(1 / (1 - rate));
      // next() is uniform over the 32-bit integers.
      const threshold = rate * 2 ** 32 - 2 ** 31;
      for (let i = step * size; i < (step + 1) * size; i++) mask[i] = random.next() < threshold ? 0 : kept;
    }
    afterEach?.(step);
  }
  return masks;
}

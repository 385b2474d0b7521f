import { createHash } from "node:crypto";
import { xoroshiro128plus, xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** What a trial draws at random. */
export type Purpose =
  | "start"
  | "order"
  | "dropout"
  | "subspace"
  | "eigenvector"
  | "probes"
  | "directions"
  | "gradient-batches"
  // Of an epoch.
  | `augmentation/${number}`;

/**
 * The generator of one purpose at one seed. It depends on nothing else, so the arms of a seed share x₀ (where their
 * networks are equal), data order and subspaces.
 */
export function generator(purpose: Purpose, seed: number): RandomGenerator {
  return xoroshiro128plus(createHash("sha256").update(`${purpose}/${seed}`).digest().readInt32LE(0));
}

/** As {@link generator}, or where it had come to. @param state of the same generator, of an earlier process. */
export function resumedGenerator(
  purpose: Purpose,
  seed: number,
  state: readonly number[] | undefined,
): RandomGenerator {
  return state ? xoroshiro128plusFromState(state) : generator(purpose, seed);
}

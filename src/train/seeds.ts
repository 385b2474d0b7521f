import { createHash } from "node:crypto";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** What a trial draws at random. */
export type Purpose = "start" | "order" | "dropout" | "subspace" | "eigenvector";

/**
 * The generator of one purpose at one seed. It depends on nothing else, so the arms of a seed share x₀ (where their
 * networks are equal), data order and subspaces.
 */
export function generator(purpose: Purpose, seed: number): RandomGenerator {
  return xoroshiro128plus(createHash("sha256").update(`${purpose}/${seed}`).digest().readInt32LE(0));
}

import { createHash } from "node:crypto";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** The generator of one purpose at one seed: purposes draw nothing in common. */
export function dataGenerator(purpose: string, seed: number): RandomGenerator {
  return xoroshiro128plus(createHash("sha256").update(`data/${purpose}/${seed}`).digest().readInt32LE(0));
}

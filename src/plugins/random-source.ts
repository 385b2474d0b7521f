import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { fillNormal } from "../data/normal.ts";

/** Random numbers that are the same for the same seed. */
export interface RandomSource {
  /** In [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
}

/** @param purpose what the numbers are for: others for each. */
export function randomSource(purpose: string, seed: number): RandomSource {
  const random = xoroshiro128plus(createHash("sha256").update(`${purpose}/${seed}`).digest().readInt32LE(0));
  const one = new Float32Array(1);
  return {
    uniform: () => uniformFloat64(random),
    normal() {
      fillNormal(one, random);
      return one[0] as number;
    },
  };
}

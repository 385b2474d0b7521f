import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** `size` of the positions below `available`, in the order they are drawn in; the first ones without `random`. */
export function drawPositions(available: number, size: number, random?: RandomGenerator): Int32Array {
  const positions = Int32Array.from({ length: available }, (_, i) => i);
  if (random) {
    for (let i = 0; i < size; i++) {
      const j = uniformInt(random, i, available - 1);
      [positions[i], positions[j]] = [positions[j] as number, positions[i] as number];
    }
  }
  return positions.subarray(0, size);
}

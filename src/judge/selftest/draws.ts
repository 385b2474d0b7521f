import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { fillNormal } from "../../data/normal.ts";

/** Independent N(0, 1) numbers. */
export interface Draws {
  normal(): number;
}

const AT_A_TIME = 512;

/** @param words name the stream: other words, other numbers, so that what is added changes nothing that was there. */
export function drawsOf(seed: number, ...words: readonly (string | number)[]): Draws {
  const random = xoroshiro128plus(fnv(JSON.stringify([seed, ...words])));
  const buffer = new Float32Array(AT_A_TIME);
  let next = AT_A_TIME;
  return {
    normal() {
      if (next === AT_A_TIME) {
        fillNormal(buffer, random);
        next = 0;
      }
      next += 1;
      return buffer[next - 1] as number;
    },
  };
}

/** FNV-1a, 32 bits. */
function fnv(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}

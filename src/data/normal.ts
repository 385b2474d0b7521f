import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

// Ziggurat of Marsaglia & Tsang (2000) with 128 layers, tables by their recurrence. One draw of 32 bits gives sign and
// magnitude (25 bits) and layer (7 bits), kept apart as Doornik (2005) asks: shared bits would correlate.
const LAYERS = 128;
const TAIL_START = 3.442619855899;
const LAYER_AREA = 9.91256303526217e-3;
const edges = new Float64Array(LAYERS + 1);
const heights = new Float64Array(LAYERS + 1);
edges[0] = LAYER_AREA / Math.exp(-0.5 * TAIL_START * TAIL_START);
edges[1] = TAIL_START;
for (let i = 2; i < LAYERS; i++) {
  const previous = edges[i - 1] as number;
  edges[i] = Math.sqrt(-2 * Math.log(LAYER_AREA / previous + Math.exp(-0.5 * previous * previous)));
}
for (let i = 0; i <= LAYERS; i++) heights[i] = Math.exp(-0.5 * (edges[i] as number) ** 2);

/** Fills `target` with independent N(0, 1) numbers, advancing `random`. Fast: subspaces take tens of millions. */
export function fillNormal(target: Float32Array, random: RandomGenerator): void {
  for (let i = 0; i < target.length; i++) target[i] = normal(random);
}

function normal(random: RandomGenerator): number {
  for (;;) {
    const bits = random.next();
    const layer = bits & 127;
    // The upper 25 bits, signed, scaled to [−1, 1).
    const unit = (bits >> 7) * 2 ** -24;
    const value = unit * (edges[layer] as number);
    if (Math.abs(value) < (edges[layer + 1] as number)) return value;
    if (layer === 0) return tail(random, unit < 0);
    const low = heights[layer] as number;
    const high = heights[layer + 1] as number;
    if (low + uniform(random) * (high - low) < Math.exp(-0.5 * value * value)) return value;
  }
}

/** Beyond the last layer, by Marsaglia's exponential rejection. */
function tail(random: RandomGenerator, negative: boolean): number {
  for (;;) {
    const beyond = -Math.log(uniform(random)) / TAIL_START;
    if (-2 * Math.log(uniform(random)) >= beyond * beyond) return negative ? -TAIL_START - beyond : TAIL_START + beyond;
  }
}

/** In (0, 1]. */
function uniform(random: RandomGenerator): number {
  return ((random.next() >>> 0) + 1) * 2 ** -32;
}

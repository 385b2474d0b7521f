import type { Ticks } from "./axes.ts";

const LETTER = 6.4;
const GAP = 6;

/** The ticks whose labels do not touch, from the last one down. @param pixel where a value lies, from the left. */
export function readableTicks({ ticks, tickFormat }: Ticks, pixel: (value: number) => number): Ticks {
  const shown: number[] = [];
  let free = Number.POSITIVE_INFINITY;
  for (const tick of [...ticks].sort((a, b) => pixel(b) - pixel(a))) {
    const half = (LETTER * tickFormat(tick).length) / 2;
    if (pixel(tick) + half > free) continue;
    shown.push(tick);
    free = pixel(tick) - half - GAP;
  }
  return { ticks: shown.reverse(), tickFormat };
}

import { formatLogTick } from "./log-ticks.ts";

/** An axis that is logarithmic on both sides of 0, and linear around it. */
export interface SymlogScale {
  readonly domain: readonly [number, number];
  /** Where it turns from linear to logarithmic. */
  readonly constant: number;
  readonly ticks: readonly number[];
  readonly tickFormat: (value: number) => string;
}

const DECADES = 4;
const AIR = 1.5;

/** @param values any finite numbers; those ten thousand times smaller than the largest lie near 0. */
export function symlogScale(values: readonly number[]): SymlogScale {
  const highest = Math.max(0, ...values);
  const lowest = Math.min(0, ...values);
  const largest = Math.max(highest, -lowest) || 1;
  const top = Math.floor(Math.log10(largest));
  const powers = Array.from({ length: DECADES }, (_, i) => Number(`1e${top - DECADES + 1 + i}`));
  // The smallest would stand in the way of 0.
  const shown = powers.slice(1);
  return {
    domain: [lowest * AIR, (highest || (lowest === 0 ? 1 : 0)) * AIR],
    constant: powers[0] ?? 1,
    ticks: [
      ...shown
        .filter((power) => power <= -lowest * AIR)
        .map((power) => -power)
        .reverse(),
      0,
      ...shown.filter((power) => power <= highest * AIR),
    ],
    tickFormat: (value) => `${value < 0 ? "−" : ""}${value === 0 ? "0" : formatLogTick(Math.abs(value))}`,
  };
}

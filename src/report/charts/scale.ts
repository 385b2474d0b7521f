import { formatLogTick, logTicks } from "./log-ticks.ts";

/** An axis that holds these numbers with a little air at both ends. */
export interface AxisScale {
  readonly type: "linear" | "log";
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly tickFormat: (value: number) => string;
}

const AIR = 0.05;
const MOST_STEPS = 5;

/** @param values positive ones, for a logarithmic axis. */
export function axisScale(values: readonly number[], type: AxisScale["type"]): AxisScale {
  const onScale = type === "log" ? values.map(Math.log10) : values;
  const lowest = onScale.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const highest = onScale.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(lowest) || !Number.isFinite(highest))
    return { type: "linear", domain: [0, 1], ticks: [0, 1], tickFormat: String };
  const extent = highest - lowest;
  // One value, or values that differ in the last bits: an axis around it.
  const least = type === "log" ? 0.3 : Math.abs(highest) * 1e-3 || 1;
  const air = extent < 1e-9 * Math.abs(highest) || extent === 0 ? least : extent * AIR;
  if (type === "linear") {
    const ends = [lowest - air, highest + air] as const;
    return { type, domain: ends, ticks: linearTicks(...ends), tickFormat: linearTick(extent || air) };
  }
  const domain = [
    Math.max(Number.MIN_VALUE, 10 ** (lowest - air)),
    Math.min(Number.MAX_VALUE, 10 ** (highest + air)),
  ] as const;
  return { type, domain, ticks: logTicks(...domain), tickFormat: formatLogTick };
}

/** Multiples of 1, 2 or 5 · 10ᵏ: counted, not added up, so that the tick at 0 is 0. */
function linearTicks(low: number, high: number): number[] {
  const least = (high - low) / MOST_STEPS;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power;
  const first = Math.ceil(low / step);
  const count = Math.max(0, Math.floor(high / step) - first + 1);
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Enough digits to tell neighbouring ticks apart. */
function linearTick(extent: number): (value: number) => string {
  const digits = Math.max(0, Math.ceil(-Math.log10(extent / 5)) + 1);
  return (value) => {
    const magnitude = Math.abs(value);
    if (magnitude !== 0 && (extent < 1e-4 || magnitude >= 1e5))
      return value
        .toExponential(Math.min(12, Math.max(2, Math.ceil(Math.log10(magnitude / extent)) + 1)))
        .replace(/\.?0+e/, "e")
        .replace("e+", "e");
    return String(Number(value.toFixed(Math.min(digits, 12))));
  };
}

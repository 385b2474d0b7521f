import { formatLogTick, logTicks } from "./log-ticks.ts";

/** An axis that holds these numbers with a little air at both ends. */
export interface AxisScale {
  readonly type: "linear" | "log";
  readonly domain: readonly [number, number];
  readonly ticks: number | number[];
  readonly tickFormat?: (value: number) => string;
}

const AIR = 0.05;
/** Powers of ten that double precision still holds. */
const LARGEST = 308;
const SMALLEST = 307;

/** @param values positive ones, for a logarithmic axis. */
export function axisScale(values: readonly number[], type: AxisScale["type"]): AxisScale {
  const onScale = type === "log" ? values.map(Math.log10) : values;
  const lowest = onScale.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const highest = onScale.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(lowest) || !Number.isFinite(highest)) return { type: "linear", domain: [0, 1], ticks: 3 };
  const extent = highest - lowest;
  // One value, or values that differ in the last bits: an axis around it.
  const least = type === "log" ? 0.3 : Math.abs(highest) * 1e-3 || 1;
  const air = extent < 1e-9 * Math.abs(highest) || extent === 0 ? least : extent * AIR;
  if (type === "linear")
    return { type, domain: [lowest - air, highest + air], ticks: 5, tickFormat: linearTick(extent || air) };
  const domain = [10 ** Math.max(lowest - air, -SMALLEST), 10 ** Math.min(highest + air, LARGEST)] as const;
  return { type, domain, ticks: logTicks(...domain), tickFormat: formatLogTick };
}

/** Enough digits to tell neighbouring ticks apart. */
function linearTick(extent: number): (value: number) => string {
  const digits = Math.max(0, Math.ceil(-Math.log10(extent / 5)) + 1);
  return (value) => {
    const magnitude = Math.abs(value);
    if (magnitude !== 0 && (extent < 1e-4 || magnitude >= 1e5))
      return value
        .toExponential(2)
        .replace(/\.?0+e/, "e")
        .replace("e+", "e");
    return String(Number(value.toFixed(Math.min(digits, 12))));
  };
}

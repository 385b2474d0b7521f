import type { AxisScale } from "./scale.ts";

/** Where a value on an axis lies, in pixels. @param ends of the axis: the pixel of its lowest value, and of its highest. */
export function pixelsOf(
  { type, domain }: Pick<AxisScale, "type" | "domain">,
  [first, last]: readonly [number, number],
): (value: number) => number {
  const on = (value: number) => (type === "log" ? Math.log10(value) : value);
  const [low, high] = domain.map(on) as [number, number];
  return (value) => first + ((on(value) - low) / (high - low)) * (last - first);
}

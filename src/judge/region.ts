import type { Interval } from "../stats/interval.ts";

/** Where the whole interval of an effect must lie. Above and below exclude the bound, within includes its ends. */
export type Region =
  | { readonly kind: "above" | "below"; readonly bound: number }
  | { readonly kind: "within"; readonly lowest: number; readonly highest: number };

/** Where an interval lies with respect to a region; across: neither wholly inside nor wholly outside. */
export type Place = "inside" | "outside above" | "outside below" | "across";

export function placeOf({ lower, upper }: Interval, region: Region): Place {
  if (region.kind === "within") {
    if (lower >= region.lowest && upper <= region.highest) return "inside";
    if (lower > region.highest) return "outside above";
    return upper < region.lowest ? "outside below" : "across";
  }
  if (lower > region.bound) return region.kind === "above" ? "inside" : "outside above";
  if (upper < region.bound) return region.kind === "below" ? "inside" : "outside below";
  return "across";
}

export function boundsOf(region: Region): readonly [number, ...number[]] {
  return region.kind === "within" ? [region.lowest, region.highest] : [region.bound];
}

/** The same region after an increasing change of scale. */
export function rescale(region: Region, scale: (bound: number) => number): Region {
  if (region.kind !== "within") return { kind: region.kind, bound: scale(region.bound) };
  return { kind: "within", lowest: scale(region.lowest), highest: scale(region.highest) };
}

/** "above 1", "between -0.01 and 0.01". */
export function formatRegion(region: Region): string {
  return region.kind === "within" ? `between ${region.lowest} and ${region.highest}` : `${region.kind} ${region.bound}`;
}

/** Outside it: "below 1", "above 0.01". */
export function formatOutside(region: Region, place: "outside above" | "outside below"): string {
  const [first, second = first] = boundsOf(region);
  return place === "outside above" ? `above ${second}` : `below ${first}`;
}

import type { Region } from "../../judge/region.ts";

/** A region as charts draw it; an end that is missing is open. */
export interface RegionEnds {
  readonly from?: number;
  readonly to?: number;
}

export function regionEnds(region: Region): RegionEnds {
  if (region.kind === "within") return { from: region.lowest, to: region.highest };
  return region.kind === "above" ? { from: region.bound } : { to: region.bound };
}

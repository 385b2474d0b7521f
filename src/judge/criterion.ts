import type { SampleReference } from "../spec/run.types.ts";
import type { Region } from "./region.ts";
import type { Effect } from "./verdict.ts";

/** What an assertion asks, whatever its kind: which effect of which samples, and where it must lie. */
export interface Criterion {
  /** The assertion in symbols. */
  readonly expression: string;
  readonly first: SampleReference;
  /** Paired with the first over seeds. */
  readonly second?: SampleReference;
  readonly scale: Effect["scale"];
  /** In units of the effect. */
  readonly region: Region;
  /** The smallest effect that counts: as declared, and the estimate it asks for (at most, where the region is below). */
  readonly minimum?: { readonly declared: number; readonly estimate: number };
}

/** As in a suite: LB.sharpness[0.001,scaled]. */
export function formatReference({ arm, measurement, epsilon, maximiser }: SampleReference): string {
  const options = [epsilon, maximiser].filter((option) => option !== undefined);
  return `${arm}.${measurement}${options.length > 0 ? `[${options.join(",")}]` : ""}`;
}

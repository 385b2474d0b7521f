import type { ChartKey } from "./chart-key.ts";

/** A chart with its heading. */
export interface FigureView {
  /** Where a figure of the paper may show the same. */
  readonly key?: ChartKey;
  readonly title: string;
  /** SVG. */
  readonly chart: string;
  /** What the chart cannot show, in words. */
  readonly note: string | null;
}

/** "No value: SB at seed 3; LB at seeds 0, 1."; null where none is missing. */
export function missingWords(missing: readonly { readonly label: string; readonly seed: number }[]): string | null {
  if (missing.length === 0) return null;
  const seeds = new Map<string, number[]>();
  for (const { label, seed } of missing) seeds.set(label, [...(seeds.get(label) ?? []), seed]);
  const words = [...seeds].map(
    ([label, all]) => `${label} at ${all.length === 1 ? "seed" : "seeds"} ${all.join(", ")}`,
  );
  return `No value: ${words.join("; ")}.`;
}

import * as Plot from "@observablehq/plot";
import type { ArmView } from "../arms.ts";

/** A sample's place; at the edge it is not at its value, but at the end of an axis that cannot hold it. */
interface PlacedDot {
  readonly x: number;
  readonly y: number;
  readonly arm: ArmView;
  readonly atEdge: boolean;
  /** What it is, for a tooltip. */
  readonly tip: string;
}

/** The dots of every arm in its colour and shape, hollow at the edge. @param facet the field of the panels, if any. */
export function armDots(points: readonly PlacedDot[], arms: readonly ArmView[], facet?: string): Plot.Markish[] {
  return arms.flatMap(({ name, colour, symbol }) => {
    const own = points.filter(({ arm }) => arm.name === name);
    const dot = {
      x: "x",
      y: "y",
      title: "tip",
      symbol,
      r: 4.5,
      ...(facet === undefined ? {} : { fy: facet }),
    } as const;
    return [
      Plot.dot(
        own.filter(({ atEdge }) => !atEdge),
        { ...dot, fill: colour, stroke: "var(--page)", strokeWidth: 0.75 },
      ),
      Plot.dot(
        own.filter(({ atEdge }) => atEdge),
        { ...dot, fill: "var(--page)", stroke: colour, strokeWidth: 1.75 },
      ),
    ];
  });
}

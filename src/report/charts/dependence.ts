import * as Plot from "@observablehq/plot";
import type { ArmView } from "../arms.ts";
import { type Spread, spreadWords } from "../spread.ts";
import { armDots } from "./arm-dots.ts";
import { axisBelow, axisLeft } from "./axes.ts";
import type { EdgeScale } from "./edge-scale.ts";
import { endLabels, endLabelWidth } from "./end-labels.ts";
import { pixelsOf } from "./pixels.ts";
import { readableTicks } from "./readable-ticks.ts";
import { drawSvg } from "./svg.ts";

export interface DependencePoint {
  readonly arm: ArmView;
  /** Of the factor. */
  readonly at: number;
  readonly spread: Spread;
}

export interface DependenceChart {
  readonly points: readonly DependencePoint[];
  /** Arms beside the family, as level lines. */
  readonly references: readonly { readonly arm: ArmView; readonly value: number }[];
  /** symlog: logarithmic, with room for 0. */
  readonly factorScale: "log" | "symlog" | "linear";
  readonly factor: string;
  readonly scale: EdgeScale;
  readonly label: string;
}

const WIDTH = 290;
const HEIGHT = 210;
const TOP = 12;
const BOTTOM = 40;
const LEFT = 46;
const INSET = 8;

/** Mean over the seeds of each arm, with a bar from the lowest to the highest. */
export function dependence({ points, references, factorScale, factor, scale, label }: DependenceChart): string {
  const positions = [...new Set(points.map(({ at }) => at))].sort((a, b) => a - b);
  const domain = [positions[0] ?? 1, positions.at(-1) ?? 1] as const;
  const pixels = pixelsOf(scale, [HEIGHT - BOTTOM, TOP]);
  const names = references.map(({ arm, value }) => ({
    text: arm.label,
    colour: arm.colour,
    at: pixels(scale.place(value)),
  }));
  const right = names.length === 0 ? 14 : endLabelWidth(names);
  const placed = points.map(({ arm, at, spread }) => ({
    arm,
    x: at,
    y: scale.place(spread.mean),
    low: scale.place(spread.lowest),
    high: scale.place(spread.highest),
    atEdge: scale.isAtEdge(spread.mean),
    tip: `${arm.label}: ${spreadWords(spread)}`,
  }));
  const on = onScale(factorScale);
  const [first, last] = domain.map(on) as [number, number];
  const length = WIDTH - LEFT - right - 2 * INSET;
  const ticks = readableTicks({ ticks: positions, tickFormat: String }, (value) =>
    last === first ? 0 : ((on(value) - first) / (last - first)) * length,
  );
  return drawSvg(
    {
      width: WIDTH,
      height: HEIGHT,
      marginTop: TOP,
      marginBottom: BOTTOM,
      marginLeft: LEFT,
      marginRight: right,
      x: { type: factorScale, domain: [...domain], insetLeft: INSET, insetRight: INSET },
      y: { type: scale.type, domain: [...scale.domain] },
      marks: [
        Plot.gridY(scale.ticks, { strokeOpacity: 0.12 }),
        Plot.gridX(positions, { strokeOpacity: 0.12 }),
        axisBelow(ticks, factor),
        axisLeft(scale),
        ...references.map(({ arm, value }) =>
          Plot.ruleY([scale.place(value)], { stroke: arm.colour, strokeWidth: 1.5, strokeDasharray: "6 3" }),
        ),
        Plot.line(placed, { x: "x", y: "y", sort: "x", strokeOpacity: 0.5, strokeWidth: 1.5 }),
        ...placed.map((point) =>
          Plot.link([point], { x1: "x", x2: "x", y1: "low", y2: "high", stroke: point.arm.colour, strokeWidth: 2 }),
        ),
        ...armDots(
          placed,
          placed.map(({ arm }) => arm),
        ),
        ...endLabels(names, [TOP, HEIGHT - BOTTOM]),
      ],
    },
    label,
  );
}

function onScale(type: DependenceChart["factorScale"]): (value: number) => number {
  if (type === "linear") return (value) => value;
  return type === "log" ? Math.log : Math.log1p;
}

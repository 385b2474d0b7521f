import * as Plot from "@observablehq/plot";
import type { Interval } from "../../stats/interval.ts";
import { formatValue } from "../words/quantities.ts";
import { axisBelow } from "./axes.ts";
import { pixelsOf } from "./pixels.ts";
import { readableTicks } from "./readable-ticks.ts";
import type { RegionEnds } from "./region-ends.ts";
import { axisScale } from "./scale.ts";
import { drawSvg } from "./svg.ts";

/** One effect with its interval. */
export interface IntervalRow {
  readonly label: string;
  readonly estimate: number;
  readonly interval: Interval | null;
  /** The effects of the seeds it is the mean of, drawn below it. */
  readonly seeds?: readonly { readonly seed: number; readonly effect: number }[];
  /** What its mark is, for a tooltip. */
  readonly tip?: string;
  readonly colour: string;
  /** Ours are dots; what was published is a diamond, or the bar of its range. */
  readonly mark: "ours" | "published";
}

export interface IntervalChart {
  readonly rows: readonly IntervalRow[];
  readonly logarithmic: boolean;
  readonly axis: string;
  /** Where the whole interval must lie; an end that is missing is open. */
  readonly region: RegionEnds;
  readonly minimum?: number;
  readonly label: string;
}

const WIDTH = 360;
const ROW = 38;
const TOP = 36;
const BOTTOM = 46;
const MARGIN = 12;
const SEEDS_BELOW = 7;

/** All effects of an assertion on one axis, with the bound; texts stand above their rows, so that it fits a phone. */
export function intervalChart({ rows, logarithmic, axis, region, minimum, label }: IntervalChart): string {
  const drawable = (value: number | undefined): value is number => value !== undefined && (!logarithmic || value > 0);
  const bounds = [region.from, region.to].filter(drawable);
  const marks = [...bounds, minimum].filter(drawable);
  const ends = rows.flatMap(({ estimate, interval, seeds = [] }) => [
    estimate,
    ...seeds.map(({ effect }) => effect),
    ...(interval ? [interval.lower, interval.upper] : []),
  ]);
  const scale = axisScale(
    [...ends, ...marks].filter((value) => Number.isFinite(value) && drawable(value)),
    logarithmic ? "log" : "linear",
  );
  const [left, right] = scale.domain;
  const height = TOP + rows.length * ROW + BOTTOM;
  const at = (i: number) => i + 0.68;
  const placed = rows.map((row, i) => ({
    ...row,
    y: at(i),
    // An end that the axis cannot show lies at the axis' own.
    lower: Math.max(left, row.interval?.lower ?? left),
    upper: Math.min(right, row.interval?.upper ?? right),
  }));
  const intervals = placed.filter(({ interval }) => interval !== null);
  const ours = placed.filter(({ mark }) => mark === "ours");
  const seeds = placed.flatMap(({ seeds: each = [], y, colour }) =>
    each
      .filter(({ effect }) => Number.isFinite(effect) && drawable(effect))
      .map(({ seed, effect: x }) => ({ x, y, colour, tip: `seed ${seed}: ${formatValue(x)}` })),
  );
  const published = placed.filter(({ mark, interval }) => mark === "published" && interval === null);
  const middle = logarithmic ? Math.sqrt(left * right) : (left + right) / 2;
  const anchored = (x: number) => (x > middle ? "end" : "start");
  const topLabels = [
    ...bounds.map((x) => ({ x, text: `bound ${x}`, line: 0 })),
    ...(drawable(minimum) ? [{ x: minimum, text: `at least ${minimum}`, line: 1 }] : []),
  ];
  return drawSvg(
    {
      width: WIDTH,
      height,
      marginLeft: MARGIN,
      marginRight: MARGIN,
      marginTop: TOP,
      marginBottom: BOTTOM,
      x: { type: scale.type, domain: [...scale.domain] },
      y: { type: "linear", domain: [0, rows.length], range: [TOP, height - BOTTOM], axis: null },
      marks: [
        Plot.rect([0], {
          x1: drawable(region.from) ? region.from : left,
          x2: drawable(region.to) ? region.to : right,
          y1: 0,
          y2: rows.length,
          fill: "var(--region)",
        }),
        axisBelow(readableTicks(scale, pixelsOf(scale, [MARGIN, WIDTH - MARGIN])), axis),
        Plot.ruleX(bounds, { stroke: "currentColor", strokeDasharray: "4 3" }),
        ...(drawable(minimum) ? [Plot.ruleX([minimum], { stroke: "currentColor", strokeDasharray: "1 3" })] : []),
        ...topLabels.map(({ x, text, line }) =>
          Plot.text([text], {
            x: () => x,
            frameAnchor: "top",
            text: () => text,
            textAnchor: anchored(x),
            dx: x > middle ? -3 : 3,
            dy: line * 13 - 27,
          }),
        ),
        ...intervals.map((row) =>
          Plot.link([row], {
            x1: "lower",
            x2: "upper",
            y1: "y",
            y2: "y",
            stroke: row.colour,
            strokeWidth: row.mark === "ours" ? 2.5 : 5,
            strokeOpacity: row.mark === "ours" ? 1 : 0.45,
            strokeLinecap: "round",
          }),
        ),
        Plot.dot(seeds, {
          x: "x",
          y: "y",
          title: "tip",
          dy: SEEDS_BELOW,
          r: 2.5,
          stroke: "colour",
          strokeWidth: 1.2,
          fill: "var(--page)",
        }),
        ...ours.map((row) => Plot.dot([row], { x: "estimate", y: "y", title: "tip", r: 4.5, fill: row.colour })),
        ...published.map((row) =>
          Plot.dot([row], { x: "estimate", y: "y", title: "tip", r: 5.5, symbol: "diamond", fill: row.colour }),
        ),
        Plot.text(placed, {
          y: "y",
          frameAnchor: "left",
          textAnchor: "start",
          text: "label",
          dy: -14,
          dx: 22,
          stroke: "var(--page)",
          strokeWidth: 4,
          fill: "currentColor",
        }),
      ],
    },
    label,
  );
}

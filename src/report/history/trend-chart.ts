import * as Plot from "@observablehq/plot";
import type { VerdictStatus } from "../../judge/verdict.ts";
import { quantileOfSorted } from "../../stats/quantile.ts";
import { axisBelow, axisLeft } from "../charts/axes.ts";
import { pixelsOf } from "../charts/pixels.ts";
import { readableTicks } from "../charts/readable-ticks.ts";
import type { RegionEnds } from "../charts/region-ends.ts";
import { axisScale } from "../charts/scale.ts";
import { drawSvg } from "../charts/svg.ts";
import type { TimeAxis } from "./time-axis.ts";

/** A value with its interval at one time. */
export interface ChartPoint {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** null: nothing to draw, though something ran. */
  readonly value: number | null;
  readonly interval: { readonly lower: number; readonly upper: number } | null;
  /** Decides colour and shape; a plain dot where there is none. */
  readonly status: VerdictStatus | null;
  /** Points are joined where it is equal. */
  readonly line: string;
}

export interface TrendChart {
  /** Oldest first. */
  readonly points: readonly ChartPoint[];
  readonly axis: TimeAxis;
  readonly logarithmic: boolean;
  /** Where the whole interval must lie; an end that is missing is open. */
  readonly region: RegionEnds | null;
  /** What the value itself must reach. */
  readonly minimum: number | null;
  /** Times at which a verdict changed, with words for it: "✓ → ✗". */
  readonly changes: readonly { readonly time: number; readonly text: string }[];
  readonly label: string;
}

const WIDTH = 320;
const HEIGHT = 170;
const TOP = 22;
const BOTTOM = 24;
const LEFT = 46;
const RIGHT = 8;
/** Of a label above the chart, in pixels. */
const LABEL = 46;

interface Placed {
  readonly time: number;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly status: VerdictStatus | null;
  readonly line: string;
}

/**
 * Small: a point a run, drawn as few paths however many runs there are.
 *
 * @returns the SVG, and whether an interval reaches beyond it; null where there is nothing to draw.
 */
export function trendChart(chart: TrendChart): { readonly svg: string; readonly cut: boolean } | null {
  const { points, axis, logarithmic, region, minimum, changes, label } = chart;
  const drawable = (value: number) => Number.isFinite(value) && (!logarithmic || value > 0);
  const measured = points.filter((point) => point.value !== null && drawable(point.value));
  if (measured.length === 0) return null;
  const bounds = [region?.from, region?.to].filter((bound) => bound !== undefined).filter(drawable);
  const least = minimum !== null && drawable(minimum) ? [minimum] : [];
  const scale = axisScale([...shownValues(measured, logarithmic), ...bounds, ...least], logarithmic ? "log" : "linear");
  const [low, high] = scale.domain;
  const placed = measured.map(({ time, value, interval, status, line }): Placed => {
    const [lower, upper] = interval ? [interval.lower, interval.upper] : [value as number, value as number];
    return { time, value: value as number, lower: Math.max(low, lower), upper: Math.min(high, upper), status, line };
  });
  const cut = measured.some(({ interval }) => interval && (interval.lower < low || interval.upper > high));
  const [from, to] = axis.domain;
  const gaps = points.filter(({ value }) => value === null || !drawable(value));
  const svg = drawSvg(
    {
      width: WIDTH,
      height: HEIGHT,
      marginTop: TOP,
      marginBottom: BOTTOM,
      marginLeft: LEFT,
      marginRight: RIGHT,
      x: { type: "linear", domain: [from, to] },
      y: { type: scale.type, domain: [low, high] },
      marks: [
        ...(region === null ? [] : [regionMark(region, [from, to], [low, high], drawable)]),
        Plot.gridY(scale.ticks, { strokeOpacity: 0.12 }),
        axisBelow(readableTicks(axis, pixelsOf({ type: "linear", domain: axis.domain }, [LEFT, WIDTH - RIGHT])), ""),
        axisLeft(scale),
        Plot.ruleY(bounds, { stroke: "currentColor", strokeDasharray: "4 3" }),
        Plot.ruleY(least, { stroke: "currentColor", strokeDasharray: "1 3" }),
        ...changeMarks(changes, [from, to]),
        ...lines(placed),
        ...intervals(placed),
        ...dots(placed),
        ...gapMarks(gaps, low),
      ],
    },
    label,
  );
  return { svg, cut };
}

/** Every value, and the ends of most intervals: one that is much wider than the others would hide the trend. */
function shownValues(points: readonly ChartPoint[], logarithmic: boolean): number[] {
  const ends = (end: "lower" | "upper") =>
    points
      .flatMap(({ interval }) => (interval && Number.isFinite(interval[end]) ? [interval[end]] : []))
      .filter((value) => !logarithmic || value > 0)
      .toSorted((a, b) => a - b);
  const [lowers, uppers] = [ends("lower"), ends("upper")];
  return [
    ...points.map(({ value }) => value as number),
    ...(lowers.length > 0 ? [quantileOfSorted(lowers, MOST_OUTSIDE)] : []),
    ...(uppers.length > 0 ? [quantileOfSorted(uppers, 1 - MOST_OUTSIDE)] : []),
  ];
}

const MOST_OUTSIDE = 0.1;

function regionMark(
  { from, to }: NonNullable<TrendChart["region"]>,
  [left, right]: readonly [number, number],
  [low, high]: readonly [number, number],
  drawable: (value: number) => boolean,
): Plot.Markish {
  const bottom = from !== undefined && drawable(from) ? Math.max(low, from) : low;
  const top = to !== undefined && drawable(to) ? Math.min(high, to) : high;
  return Plot.rect([0], { x1: left, x2: right, y1: bottom, y2: top, fill: "var(--region)" });
}

function changeMarks(changes: TrendChart["changes"], domain: readonly [number, number]): Plot.Markish[] {
  const pixel = pixelsOf({ type: "linear", domain }, [LEFT, WIDTH - RIGHT]);
  const labelled: { at: number; text: string }[] = [];
  // The newest is told, and older ones where there is room.
  for (const { time, text } of changes.toReversed()) {
    const at = Math.min(WIDTH - RIGHT - LABEL / 2, Math.max(LEFT + LABEL / 2, pixel(time)));
    if (labelled.every((other) => Math.abs(other.at - at) >= LABEL)) labelled.push({ at, text });
  }
  return [
    Plot.ruleX(
      changes.map(({ time }) => time),
      { stroke: "currentColor", strokeOpacity: 0.55, strokeDasharray: "2 2" },
    ),
    ...labelled.map(({ at, text }) =>
      Plot.text([text], {
        frameAnchor: "top-left",
        text: () => text,
        textAnchor: "middle",
        dx: at - LEFT,
        dy: -16,
        fontWeight: "600",
      }),
    ),
  ];
}

/** A step that breaks a path. */
const BREAK = { time: Number.NaN, at: Number.NaN };

interface Step {
  readonly time: number;
  readonly at: number;
}

const STEPS = { x: "time", y: "at", curve: "linear" } as const;

function lines(points: readonly Placed[]): Plot.Markish[] {
  const steps = points.flatMap((point, i): Step[] => {
    const before = points[i - 1];
    const step = { time: point.time, at: point.value };
    return before && before.line !== point.line ? [BREAK, step] : [step];
  });
  return [Plot.line(steps, { ...STEPS, stroke: "currentColor", strokeWidth: 1, strokeOpacity: 0.3 })];
}

function intervals(points: readonly Placed[]): Plot.Markish[] {
  return byStatus(points).map(([status, each]) =>
    Plot.line(
      each.flatMap(({ time, lower, upper }): Step[] =>
        upper > lower ? [{ time, at: lower }, { time, at: upper }, BREAK] : [],
      ),
      { ...STEPS, stroke: colourOf(status), strokeWidth: 1.5, strokeOpacity: 0.5 },
    ),
  );
}

const DIAMOND = 5;

/** A stroke without length is a dot of its caps: one path for all dots of a verdict. */
function dots(points: readonly Placed[]): Plot.Markish[] {
  return byStatus(points).map(([status, each]) => {
    if (status === "inconclusive")
      return Plot.dot(each, {
        x: "time",
        y: "value",
        r: DIAMOND / 2 + 0.5,
        symbol: "diamond",
        stroke: colourOf(status),
        strokeWidth: 1.5,
        fill: "var(--page)",
      });
    return Plot.line(
      each.flatMap(({ time, value }): Step[] => [{ time, at: value }, { time, at: value }, BREAK]),
      { ...STEPS, stroke: colourOf(status), strokeWidth: 6, strokeLinecap: status === "fail" ? "square" : "round" },
    );
  });
}

/** A run that gave no value stands below, so that it is not taken for one that did not happen. */
function gapMarks(gaps: readonly ChartPoint[], low: number): Plot.Markish[] {
  if (gaps.length === 0) return [];
  return [
    Plot.text(gaps, {
      x: "time",
      y: () => low,
      text: () => "–",
      dy: -5,
      fill: "var(--not-measured)",
      fontWeight: "600",
    }),
  ];
}

function colourOf(status: VerdictStatus | null): string {
  return status === null ? "var(--accent)" : `var(--${status})`;
}

function byStatus(points: readonly Placed[]): [VerdictStatus | null, Placed[]][] {
  const groups = new Map<VerdictStatus | null, Placed[]>();
  for (const point of points) {
    const group = groups.get(point.status);
    if (group) group.push(point);
    else groups.set(point.status, [point]);
  }
  return [...groups];
}

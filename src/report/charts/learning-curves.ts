import * as Plot from "@observablehq/plot";
import type { ArmView } from "../arms.ts";
import { axisScale } from "./scale.ts";
import { drawSvg } from "./svg.ts";

/** Values of one trial by epoch. */
export interface CurveLine {
  readonly arm: ArmView;
  readonly seed: number;
  readonly points: readonly { readonly epoch: number; readonly value: number }[];
}

export interface CurveChart {
  readonly lines: readonly CurveLine[];
  readonly logarithmic: boolean;
  readonly axis: string;
  readonly label: string;
}

const WIDTH = 480;
const HEIGHT = 280;

/** A thin line per trial, a bold one for each arm's median, with the arm's name at its end. */
export function learningCurves({ lines, logarithmic, axis, label }: CurveChart): string {
  const visible = lines.map((line) => ({
    ...line,
    points: line.points.filter(({ value }) => !logarithmic || value > 0),
  }));
  const arms = [...new Map(visible.map(({ arm }) => [arm.name, arm])).values()];
  const medians = arms.map((arm) => ({
    arm,
    points: medianCurve(visible.filter((line) => line.arm.name === arm.name)),
  }));
  const scale = axisScale(
    visible.flatMap(({ points }) => points.map(({ value }) => value)),
    logarithmic ? "log" : "linear",
  );
  return drawSvg(
    {
      width: WIDTH,
      height: HEIGHT,
      marginLeft: 56,
      marginRight: 84,
      marginTop: 28,
      marginBottom: 40,
      x: {
        label: "epoch",
        labelAnchor: "right",
        labelArrow: "none",
        tickFormat: (epoch: number) => (Number.isInteger(epoch) ? String(epoch) : ""),
      },
      y: {
        type: scale.type,
        domain: [...scale.domain],
        ticks: scale.ticks,
        ...(scale.tickFormat ? { tickFormat: scale.tickFormat } : {}),
        label: axis,
        labelAnchor: "top",
        labelArrow: "none",
        grid: true,
      },
      marks: [
        ...visible.map(({ arm, points }) =>
          Plot.line(points, { x: "epoch", y: "value", stroke: arm.colour, strokeWidth: 1, strokeOpacity: 0.35 }),
        ),
        ...medians.map(({ arm, points }) =>
          Plot.line(points, {
            x: "epoch",
            y: "value",
            stroke: arm.colour,
            strokeWidth: 2.5,
            strokeDasharray: arm.dash || "none",
          }),
        ),
        ...endLabels(medians, scale.type === "log").map(({ arm, point, shift }) =>
          Plot.text([point], {
            x: "epoch",
            y: "value",
            text: () => arm.label,
            dx: 6,
            dy: shift,
            textAnchor: "start",
            fill: arm.colour,
            fontWeight: "bold",
          }),
        ),
      ],
    },
    label,
  );
}

interface Point {
  readonly epoch: number;
  readonly value: number;
}

function medianCurve(lines: readonly CurveLine[]): Point[] {
  const byEpoch = new Map<number, number[]>();
  for (const { points } of lines) {
    for (const { epoch, value } of points) byEpoch.set(epoch, [...(byEpoch.get(epoch) ?? []), value]);
  }
  return [...byEpoch].map(([epoch, values]) => ({ epoch, value: median(values) })).sort((a, b) => a.epoch - b.epoch);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? upper)) / 2 : upper;
}

const LABEL_HEIGHT = 14;

/** The names at the curves' ends, pushed apart where they would cover each other. */
function endLabels(
  curves: readonly { readonly arm: ArmView; readonly points: readonly Point[] }[],
  logarithmic: boolean,
) {
  const ends = curves.flatMap(({ arm, points }) => {
    const point = points.at(-1);
    return point ? [{ arm, point, height: logarithmic ? Math.log10(point.value) : point.value }] : [];
  });
  const all = curves.flatMap(({ points }) => points.map(({ value }) => (logarithmic ? Math.log10(value) : value)));
  const extent = Math.max(...all) - Math.min(...all) || 1;
  let last = Number.NEGATIVE_INFINITY;
  // From the top of the chart down; a pixel is about extent / 200.
  return ends
    .toSorted((a, b) => b.height - a.height)
    .map(({ arm, point, height }) => {
      const wanted = ((Math.max(...all) - height) / extent) * 200;
      const placed = Math.max(wanted, last + LABEL_HEIGHT);
      last = placed;
      return { arm, point, shift: placed - wanted };
    });
}

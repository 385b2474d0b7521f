import * as Plot from "@observablehq/plot";
import type { ArmView } from "../arms.ts";
import { formatValue } from "../words/quantities.ts";
import { armDots } from "./arm-dots.ts";
import { axisBelow, axisLeft } from "./axes.ts";
import { edgeScale, fittingScale } from "./edge-scale.ts";
import { pixelsOf } from "./pixels.ts";
import { readableTicks } from "./readable-ticks.ts";
import { drawSvg } from "./svg.ts";

/** A value at an iterate with this training loss. */
export interface SeriesPoint {
  readonly loss: number;
  readonly value: number;
}

export interface ArmSeries {
  readonly arm: ArmView;
  /** Of all seeds. */
  readonly seeds: readonly SeriesPoint[];
  /** Means over the seeds, in the order of the epochs. */
  readonly means: readonly SeriesPoint[];
}

const WIDTH = 360;
const HEIGHT = 270;
const TOP = 14;
const BOTTOM = 44;
const LEFT = 46;
const RIGHT = 14;

/** Along the training, from left to right: the loss falls. Both axes logarithmic where the values allow it. */
export function alongTraining({ series, label }: { series: readonly ArmSeries[]; label: string }): string {
  const all = series.flatMap(({ seeds, means }) => [...seeds, ...means]);
  const x = edgeScale(all.map(({ loss }) => loss));
  const values = all.map(({ value }) => value);
  const y = values.some((value) => value < 0) ? fittingScale(values) : edgeScale(values);
  const place = ({ loss, value }: SeriesPoint) => ({
    x: x.place(loss),
    y: y.place(value),
    atEdge: x.isAtEdge(loss) || y.isAtEdge(value),
  });
  const tip = ({ label }: ArmView, { loss, value }: SeriesPoint) =>
    `${label}, mean: ${formatValue(value)} at loss ${formatValue(loss)}`;
  return drawSvg(
    {
      width: WIDTH,
      height: HEIGHT,
      marginTop: TOP,
      marginBottom: BOTTOM,
      marginLeft: LEFT,
      marginRight: RIGHT,
      x: { type: "log", domain: [...x.domain], reverse: true },
      y: { type: y.type, domain: [...y.domain] },
      marks: [
        Plot.gridX(x.ticks, { strokeOpacity: 0.12 }),
        Plot.gridY(y.ticks, { strokeOpacity: 0.12 }),
        axisBelow(readableTicks(x, pixelsOf(x, [WIDTH - RIGHT, LEFT])), "training loss in nats, logarithmic, falling"),
        axisLeft(y),
        ...series.map(({ arm, seeds }) =>
          Plot.dot(seeds.map(place), { x: "x", y: "y", r: 1.75, fill: arm.colour, fillOpacity: 0.45 }),
        ),
        ...series.map(({ arm, means }) =>
          Plot.line(means.map(place), {
            x: "x",
            y: "y",
            stroke: arm.colour,
            strokeWidth: 2,
            ...(arm.dash === "" ? {} : { strokeDasharray: arm.dash }),
          }),
        ),
        ...armDots(
          series.flatMap(({ arm, means }) => means.map((point) => ({ arm, tip: tip(arm, point), ...place(point) }))),
          series.map(({ arm }) => arm),
        ),
      ],
    },
    label,
  );
}

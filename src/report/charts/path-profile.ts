import * as Plot from "@observablehq/plot";
import { axisBelow, axisLeft } from "./axes.ts";
import { edgeScale } from "./edge-scale.ts";
import { endLabels, endLabelWidth } from "./end-labels.ts";
import { pixelsOf } from "./pixels.ts";
import { axisScale } from "./scale.ts";
import { drawSvg } from "./svg.ts";

export interface PathPoint {
  readonly alpha: number;
  readonly value: number;
}

/** What was found on some samples, along the path. */
export interface ProfileLine {
  readonly on: "train" | "test";
  readonly seeds: readonly (readonly PathPoint[])[];
  readonly mean: readonly PathPoint[];
}

/** A minimiser that the path passes. */
export interface PathEnd {
  readonly alpha: number;
  readonly label: string;
  readonly colour: string;
}

export interface PathProfileChart {
  readonly lines: readonly ProfileLine[];
  readonly ends: readonly PathEnd[];
  readonly kind: "loss" | "accuracy";
  /** Whether the path has no points between its ends. */
  readonly broken: boolean;
  readonly label: string;
}

const WIDTH = 360;
const HEIGHT = { loss: 230, accuracy: 180 } as const;
const TOP = 26;
const BOTTOM = 38;
const LEFT = 50;
const COLOURS = { train: "currentColor", test: "var(--published)" } as const;

/** Training samples solid, test samples dashed; losses logarithmic, so that a rise of a thousandth shows. */
export function pathProfile({ lines, ends, kind, broken, label }: PathProfileChart): string {
  const height = HEIGHT[kind];
  const all = lines.flatMap(({ seeds }) => seeds.flat());
  const values = all.map(({ value }) => value);
  const y = kind === "loss" ? edgeScale(values) : { ...axisScale(values, "linear"), place: (value: number) => value };
  const x = axisScale([...all.map(({ alpha }) => alpha), ...ends.map(({ alpha }) => alpha)], "linear");
  const pixels = pixelsOf(y, [height - BOTTOM, TOP]);
  const names = lines.flatMap(({ on, mean }) => {
    const end = mean.at(-1);
    return end ? [{ text: on, colour: COLOURS[on], at: pixels(y.place(end.value)) }] : [];
  });
  const channels = { x: "alpha", y: (point: PathPoint) => y.place(point.value) } as const;
  const pieces = (points: readonly PathPoint[]) => (broken ? outwards(points) : [points]);
  return drawSvg(
    {
      width: WIDTH,
      height,
      marginTop: TOP,
      marginBottom: BOTTOM,
      marginLeft: LEFT,
      marginRight: endLabelWidth(names),
      x: { type: "linear", domain: [...x.domain] },
      y: { type: y.type, domain: [...y.domain] },
      marks: [
        Plot.gridY(y.ticks, { strokeOpacity: 0.12 }),
        axisBelow(x, "α"),
        axisLeft({ ticks: y.ticks, tickFormat: kind === "loss" ? y.tickFormat : percent }),
        ...ends.flatMap(({ alpha, label: name, colour }) => [
          Plot.ruleX([alpha], { stroke: colour, strokeWidth: 1.5, strokeOpacity: 0.7 }),
          Plot.text([name], {
            x: () => alpha,
            frameAnchor: "top",
            text: () => shorten(name),
            dy: -14,
            fill: colour,
            fontWeight: "600",
          }),
        ]),
        ...lines.flatMap(({ on, seeds }) =>
          seeds
            .flatMap(pieces)
            .map((points) =>
              Plot.line(points, { ...channels, stroke: COLOURS[on], strokeWidth: 0.75, strokeOpacity: 0.3 }),
            ),
        ),
        ...lines.flatMap(({ on, mean }) =>
          pieces(mean).map((points) =>
            Plot.line(points, {
              ...channels,
              stroke: COLOURS[on],
              strokeWidth: 2.25,
              ...(on === "test" ? { strokeDasharray: "5 3" } : {}),
            }),
          ),
        ),
        ...endLabels(names, [TOP, height - BOTTOM]),
      ],
    },
    label,
  );
}

function outwards(points: readonly PathPoint[]): PathPoint[][] {
  return [points.filter(({ alpha }) => alpha <= 0), points.filter(({ alpha }) => alpha >= 1)];
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(6))} %`;
}

function shorten(name: string): string {
  return name.length > 12 ? `${name.slice(0, 11)}…` : name;
}

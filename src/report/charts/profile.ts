import * as Plot from "@observablehq/plot";
import { axisBelow, axisLeft } from "./axes.ts";
import type { EdgeScale } from "./edge-scale.ts";
import { spreadLabels } from "./spread-labels.ts";
import { drawSvg } from "./svg.ts";

export interface ProfilePoint {
  readonly x: number;
  readonly y: number;
}

export interface ProfileLine {
  readonly label: string;
  readonly colour: string;
  /** Of the line; empty for a solid one. */
  readonly dash: string;
  readonly seeds: readonly (readonly ProfilePoint[])[];
  readonly median: readonly ProfilePoint[];
}

export interface ProfileAxis {
  readonly scale: EdgeScale;
  readonly reverse?: boolean;
}

export interface ProfileChart {
  readonly lines: readonly ProfileLine[];
  readonly x: ProfileAxis & { readonly label: string };
  readonly y: ProfileAxis;
  /** Vertical lines, such as the ends of a path. */
  readonly rules?: readonly { readonly x: number; readonly label: string }[];
  readonly label: string;
}

const WIDTH = 360;
const HEIGHT = 230;
const TOP = 24;
const BOTTOM = 40;
const LEFT = 52;
const LABEL_LENGTH = 14;
const LETTER = 6.4;
const LINE = 13;

/** One quantity over another: a thin line a seed and the median of each kind, labelled beside its last point. */
export function profileChart({ lines, x, y, rules = [], label }: ProfileChart): string {
  const texts = lines.map((line) => shorten(line.label));
  const right = 12 + LETTER * Math.max(2, ...texts.map((text) => text.length));
  const channels = {
    x: (point: ProfilePoint) => x.scale.place(point.x),
    y: (point: ProfilePoint) => y.scale.place(point.y),
  };
  const ends = lines.map(({ median }) => {
    const end = median.at(-1);
    return end ? pixelOf(y, y.scale.place(end.y)) : TOP;
  });
  const spread = spreadLabels(ends, LINE, [TOP, HEIGHT - BOTTOM]);
  return drawSvg(
    {
      width: WIDTH,
      height: HEIGHT,
      marginTop: TOP,
      marginBottom: BOTTOM,
      marginLeft: LEFT,
      marginRight: right,
      x: { type: x.scale.type, domain: [...x.scale.domain], reverse: x.reverse ?? false },
      y: { type: y.scale.type, domain: [...y.scale.domain], reverse: y.reverse ?? false },
      marks: [
        Plot.gridY(y.scale.ticks, { strokeOpacity: 0.12 }),
        ...rules.map((rule) => Plot.ruleX([rule.x], { strokeOpacity: 0.35 })),
        ...rules.map((rule) =>
          Plot.text([rule.label], { x: () => rule.x, frameAnchor: "top", dy: -12, text: () => rule.label }),
        ),
        axisBelow(x.scale, x.label),
        axisLeft(y.scale),
        ...lines.flatMap(({ seeds, colour }) =>
          seeds.map((points) => Plot.line(points, { ...channels, stroke: colour, strokeWidth: 1, strokeOpacity: 0.3 })),
        ),
        ...lines.map(({ median, colour, dash }) =>
          Plot.line(median, {
            ...channels,
            stroke: colour,
            strokeWidth: 2.25,
            ...(dash === "" ? {} : { strokeDasharray: dash }),
          }),
        ),
        ...lines.map(({ median, colour }) => Plot.dot(median, { ...channels, r: 2, fill: colour })),
        ...lines.map(({ colour }, i) =>
          Plot.text([texts[i] ?? ""], {
            frameAnchor: "top-right",
            text: (text: string) => text,
            textAnchor: "start",
            lineAnchor: "middle",
            dx: 8,
            dy: (spread[i] ?? TOP) - TOP,
            fill: colour,
            fontWeight: "600",
          }),
        ),
      ],
    },
    label,
  );
}

function pixelOf({ scale, reverse }: ProfileAxis, value: number): number {
  const on = (each: number) => (scale.type === "log" ? Math.log10(each) : each);
  const [low, high] = scale.domain.map(on) as [number, number];
  const share = (on(value) - low) / (high - low);
  return TOP + (reverse ? share : 1 - share) * (HEIGHT - BOTTOM - TOP);
}

function shorten(label: string): string {
  return label.length > LABEL_LENGTH ? `${label.slice(0, LABEL_LENGTH - 1)}…` : label;
}

import * as Plot from "@observablehq/plot";
import type { ArmView } from "../arms.ts";
import { axisBelow, axisLeft } from "./axes.ts";
import { type EdgeScale, edgeScale } from "./edge-scale.ts";
import { spreadLabels } from "./spread-labels.ts";
import { drawSvg } from "./svg.ts";

export interface CurveLine {
  readonly arm: ArmView;
  readonly seeds: readonly (readonly CurveValue[])[];
  readonly median: readonly CurveValue[];
}

export interface CurveValue {
  readonly epoch: number;
  readonly value: number;
}

export interface LearningCurveChart {
  readonly lines: readonly CurveLine[];
  /** Accuracies are drawn by their distance from 1, on which 99 % and 99.9 % lie as far apart as 90 % and 99 %. */
  readonly kind: "loss" | "accuracy";
  readonly label: string;
}

const WIDTH = 360;
const HEIGHT = 215;
const TOP = 14;
const BOTTOM = 38;
const LEFT = 50;
const LABEL_LENGTH = 14;
const LETTER = 6.4;
const LINE = 13;

/** A thin line a seed and the median of each arm, labelled where it ends. Logarithmic. */
export function learningCurve({ lines, kind, label }: LearningCurveChart): string {
  const height = kind === "loss" ? (value: number) => value : (value: number) => 1 - value;
  const drawn = lines.map((line) => ({
    ...line,
    text: shorten(line.arm.label),
    seeds: line.seeds.map((points) => points.map(({ epoch, value }) => ({ epoch, height: height(value) }))),
    median: line.median.map(({ epoch, value }) => ({ epoch, height: height(value) })),
  }));
  const all = drawn.flatMap(({ seeds }) => seeds.flat());
  const scale = edgeScale(all.map((point) => point.height));
  // Not spread into arguments: many seeds have more points than a call may have.
  const lastEpoch = all.reduce((last, { epoch }) => Math.max(last, epoch), 1);
  const right = 10 + LETTER * Math.max(2, ...drawn.map(({ text }) => text.length));
  const line = { x: "epoch", y: (point: { height: number }) => scale.place(point.height) } as const;
  const pixels = pixelScale(scale.domain, kind === "accuracy");
  const ends = drawn.flatMap(({ arm, text, median }) => {
    const end = median.at(-1);
    return end ? [{ arm, text, epoch: end.epoch, at: pixels(scale.place(end.height)) }] : [];
  });
  const spread = spreadLabels(
    ends.map(({ at }) => at),
    LINE,
    [TOP, HEIGHT - BOTTOM],
  );
  return drawSvg(
    {
      width: WIDTH,
      height: HEIGHT,
      marginTop: TOP,
      marginBottom: BOTTOM,
      marginLeft: LEFT,
      marginRight: right,
      x: { type: "linear", domain: [0, lastEpoch] },
      y: { type: "log", domain: [...scale.domain], reverse: kind === "accuracy" },
      marks: [
        Plot.gridY(scale.ticks, { strokeOpacity: 0.12 }),
        axisBelow({ ticks: wholeTicks(lastEpoch), tickFormat: String }, "epoch"),
        axisLeft({ ticks: scale.ticks, tickFormat: kind === "loss" ? scale.tickFormat : accuracyOf(scale) }),
        ...drawn.flatMap(({ arm, seeds }) =>
          seeds.map((points) =>
            Plot.line(points, { ...line, stroke: arm.colour, strokeWidth: 1, strokeOpacity: 0.35 }),
          ),
        ),
        ...drawn.map(({ arm, median }) =>
          Plot.line(median, {
            ...line,
            stroke: arm.colour,
            strokeWidth: 2.25,
            ...(arm.dash === "" ? {} : { strokeDasharray: arm.dash }),
          }),
        ),
        ...ends.map(({ arm, epoch, at }) =>
          Plot.dot([0], {
            x: () => epoch,
            y: () => invert(at, scale.domain, kind === "accuracy"),
            r: 3.5,
            symbol: arm.symbol,
            fill: arm.colour,
          }),
        ),
        ...ends.map(({ arm, text }, i) =>
          Plot.text([text], {
            frameAnchor: "top-right",
            text: () => text,
            textAnchor: "start",
            lineAnchor: "middle",
            dx: 8,
            dy: (spread[i] ?? TOP) - TOP,
            fill: arm.colour,
            fontWeight: "600",
          }),
        ),
      ],
    },
    label,
  );
}

/** From the value on the axis to the chart's pixels. */
function pixelScale(domain: readonly [number, number], reverse: boolean): (value: number) => number {
  const [low, high] = domain.map(Math.log10) as [number, number];
  return (value) => {
    const share = (Math.log10(value) - low) / (high - low);
    return TOP + (reverse ? share : 1 - share) * (HEIGHT - BOTTOM - TOP);
  };
}

function invert(pixel: number, domain: readonly [number, number], reverse: boolean): number {
  const [low, high] = domain.map(Math.log10) as [number, number];
  const share = (pixel - TOP) / (HEIGHT - BOTTOM - TOP);
  return 10 ** (low + (reverse ? share : 1 - share) * (high - low));
}

function wholeTicks(last: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((each) => last / each <= 6) ?? Math.ceil(last / 6);
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step);
}

/** Ticks of the distance from 1, as accuracies. */
function accuracyOf({ tickFormat }: EdgeScale): (tick: number) => string {
  return (tick) => `${Number((100 * (1 - (tickFormat(tick) === "0" ? 0 : tick))).toPrecision(6))} %`;
}

function shorten(label: string): string {
  return label.length > LABEL_LENGTH ? `${label.slice(0, LABEL_LENGTH - 1)}…` : label;
}

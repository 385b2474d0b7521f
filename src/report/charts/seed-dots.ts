import * as Plot from "@observablehq/plot";
import type { ArmView } from "../arms.ts";
import { axisScale } from "./scale.ts";
import { drawSvg } from "./svg.ts";

/** One sample. */
export interface SeedDot {
  readonly arm: ArmView;
  readonly seed: number;
  readonly value: number;
}

export interface SeedChart {
  readonly dots: readonly SeedDot[];
  /** A logarithmic axis leaves out what is not positive: say that beside the chart. */
  readonly logarithmic: boolean;
  readonly title: string;
  readonly label: string;
}

const WIDTH = 240;
const HEIGHT = 230;

/** The samples of each arm above its name; a line joins those of one seed. */
export function seedDots({ dots, logarithmic, title, label }: SeedChart): string {
  const visible = dots.filter(({ value }) => !logarithmic || value > 0).map((dot) => ({ ...dot, x: dot.arm.label }));
  const arms = [...new Map(dots.map(({ arm }) => [arm.name, arm])).values()];
  const scale = axisScale(
    visible.map(({ value }) => value),
    logarithmic ? "log" : "linear",
  );
  return drawSvg(
    {
      width: WIDTH,
      height: HEIGHT,
      marginLeft: 56,
      marginRight: 12,
      marginTop: 30,
      marginBottom: 30,
      x: { type: "point", domain: arms.map((arm) => arm.label), label: null, padding: 0.6 },
      y: {
        type: scale.type,
        domain: [...scale.domain],
        ticks: scale.ticks,
        ...(scale.tickFormat ? { tickFormat: scale.tickFormat } : {}),
        label: title,
        labelAnchor: "top",
        labelArrow: "none",
        grid: true,
      },
      marks: [
        Plot.line(visible, {
          x: "x",
          y: "value",
          z: "seed",
          stroke: "var(--quiet)",
          strokeWidth: 1,
          strokeOpacity: 0.7,
        }),
        ...arms.map((arm) =>
          Plot.dot(
            visible.filter((dot) => dot.arm.name === arm.name),
            { x: "x", y: "value", r: 4, symbol: arm.symbol, fill: arm.colour },
          ),
        ),
      ],
    },
    label,
  );
}

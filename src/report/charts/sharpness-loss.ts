import * as Plot from "@observablehq/plot";
import type { ArmView } from "../arms.ts";
import { axisScale } from "./scale.ts";
import { drawSvg } from "./svg.ts";

/** φ of one trial with the loss at its minimiser. */
export interface SharpnessPoint {
  readonly arm: ArmView;
  readonly loss: number;
  readonly sharpness: number;
}

const WIDTH = 480;
const HEIGHT = 300;

/** φ against the loss at the minimiser, both logarithmic: how much of a difference in φ goes with convergence. */
export function sharpnessAgainstLoss(points: readonly SharpnessPoint[], label: string): string {
  const visible = points.filter(({ loss, sharpness }) => loss > 0 && sharpness > 0);
  const arms = [...new Map(points.map(({ arm }) => [arm.name, arm])).values()];
  const x = axisScale(
    visible.map(({ loss }) => loss),
    "log",
  );
  const y = axisScale(
    visible.map(({ sharpness }) => sharpness),
    "log",
  );
  return drawSvg(
    {
      width: WIDTH,
      height: HEIGHT,
      marginLeft: 56,
      marginRight: 24,
      marginTop: 30,
      marginBottom: 44,
      x: {
        ...axis(x),
        label: "training loss at the minimiser",
        labelAnchor: "right",
        labelArrow: "none",
        labelOffset: 38,
      },
      y: { ...axis(y), label: "φ", labelAnchor: "top", labelArrow: "none", grid: true },
      marks: arms.flatMap((arm) => {
        const own = visible.filter((point) => point.arm.name === arm.name);
        const [first] = own.toSorted((a, b) => b.sharpness - a.sharpness);
        return [
          Plot.dot(own, { x: "loss", y: "sharpness", r: 4.5, symbol: arm.symbol, fill: arm.colour }),
          ...(first
            ? [
                Plot.text([first], {
                  x: "loss",
                  y: "sharpness",
                  text: () => arm.label,
                  dy: -12,
                  fill: arm.colour,
                  fontWeight: "bold",
                }),
              ]
            : []),
        ];
      }),
    },
    label,
  );
}

function axis({ type, domain, ticks, tickFormat }: ReturnType<typeof axisScale>): Plot.ScaleOptions {
  return { type, domain: [...domain], ticks, ...(tickFormat ? { tickFormat } : {}) };
}

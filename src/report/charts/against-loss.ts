import * as Plot from "@observablehq/plot";
import type { ArmView } from "../arms.ts";
import { formatValue } from "../words/quantities.ts";
import { armDots } from "./arm-dots.ts";
import { axisBelow, axisLeft } from "./axes.ts";
import { edgeScale } from "./edge-scale.ts";
import { pixelsOf } from "./pixels.ts";
import { readableTicks } from "./readable-ticks.ts";
import { drawSvg } from "./svg.ts";

export interface LossPoint {
  readonly arm: ArmView;
  /** Which panel it belongs to. */
  readonly panel: string;
  readonly seed: number;
  readonly loss: number;
  readonly value: number;
}

export interface AgainstLossChart {
  readonly panels: readonly string[];
  readonly points: readonly LossPoint[];
  /** Whether the panels carry their names. */
  readonly headings: boolean;
  readonly label: string;
}

const WIDTH = 360;
const PANEL = 128;
const TOP = 20;
const BOTTOM = 44;
const LEFT = 46;
const RIGHT = 14;
const INSET = 6;

/** Sharpness over the training loss, one dot a trial; log-log. All panels share both axes. */
export function againstLoss({ panels, points, headings, label }: AgainstLossChart): string {
  const x = edgeScale(points.map(({ loss }) => loss));
  const y = edgeScale(points.map(({ value }) => value));
  const arms = [...new Map(points.map(({ arm }) => [arm.name, arm])).values()];
  const placed = points.map(({ arm, panel, seed, loss, value }) => ({
    arm,
    panel,
    x: x.place(loss),
    y: y.place(value),
    atEdge: x.isAtEdge(loss) || y.isAtEdge(value),
    tip: `${arm.label}, seed ${seed}: ${formatValue(value)} at loss ${formatValue(loss)}`,
  }));
  return drawSvg(
    {
      width: WIDTH,
      height: TOP + panels.length * PANEL + BOTTOM,
      marginTop: TOP,
      marginBottom: BOTTOM,
      marginLeft: LEFT,
      marginRight: RIGHT,
      x: { type: "log", domain: [...x.domain], insetLeft: INSET },
      y: { type: "log", domain: [...y.domain], insetBottom: 4 },
      fy: { domain: [...panels], axis: null, paddingInner: 0.2, paddingOuter: 0 },
      marks: [
        Plot.gridX(x.ticks, { strokeOpacity: 0.12 }),
        Plot.gridY(y.ticks, { strokeOpacity: 0.12 }),
        axisBelow(
          readableTicks(x, pixelsOf(x, [LEFT + INSET, WIDTH - RIGHT])),
          "f(x), training loss in nats, logarithmic",
        ),
        axisLeft(y),
        ...(headings
          ? [
              Plot.text(
                panels.map((panel) => ({ panel })),
                {
                  fy: "panel",
                  frameAnchor: "top-left",
                  lineAnchor: "bottom",
                  textAnchor: "start",
                  text: "panel",
                  fontWeight: "600",
                  dy: -4,
                },
              ),
            ]
          : []),
        ...armDots(placed, arms, "panel"),
      ],
    },
    label,
  );
}

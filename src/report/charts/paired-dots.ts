import * as Plot from "@observablehq/plot";
import type { ArmView } from "../arms.ts";
import { formatValue } from "../words/quantities.ts";
import { armDots } from "./arm-dots.ts";
import { axisBelow } from "./axes.ts";
import type { EdgeScale } from "./edge-scale.ts";
import { pixelsOf } from "./pixels.ts";
import { readableTicks } from "./readable-ticks.ts";
import { drawSvg } from "./svg.ts";

/** Values of the arms at each seed. */
export interface PairedDotsChart {
  readonly panels: readonly PairedPanel[];
  readonly seeds: readonly number[];
  readonly scale: EdgeScale;
  /** Label of the axis; empty where the figure says enough. */
  readonly axis: string;
  /** In pixels. */
  readonly width: number;
  readonly label: string;
}

export interface PairedPanel {
  /** Heads the panel, where there are several. */
  readonly heading: string | null;
  readonly values: readonly PairedValue[];
}

export interface PairedValue {
  readonly arm: ArmView;
  readonly seed: number;
  readonly value: number;
}

const TOP = 16;
const BOTTOM = 24;
const AXIS_LABEL = 20;
const LEFT = 34;
const HEADING = 24;
const MANY_SEEDS = 12;
const RIGHT = 14;
const INSET_LEFT = 8;
const INSET_RIGHT = 6;
/** Width of a dot. */
const DOT = 8;
/** Of a row's height, for each of its dots. */
const SHARE = 3;

/** One row a seed: what is paired stands on one line. All panels share the axis. */
export function pairedDots({ panels, seeds, scale, axis, label, width }: PairedDotsChart): string {
  const bottom = BOTTOM + (axis === "" ? 0 : AXIS_LABEL);
  const most = Math.max(
    1,
    ...panels.flatMap(({ values }) => seeds.map((seed) => values.filter((value) => value.seed === seed).length)),
  );
  const row = Math.max(seeds.length > MANY_SEEDS ? 9 : 18, SHARE * most);
  const labelEvery = seeds.length > MANY_SEEDS ? 5 : 1;
  const rows: { seed: number; y: number; panel: PairedPanel; labelled: boolean }[] = [];
  const headings: { text: string; y: number }[] = [];
  let y = 0;
  for (const panel of panels) {
    if (panel.heading !== null) {
      headings.push({ text: panel.heading, y: y + HEADING / 2 });
      y += HEADING;
    }
    for (const [i, seed] of seeds.entries()) {
      rows.push({ seed, panel, y: y + row / 2, labelled: i % labelEvery === 0 });
      y += row;
    }
  }
  const along = pixelsOf(scale, [0, width - LEFT - RIGHT - INSET_LEFT - INSET_RIGHT]);
  const pixel = (value: number) => along(scale.place(value));
  const points = rows.flatMap(({ seed, panel, y }) => {
    const here = panel.values.filter((value) => value.seed === seed);
    return here.map((one) => {
      // Dots that would cover each other stand one above the other.
      const near = here.filter((other) => Math.abs(pixel(one.value) - pixel(other.value)) < DOT);
      const step = Math.min(row / 3, (row - SHARE) / Math.max(1, near.length - 1));
      return {
        arm: one.arm,
        row: y,
        y: y + (near.indexOf(one) - (near.length - 1) / 2) * step,
        x: scale.place(one.value),
        atEdge: scale.isAtEdge(one.value),
        tip: `${one.arm.label}, seed ${seed}: ${formatValue(one.value)}`,
      };
    });
  });
  const arms = [...new Map(points.map(({ arm }) => [arm.name, arm])).values()];
  const links = rows.flatMap(({ y }) => {
    const here = points.filter((point) => point.row === y).map(({ x }) => x);
    return here.length < 2 ? [] : [{ y, x1: Math.min(...here), x2: Math.max(...here) }];
  });
  return drawSvg(
    {
      width,
      height: TOP + y + bottom,
      marginTop: TOP,
      marginBottom: bottom,
      marginLeft: LEFT,
      marginRight: RIGHT,
      x: { type: scale.type, domain: [...scale.domain], insetLeft: INSET_LEFT, insetRight: INSET_RIGHT },
      y: { type: "linear", domain: [0, Math.max(1, y)], range: [TOP, TOP + y], axis: null },
      marks: [
        Plot.gridX(scale.ticks, { strokeOpacity: 0.12 }),
        axisBelow(readableTicks(scale, pixel), axis),
        Plot.text(["seed"], {
          frameAnchor: "top-left",
          textAnchor: "end",
          text: () => "seed",
          dx: -8,
          dy: -12,
          fillOpacity: 0.7,
        }),
        Plot.text(
          rows.filter(({ labelled }) => labelled),
          { y: "y", frameAnchor: "left", textAnchor: "end", text: ({ seed }) => String(seed), dx: -8 },
        ),
        Plot.text(headings, {
          y: "y",
          frameAnchor: "left",
          textAnchor: "start",
          text: "text",
          fontWeight: "600",
          stroke: "var(--page)",
          strokeWidth: 4,
          fill: "currentColor",
        }),
        Plot.link(links, { x1: "x1", x2: "x2", y1: "y", y2: "y", strokeOpacity: 0.35 }),
        ...armDots(points, arms),
      ],
    },
    label,
  );
}

import * as Plot from "@observablehq/plot";
import type { ArmView } from "../arms.ts";
import { axisBelow, axisLeft } from "./axes.ts";
import { edgeScale } from "./edge-scale.ts";
import { endLabels, endLabelWidth } from "./end-labels.ts";
import { pixelsOf } from "./pixels.ts";
import { drawSvg } from "./svg.ts";
import { symlogScale } from "./symlog-scale.ts";

/** The share of eigenvalues that lie at least as far from 0, on the same side. */
export interface TailPoint {
  readonly eigenvalue: number;
  readonly share: number;
}

export interface ArmTails {
  readonly arm: ArmView;
  /** From the smallest eigenvalue to 0. */
  readonly negative: readonly TailPoint[];
  /** From 0 to the largest. */
  readonly positive: readonly TailPoint[];
}

const WIDTH = 360;
const HEIGHT = 240;
const TOP = 14;
const BOTTOM = 42;
const LEFT = 46;

/** A line an arm: how many eigenvalues lie beyond a value, away from 0. */
export function spectrumTails({ arms, label }: { arms: readonly ArmTails[]; label: string }): string {
  const all = arms.flatMap(({ negative, positive }) => [...negative, ...positive]);
  const x = symlogScale(all.map(({ eigenvalue }) => eigenvalue));
  const y = edgeScale(all.map(({ share }) => share));
  const pixels = pixelsOf(y, [HEIGHT - BOTTOM, TOP]);
  const names = arms.flatMap(({ arm, positive, negative }) => {
    const end = positive.at(-1) ?? negative.at(-1);
    return end ? [{ text: arm.label, colour: arm.colour, at: pixels(y.place(end.share)) }] : [];
  });
  const line = (points: readonly TailPoint[], arm: ArmView, curve: "step-after" | "step-before") =>
    Plot.line(points, {
      x: "eigenvalue",
      y: ({ share }: TailPoint) => y.place(share),
      curve,
      stroke: arm.colour,
      strokeWidth: 2,
      ...(arm.dash === "" ? {} : { strokeDasharray: arm.dash }),
    });
  return drawSvg(
    {
      width: WIDTH,
      height: HEIGHT,
      marginTop: TOP,
      marginBottom: BOTTOM,
      marginLeft: LEFT,
      marginRight: endLabelWidth(names),
      x: { type: "symlog", constant: x.constant, domain: [...x.domain] },
      y: { type: "log", domain: [...y.domain] },
      marks: [
        Plot.gridX(x.ticks, { strokeOpacity: 0.12 }),
        Plot.gridY(y.ticks, { strokeOpacity: 0.12 }),
        Plot.ruleX([0], { strokeOpacity: 0.4 }),
        axisBelow(x, "λ, logarithmic on both sides of 0"),
        axisLeft(y),
        ...arms.flatMap(({ arm, negative, positive }) => [
          line(negative, arm, "step-after"),
          line(positive, arm, "step-before"),
        ]),
        ...endLabels(names, [TOP, HEIGHT - BOTTOM]),
      ],
    },
    label,
  );
}

import * as Plot from "@observablehq/plot";
import type { ArmView } from "../arms.ts";
import { drawSvg } from "./svg.ts";

const SIZE = 16;

/** The dot of an arm, for the line that says which is which. */
export function armKey({ label, symbol, colour }: ArmView): string {
  const middle = SIZE / 2;
  return drawSvg(
    {
      width: SIZE,
      height: SIZE,
      margin: 0,
      x: { type: "linear", domain: [0, SIZE], range: [0, SIZE], axis: null },
      y: { type: "linear", domain: [0, SIZE], range: [0, SIZE], axis: null },
      marks: [Plot.dot([0], { x: () => middle, y: () => middle, r: 5, symbol, fill: colour })],
    },
    `The dots of ${label}`,
  );
}

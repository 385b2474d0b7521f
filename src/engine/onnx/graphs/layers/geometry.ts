import type { Window } from "../../../../networks/shapes.ts";
import type { Margins } from "./pad-image.ts";

/** Windows over rows and over columns of an image, with what they share. */
export interface WindowGeometry {
  readonly kernel: number;
  readonly stride: number;
  readonly rows: Window;
  readonly columns: Window;
}

export function marginsOf({ rows, columns }: WindowGeometry): Margins {
  return { top: rows.before, left: columns.before, bottom: rows.after, right: columns.after };
}

/** Of the stride-1 convolution that gives the gradient by the input of a stride-1 convolution. */
export function turnedGeometry(
  { kernel, rows, columns }: WindowGeometry,
  [, , height = 1, width = 1]: readonly number[],
): WindowGeometry {
  const turned = ({ before, after }: Window, outputs: number): Window => ({
    before: kernel - 1 - before,
    after: kernel - 1 - after,
    outputs,
  });
  return { kernel, stride: 1, rows: turned(rows, height), columns: turned(columns, width) };
}

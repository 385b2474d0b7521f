import * as Plot from "@observablehq/plot";
import { spreadLabels } from "./spread-labels.ts";

/** The name of a line, to be written where it ends at the right. */
export interface EndLabel {
  readonly text: string;
  readonly colour: string;
  /** Pixels from the chart's upper edge. */
  readonly at: number;
}

const LETTER = 6.4;
const LINE = 13;
const LONGEST = 14;

/** Room that the names take at the right of the frame. */
export function endLabelWidth(labels: readonly { readonly text: string }[]): number {
  return 12 + LETTER * Math.max(2, ...labels.map(({ text }) => Math.min(LONGEST, text.length)));
}

/** Names beside the frame, moved apart where lines end close together. @param frame its upper and lower edge, in pixels. */
export function endLabels(labels: readonly EndLabel[], frame: readonly [number, number]): Plot.Markish[] {
  const [top] = frame;
  const placed = spreadLabels(
    labels.map(({ at }) => at),
    LINE,
    frame,
  );
  return labels.map(({ text, colour }, i) =>
    Plot.text([text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text], {
      frameAnchor: "top-right",
      text: (words: string) => words,
      textAnchor: "start",
      lineAnchor: "middle",
      dx: 8,
      dy: (placed[i] ?? top) - top,
      fill: colour,
      fontWeight: "600",
    }),
  );
}

import { slidingWindow } from "../../networks/shapes.ts";
import { LOWEST } from "./operators.ts";
import type { Tensor, Tf } from "./tf.ts";

/** Images padded at the start and, at the end, padded or cut to where the last window ends. */
export function coveredByWindows(tf: Tf, x: Tensor, size: number, stride: number, padding: "same" | "valid"): Tensor {
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  const spans = [height, width].map((length) => {
    const { before, outputs } = slidingWindow(length, size, stride, padding);
    const covered = (outputs - 1) * stride + size;
    return { covered, before, after: Math.max(covered - before - length, 0) };
  }) as [Span, Span];
  const [rows, columns] = spans;
  const padded = spans.some(({ before, after }) => before + after > 0)
    ? tf.pad(
        x,
        [
          [0, 0],
          [rows.before, rows.after],
          [columns.before, columns.after],
          [0, 0],
        ],
        LOWEST,
      )
    : x;
  return tf.slice(padded, [0, 0, 0, 0], [batch, rows.covered, columns.covered, channels]);
}

interface Span {
  readonly covered: number;
  readonly before: number;
  readonly after: number;
}

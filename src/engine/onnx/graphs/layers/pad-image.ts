import type { Graph, Value } from "../graph.ts";

/** Rows above and below, columns left and right; negative ones are cut off. */
export interface Margins {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** x [batch, channels, height, width] with margins of one value. */
export function padImage(graph: Graph, x: Value, { top, left, bottom, right }: Margins, value: number): Value {
  if (top === 0 && left === 0 && bottom === 0 && right === 0) return x;
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  const pads = graph.constant("int64", [8], [0, 0, top, left, 0, 0, bottom, right]);
  return graph.node(
    "Pad",
    [x, pads, graph.scalar(value)],
    [batch, channels, height + top + bottom, width + left + right],
  );
}

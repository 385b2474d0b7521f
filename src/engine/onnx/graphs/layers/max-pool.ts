import { elementCount } from "../../../../spec/element-count.ts";
import type { Graph, Value } from "../graph.ts";
import { reshape, zeros } from "../operators.ts";
import type { WindowGeometry } from "./geometry.ts";
import type { LoweredLayer } from "./lowered-layer.ts";
import { maxPoolByComparison } from "./max-pool-by-comparison.ts";
import type { Maxima } from "./maxima.ts";

/** Two-dimensional maximum pooling of x [batch, channels, height, width]. */
export function lowerMaxPool(graph: Graph, x: Value, geometry: WindowGeometry): LoweredLayer {
  const maxima = maxPool(graph, x, geometry);
  const backward: LoweredLayer["backward"] = (gradient, needInput) =>
    needInput ? { input: maxima.inputGradient(gradient), parameters: [] } : { parameters: [] };
  return { output: maxima.output, backward, piece: (other) => ({ output: maxima.take(other), backward }) };
}

export function maxPool(graph: Graph, x: Value, geometry: WindowGeometry): Maxima {
  return graph.portable ? maxPoolByComparison(graph, x, geometry) : maxPoolByPositions(graph, x, geometry);
}

/** The maxima alone, where their positions are not wanted. */
export function pooled(graph: Graph, x: Value, { kernel, stride, rows, columns }: WindowGeometry): Value {
  const [batch = 1, channels = 1] = x.shape;
  return graph.node("MaxPool", [x], [batch, channels, rows.outputs, columns.outputs], {
    attributes: {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [rows.before, columns.before, rows.after, columns.after],
    },
  });
}

/** With the operator's second output, the positions of the maxima; not every device has it. */
function maxPoolByPositions(graph: Graph, x: Value, { kernel, stride, rows, columns }: WindowGeometry): Maxima {
  const [batch = 1, channels = 1] = x.shape;
  const shape = [batch, channels, rows.outputs, columns.outputs];
  const [output, positions] = graph.nodes(
    "MaxPool",
    [x],
    [
      { type: "float32", shape },
      { type: "int64", shape },
    ],
    {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [rows.before, columns.before, rows.after, columns.after],
    },
  ) as [Value, Value];
  return {
    output,
    inputGradient(gradient, base = zeros(graph, x.shape)) {
      const sum = graph.node(
        "ScatterElements",
        [reshape(graph, base, [-1]), reshape(graph, positions, [-1]), reshape(graph, gradient, [-1])],
        [elementCount(x.shape)],
        { attributes: { axis: 0, reduction: "add" } },
      );
      return reshape(graph, sum, x.shape);
    },
    take(other) {
      const flat = [reshape(graph, other, [-1]), reshape(graph, positions, [-1])];
      return reshape(
        graph,
        graph.node("GatherElements", flat, [elementCount(shape)], { attributes: { axis: 0 } }),
        shape,
      );
    },
  };
}

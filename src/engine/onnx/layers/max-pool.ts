import { elementCount } from "../../../spec/element-count.ts";
import type { Graph, Value } from "../graph.ts";
import { reshape } from "../operators.ts";
import type { ConvGeometry } from "./conv.ts";
import type { LoweredLayer } from "./lowered-layer.ts";

/**
 * Two-dimensional maximum pooling of x [batch, channels, height, width]. The gradient goes to each window's first
 * maximum, as in PyTorch; where windows overlap it adds up.
 */
export function lowerMaxPool(graph: Graph, x: Value, geometry: ConvGeometry): LoweredLayer {
  const { output, positions } = maxPool(graph, x, geometry);
  return {
    output,
    backward(gradient, needInput) {
      if (!needInput) return { parameters: [] };
      const zeros = graph.node("ConstantOfShape", [graph.constant("int64", [x.shape.length], x.shape)], x.shape, {
        type: "float32",
      });
      return { input: addAtPositions(graph, zeros, positions, gradient), parameters: [] };
    },
  };
}

export interface Maxima {
  /** [batch, channels, rows, columns] */
  readonly output: Value;
  /** Of each window's first maximum in the flat input, int64, of `output`'s shape. */
  readonly positions: Value;
}

export function maxPool(graph: Graph, x: Value, { kernel, stride, rows, columns }: ConvGeometry): Maxima {
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
  return { output, positions };
}

/** `base` with `gradient` added where the maxima were; positions in several windows get several. */
export function addAtPositions(graph: Graph, base: Value, positions: Value, gradient: Value): Value {
  const sum = graph.node(
    "ScatterElements",
    [reshape(graph, base, [-1]), reshape(graph, positions, [-1]), reshape(graph, gradient, [-1])],
    [elementCount(base.shape)],
    { attributes: { axis: 0, reduction: "add" } },
  );
  return reshape(graph, sum, base.shape);
}

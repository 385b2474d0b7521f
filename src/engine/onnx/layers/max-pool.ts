import { elementCount } from "../../../spec/element-count.ts";
import type { Graph, Value } from "../graph.ts";
import { reshape } from "../operators.ts";
import type { ConvGeometry } from "./conv.ts";
import type { LoweredLayer } from "./lowered-layer.ts";

/**
 * Two-dimensional maximum pooling of x [batch, channels, height, width]. The gradient goes to each window's first
 * maximum, as in PyTorch; where windows overlap it adds up.
 */
export function lowerMaxPool(graph: Graph, x: Value, { kernel, stride, rows, columns }: ConvGeometry): LoweredLayer {
  const [batch = 1, channels = 1] = x.shape;
  const shape = [batch, channels, rows.outputs, columns.outputs];
  const size = elementCount(shape);
  const inputSize = elementCount(x.shape);
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
    backward(gradient, needInput) {
      if (!needInput) return { parameters: [] };
      const zeros = graph.node("ConstantOfShape", [graph.constant("int64", [1], [inputSize])], [inputSize], {
        type: "float32",
      });
      const flat = graph.node(
        "ScatterElements",
        [zeros, reshape(graph, positions, [size]), reshape(graph, gradient, [size])],
        [inputSize],
        { attributes: { axis: 0, reduction: "add" } },
      );
      return { input: reshape(graph, flat, x.shape), parameters: [] };
    },
  };
}

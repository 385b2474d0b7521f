import type { Graph, Value } from "../graph.ts";
import { multiply, relu } from "../operators.ts";
import type { LoweredLayer } from "./lowered-layer.ts";

/** max(0, x); the gradient at 0 is 0. */
export function lowerRelu(graph: Graph, x: Value): LoweredLayer {
  const output = relu(graph, x);
  return {
    output,
    backward(gradient) {
      // 1 where the output is positive, else 0; faster than the Sign operator.
      const large = multiply(graph, output, graph.scalar(1e38));
      const mask = graph.node("Clip", [large, graph.scalar(0), graph.scalar(1)], output.shape);
      return { input: multiply(graph, gradient, mask), parameters: [] };
    },
    piece: (other) => lowerFixedRelu(graph, other, positive(graph, x)),
  };
}

/** Passes the units where the mask, a bool of x's shape, is true. */
function lowerFixedRelu(graph: Graph, x: Value, mask: Value): LoweredLayer {
  const zero = graph.constant("float32", [1], [0]);
  const pass = (value: Value) => graph.node("Where", [mask, value, zero], value.shape, { type: "float32" });
  return { output: pass(x), backward: (gradient) => ({ input: pass(gradient), parameters: [] }) };
}

function positive(graph: Graph, x: Value): Value {
  return graph.node("Greater", [x, graph.constant("float32", [1], [0])], x.shape, { type: "bool" });
}

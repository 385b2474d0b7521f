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
  };
}

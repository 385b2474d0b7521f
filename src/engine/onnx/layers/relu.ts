import type { Graph, Value } from "../graph.ts";
import { multiply, relu, sign } from "../operators.ts";
import type { LoweredLayer } from "./lowered-layer.ts";

/** max(0, x); its derivative at 0 is taken as 0, as PyTorch and TensorFlow do. */
export function lowerRelu(graph: Graph, x: Value): LoweredLayer {
  const output = relu(graph, x);
  return {
    output,
    backward: (gradient) => ({ input: multiply(graph, gradient, sign(graph, output)), parameters: [] }),
  };
}

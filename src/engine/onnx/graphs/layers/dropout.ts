import type { Graph, Value } from "../graph.ts";
import { multiply } from "../operators.ts";
import type { LoweredLayer } from "./lowered-layer.ts";

/**
 * Inverted dropout while training, the identity at evaluation.
 *
 * @param mask 0 where a unit is dropped, 1 / (1 − rate) elsewhere, of x's shape; undefined at evaluation. Masks come
 * from outside: the runtime's own random operators cannot be resumed or repeated.
 */
export function lowerDropout(graph: Graph, x: Value, mask: Value | undefined): LoweredLayer {
  if (!mask) return { output: x, backward: (gradient) => ({ input: gradient, parameters: [] }) };
  return {
    output: multiply(graph, x, mask),
    backward: (gradient) => ({ input: multiply(graph, gradient, mask), parameters: [] }),
  };
}

import type { Graph, Value } from "../graph.ts";
import { gemm, reshape, sumRows } from "../operators.ts";
import type { BiasRole, LoweredLayer } from "./lowered-layer.ts";

/**
 * y = x Wᵀ + b.
 *
 * @param x [batch, in]
 * @param weight [out, in]
 * @param bias [out]
 */
export function lowerDense(graph: Graph, x: Value, weight: Value, bias: Value, role: BiasRole): LoweredLayer {
  return {
    output: gemm(graph, x, weight, { transposeB: true, plus: role === "omitted" ? undefined : bias }),
    backward(gradient, needInput) {
      const byWeight = gemm(graph, gradient, x, { transposeA: true });
      const byBias =
        role === "trained"
          ? reshape(graph, sumRows(graph, gradient), bias.shape)
          : graph.constant("float32", bias.shape, new Float32Array(bias.shape[0] ?? 0));
      const parameters = [byWeight, byBias];
      return needInput ? { input: gemm(graph, gradient, weight), parameters } : { parameters };
    },
  };
}

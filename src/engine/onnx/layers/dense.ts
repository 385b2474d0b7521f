import type { Graph, Value } from "../graph.ts";
import { gemm, reshape, sumRows } from "../operators.ts";
import type { LoweredLayer } from "./lowered-layer.ts";

/**
 * y = x Wᵀ + b.
 *
 * @param x [batch, in]
 * @param weight [out, in]
 * @param bias [out]
 * @param biasCancels true before a batch norm that uses batch statistics: subtracting the mean removes the bias, so it
 * is not added, and its gradient is exactly zero (floating point would give noise, which Adam would scale up to full steps).
 */
export function lowerDense(graph: Graph, x: Value, weight: Value, bias: Value, biasCancels: boolean): LoweredLayer {
  return {
    output: gemm(graph, x, weight, { transposeB: true, plus: biasCancels ? undefined : bias }),
    backward(gradient, needInput) {
      const byWeight = gemm(graph, gradient, x, { transposeA: true });
      const byBias = biasCancels
        ? graph.constant("float32", bias.shape, new Float32Array(bias.shape[0] ?? 0))
        : reshape(graph, sumRows(graph, gradient), bias.shape);
      const parameters = [byWeight, byBias];
      return needInput ? { input: gemm(graph, gradient, weight), parameters } : { parameters };
    },
  };
}

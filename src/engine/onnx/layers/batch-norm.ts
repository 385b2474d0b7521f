import type { Graph, Value } from "../graph.ts";
import { add, divide, multiply, reciprocal, reshape, squareRoot, subtract, sumRows } from "../operators.ts";
import type { LoweredLayer } from "./lowered-layer.ts";

/**
 * Batch normalisation of x [batch, features] with the statistics of the batch (biased variance), from elementary
 * operators: on matrices they are faster than the BatchNormalization operator, and every device has them.
 *
 * With c = x − mean and s = 1/√(variance + ε): y = γ s c + β. Sums in the backward pass use the centred c, since
 * Σ dy·x − mean·Σ dy cancels badly when the mean is large.
 *
 * @param scale γ [features]
 * @param shift β [features]
 */
export function lowerBatchNorm(graph: Graph, x: Value, scale: Value, shift: Value, epsilon: number): LoweredLayer {
  const batch = x.shape[0] ?? 1;
  const row = [1, x.shape[1] ?? 1];
  const centred = subtract(graph, x, sumRows(graph, x, 1 / batch));
  const variance = sumRows(graph, multiply(graph, centred, centred), 1 / batch);
  const inverseDeviation = reciprocal(graph, squareRoot(graph, add(graph, variance, graph.scalar(epsilon))));
  const factor = multiply(graph, reshape(graph, scale, row), inverseDeviation);
  return {
    output: add(graph, multiply(graph, centred, factor), reshape(graph, shift, row)),
    backward(gradient, needInput) {
      const sum = sumRows(graph, gradient);
      const correlation = multiply(graph, sumRows(graph, multiply(graph, gradient, centred)), inverseDeviation);
      const parameters = [reshape(graph, correlation, scale.shape), reshape(graph, sum, shift.shape)];
      if (!needInput) return { parameters };
      // dx = γ s (dy − Σdy/B − c s² Σ(dy·c)/B), as dy·p + (c·q + r) with rows p, q, r.
      const perSample = divide(graph, factor, graph.scalar(-batch));
      const q = multiply(graph, perSample, multiply(graph, correlation, inverseDeviation));
      const r = multiply(graph, perSample, sum);
      const correction = add(graph, multiply(graph, centred, q), r);
      return { input: add(graph, multiply(graph, gradient, factor), correction), parameters };
    },
  };
}

import type { Graph, Value } from "../graph.ts";
import { add, divide, multiply, reciprocal, reshape, squareRoot, subtract, sumPerChannel } from "../operators.ts";
import type { BatchStatistics, LoweredLayer } from "./lowered-layer.ts";

/**
 * Batch normalisation of x [batch, features] or [batch, channels, height, width] with the statistics of the batch
 * (biased variance), from elementary operators: on matrices they are faster than the BatchNormalization operator, and
 * every device has them.
 *
 * With c = x − mean and s = 1/√(variance + ε): y = γ s c + β. Sums in the backward pass use the centred c, since
 * Σ dy·x − mean·Σ dy cancels badly when the mean is large.
 *
 * @param scale γ [features]
 * @param shift β [features]
 */
export function lowerBatchNorm(graph: Graph, x: Value, scale: Value, shift: Value, epsilon: number): LoweredLayer {
  const [batch = 1, channels = 1, ...image] = x.shape;
  const count = image.reduce((product, length) => product * length, batch);
  const row = [1, channels, ...image.map(() => 1)];
  const mean = sumPerChannel(graph, x, 1 / count);
  const centred = subtract(graph, x, mean);
  const variance = sumPerChannel(graph, multiply(graph, centred, centred), 1 / count);
  const inverseDeviation = reciprocal(graph, squareRoot(graph, add(graph, variance, graph.scalar(epsilon))));
  const factor = multiply(graph, reshape(graph, scale, row), inverseDeviation);
  return {
    output: add(graph, multiply(graph, centred, factor), reshape(graph, shift, row)),
    statistics: { mean: reshape(graph, mean, [channels]), variance: reshape(graph, variance, [channels]) },
    backward(gradient, needInput) {
      const sum = sumPerChannel(graph, gradient);
      const correlation = multiply(graph, sumPerChannel(graph, multiply(graph, gradient, centred)), inverseDeviation);
      const parameters = [reshape(graph, correlation, scale.shape), reshape(graph, sum, shift.shape)];
      if (!needInput) return { parameters };
      // dx = γ s (dy − Σdy/N − c s² Σ(dy·c)/N), as dy·p + (c·q + r) with one p, q, r a channel.
      const perSample = divide(graph, factor, graph.scalar(-count));
      const q = multiply(graph, perSample, multiply(graph, correlation, inverseDeviation));
      const r = multiply(graph, perSample, sum);
      const correction = add(graph, multiply(graph, centred, q), r);
      return { input: add(graph, multiply(graph, gradient, factor), correction), parameters };
    },
  };
}

/** Batch normalisation of x with given statistics, which are constants of the function. */
export function lowerFixedBatchNorm(
  graph: Graph,
  x: Value,
  scale: Value,
  shift: Value,
  { mean, variance }: BatchStatistics,
  epsilon: number,
): LoweredLayer {
  const [, channels = 1, ...image] = x.shape;
  const row = [1, channels, ...image.map(() => 1)];
  const inverseDeviation = reshape(
    graph,
    reciprocal(graph, squareRoot(graph, add(graph, variance, graph.scalar(epsilon)))),
    row,
  );
  const centred = subtract(graph, x, reshape(graph, mean, row));
  const factor = multiply(graph, reshape(graph, scale, row), inverseDeviation);
  return {
    output: add(graph, multiply(graph, centred, factor), reshape(graph, shift, row)),
    backward(gradient, needInput) {
      const correlation = multiply(graph, sumPerChannel(graph, multiply(graph, gradient, centred)), inverseDeviation);
      const parameters = [
        reshape(graph, correlation, scale.shape),
        reshape(graph, sumPerChannel(graph, gradient), shift.shape),
      ];
      return needInput ? { input: multiply(graph, gradient, factor), parameters } : { parameters };
    },
  };
}

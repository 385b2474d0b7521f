import type { Tensor, Tf } from "./tf.ts";

/** Mean and variance of each feature or channel, [features]. */
export interface Statistics {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** Operators that one backend has in a faster form than another; channels come last in all of them. */
export interface Operators {
  /** max(0, x); its derivative at 0 is 0. */
  relu(x: Tensor): Tensor;
  /** Maximum of sliding windows over x [batch, height, width, channels]; the gradient goes to each one's first maximum. */
  maxPool(x: Tensor, size: number, stride: number, padding: "same" | "valid"): Tensor;
  /**
   * Batch normalisation of x [batch, …, features] with the statistics of the batch (biased variance).
   *
   * @param scale γ [features]
   * @param shift β [features]
   * @param report takes the batch's mean and unbiased variance, which are then its own to dispose of.
   */
  batchNorm(
    x: Tensor,
    scale: Tensor,
    shift: Tensor,
    epsilon: number,
    report: ((statistics: Statistics) => void) | undefined,
  ): Tensor;
}

/** Lowest float32: what no maximum is below. */
export const LOWEST = -3.4028234663852886e38;

/** The operators from tfjs's own, for every backend. */
export function composedOperators(tf: Tf): Operators {
  return {
    relu: (x) => tf.relu(x),
    maxPool: (x, size, stride, padding) => tf.maxPool(x, size, stride, padding),
    batchNorm: (x, scale, shift, epsilon, report) => composedBatchNorm(tf, x, scale, shift, epsilon, report),
  };
}

/**
 * With c = x − mean and s = 1/√(variance + ε): y = γ s c + β. Sums in the backward pass use the centred c, since
 * Σ dy·x − mean·Σ dy cancels badly when the mean is large.
 */
function composedBatchNorm(
  tf: Tf,
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  epsilon: number,
  report: ((statistics: Statistics) => void) | undefined,
): Tensor {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const count = x.shape.slice(0, -1).reduce((product, length) => product * length, 1);
  const normalise = tf.customGrad<[Tensor, Tensor, Tensor]>((input, gamma, beta, save) => {
    const mean = tf.mean(input, axes);
    const centred = tf.sub(input, mean);
    const variance = tf.mean(tf.mul(centred, centred), axes);
    const inverseDeviation = tf.rsqrt(tf.add(variance, epsilon));
    save([centred, inverseDeviation, gamma]);
    report?.({ mean: tf.keep(mean), variance: tf.keep(tf.mul(variance, count / Math.max(count - 1, 1))) });
    return {
      value: tf.add(tf.mul(centred, tf.mul(gamma, inverseDeviation)), beta),
      gradFunc: (gradient, saved) =>
        tf.tidy(() => {
          const [c, s, g] = saved as [Tensor, Tensor, Tensor];
          const sum = tf.sum(gradient, axes);
          const correlation = tf.mul(tf.sum(tf.mul(gradient, c), axes), s);
          // dx = γ s (dy − Σdy/N − c s² Σ(dy·c)/N)
          const perSample = tf.add(tf.mul(c, tf.mul(tf.mul(s, correlation), 1 / count)), tf.mul(sum, 1 / count));
          return [tf.mul(tf.sub(gradient, perSample), tf.mul(g, s)), correlation, sum];
        }),
    };
  });
  return normalise(x, scale, shift);
}

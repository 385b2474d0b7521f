import { type ParameterLayout, RUNNING_MOMENTUM } from "../../networks/layout.ts";
import type { Statistics } from "./operators.ts";
import type { Tensor, Tf } from "./tf.ts";

/** Takes the vector of running statistics apart, by layer. @param running [runningCount] */
export function unpackRunning(tf: Tf, layout: ParameterLayout, running: Tensor): Map<number, Statistics> {
  const parts = tf.split(
    running,
    layout.running.flatMap(({ features }) => [features, features]),
  );
  return new Map(
    layout.running.map(({ layer }, i) => [
      layer,
      { mean: parts[2 * i] as Tensor, variance: parts[2 * i + 1] as Tensor },
    ]),
  );
}

/**
 * The running statistics after a batch: r ← (1 − m) r + m b, as PyTorch keeps them.
 *
 * @param statistics of the batch, by layer; variances unbiased.
 */
export function updateRunning(
  tf: Tf,
  layout: ParameterLayout,
  running: Tensor,
  statistics: ReadonlyMap<number, Statistics>,
): Tensor {
  const newest = layout.running.flatMap(({ layer }) => {
    const { mean, variance } = statistics.get(layer) as Statistics;
    return [mean, variance];
  });
  return tf.add(tf.mul(running, 1 - RUNNING_MOMENTUM), tf.mul(tf.concat(newest), RUNNING_MOMENTUM));
}

import type { TrainingObjective } from "../../spec/suite.types.ts";
import type { Pass } from "./forward.ts";
import type { Batch, NetworkFunction } from "./network-function.ts";
import type { Tensor, Tf } from "./tf.ts";

interface LossesAndGradient {
  /** [batch]. */
  readonly losses: Tensor;
  /** Of the losses' sum times a weight, [n]. */
  readonly gradient: Tensor;
}

/** What a pass that is given other samples keeps of the batch's: running statistics are the batch's alone. */
function again({ masks }: Pass): Pass {
  return masks ? { masks } : {};
}

/**
 * Adversarial training's losses and gradient, without clipping to the data's range; to be called in a tidy.
 *
 * @see Goodfellow et al. 2015, section 6
 */
export function adversarial(
  tf: Tf,
  network: NetworkFunction,
  { epsilon, weight: share = 0.5 }: Extract<TrainingObjective, { adversarial: unknown }>["adversarial"],
  theta: Tensor,
  batch: Batch,
  weight: number,
  pass: Pass,
): LossesAndGradient {
  const clean = network.lossesAndBothGradients(theta, batch, weight, pass);
  const x = tf.add(batch.x, tf.mul(tf.sign(clean.bySamples), epsilon));
  const moved = network.lossesAndGradient(theta, { ...batch, x }, weight, again(pass));
  return weighted(tf, clean, share, moved, 1 - share);
}

/**
 * Stability training's losses and gradient; to be called in a tidy.
 *
 * @param noise of N(0, 1), of x's shape.
 * @see Zheng et al. 2016, eq. 4 and 9
 */
export function stability(
  tf: Tf,
  network: NetworkFunction,
  { noise: size, weight: share }: Extract<TrainingObjective, { stability: unknown }>["stability"],
  theta: Tensor,
  batch: Batch,
  weight: number,
  pass: Pass,
  noise: Tensor,
): LossesAndGradient {
  const expected = tf.exp(tf.logSoftmax(network.logits(theta, batch.x, again(pass))));
  const clean = network.lossesAndGradient(theta, batch, weight, pass);
  const moved = { x: tf.add(batch.x, tf.mul(noise, size)), expected };
  return weighted(tf, clean, 1, network.lossesAndGradient(theta, moved, weight, again(pass)), share);
}

function weighted(tf: Tf, a: LossesAndGradient, weightA: number, b: LossesAndGradient, weightB: number) {
  const sum = (left: Tensor, right: Tensor) => tf.add(tf.mul(left, weightA), tf.mul(right, weightB));
  return { losses: sum(a.losses, b.losses), gradient: sum(a.gradient, b.gradient) };
}

import type { UpdateConstants } from "../update-constants.ts";
import type { Tensor, Tf } from "./tf.ts";

/**
 * One update of θ by an optimiser's rule; to be called in a tidy.
 *
 * @param theta [n]
 * @param gradient [n]
 * @param state the rule's vectors, each [n].
 * @param schedule the update's numbers, the learning rate first.
 * @returns the new θ, then the new state.
 */
export function applyUpdate(
  tf: Tf,
  constants: UpdateConstants,
  theta: Tensor,
  gradient: Tensor,
  state: readonly Tensor[],
  schedule: readonly number[],
): Tensor[] {
  const { weightDecay, clipNorm } = constants;
  const clipped = clipNorm === undefined ? gradient : clip(tf, gradient, clipNorm);
  const g = weightDecay === 0 ? clipped : tf.add(clipped, tf.mul(theta, weightDecay));
  const [rate = 0, floor = 0] = schedule;
  const move = (direction: Tensor) => tf.sub(theta, tf.mul(direction, rate));
  switch (constants.rule) {
    case "adam": {
      const [oldFirst, oldSecond] = state as [Tensor, Tensor];
      const first = tf.add(tf.mul(oldFirst, constants.beta1), g);
      const second = tf.add(tf.mul(oldSecond, constants.beta2), tf.mul(g, g));
      return [move(tf.div(first, tf.add(tf.sqrt(second), floor))), first, second];
    }
    case "sgd": {
      const [old] = state;
      const velocity = old ? tf.add(tf.mul(old, constants.momentum), g) : g;
      return old ? [move(velocity), velocity] : [move(velocity)];
    }
    case "adagrad": {
      const sum = tf.add(state[0] as Tensor, tf.mul(g, g));
      return [move(tf.div(g, tf.add(tf.sqrt(sum), constants.epsilon))), sum];
    }
  }
}

/** Scaled by min(1, limit / (norm + 1e-6)), as PyTorch's clip_grad_norm_. */
function clip(tf: Tf, gradient: Tensor, limit: number): Tensor {
  const norm = tf.sqrt(tf.sum(tf.mul(gradient, gradient)));
  return tf.mul(gradient, tf.minimum(tf.scalar(1), tf.div(tf.scalar(limit), tf.add(norm, 1e-6))));
}

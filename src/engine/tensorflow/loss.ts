import type { Tensor, Tf } from "./tf.ts";

/**
 * Softmax cross-entropy of each sample in nats, [batch].
 *
 * @param logits [batch, classes]
 * @param expected the labels as rows of 0 and 1, [batch, classes]
 */
export function crossEntropy(tf: Tf, logits: Tensor, expected: Tensor): Tensor {
  const losses = tf.customGrad<[Tensor]>((input, save) => {
    const logProbabilities = tf.logSoftmax(input);
    save([logProbabilities]);
    return {
      value: tf.neg(tf.sum(tf.mul(logProbabilities, expected), [1])),
      gradFunc: (gradient, [saved]) =>
        tf.tidy(() => [
          tf.mul(tf.sub(tf.exp(saved as Tensor), expected), tf.reshape(gradient, [gradient.shape[0] ?? 1, 1])),
        ]),
    };
  });
  return losses(logits);
}

import { coveredByWindows } from "./covered-by-windows.ts";
import { composedOperators, type Operators } from "./operators.ts";
import type { Tf } from "./tf.ts";

/** tfjs's own operators, but for max-pool: on WebGPU its gradient goes to each window's last maximum. */
export function webgpuOperators(tf: Tf): Operators {
  return {
    ...composedOperators(tf),
    maxPool(x, size, stride, padding) {
      // Turned round, the last maximum is the first; for that the windows have to cover the images exactly.
      const turned = tf.reverse(coveredByWindows(tf, x, size, stride, padding), [1, 2]);
      return tf.reverse(tf.maxPool(turned, size, stride, "valid"), [1, 2]);
    },
  };
}

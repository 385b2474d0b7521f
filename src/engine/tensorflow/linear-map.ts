import type { LinearMap } from "../engine.ts";
import type { Tensor, Tf } from "./tf.ts";

/** A matrix on the device. */
export function tensorflowLinearMap(tf: Tf, matrix: Float32Array, rows: number, columns: number): LinearMap {
  const fixed = tf.tensor(matrix, [rows, columns]);
  return {
    multiply: (vector, into) => write(tf, into, () => tf.matMul(fixed, tf.tensor(vector, [columns, 1]))),
    combineRows: (weights, into) => write(tf, into, () => tf.matMul(tf.tensor(weights, [1, rows]), fixed)),
    async release() {
      fixed.dispose();
    },
  };
}

async function write(tf: Tf, into: Float32Array, product: () => Tensor): Promise<void> {
  const result = tf.tidy(product);
  into.set(await result.data());
  result.dispose();
}

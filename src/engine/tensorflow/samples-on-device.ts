import type { Samples } from "../../data/samples.ts";
import { Holders } from "../holders.ts";
import { axesToChannelsLast } from "./forward.ts";
import type { Tensor, Tf } from "./tf.ts";

/** Sets of samples in the runtime's memory, each uploaded once. */
export class SamplesOnDevice {
  readonly #tf: Tf;
  readonly #input: readonly number[];
  readonly #tensors = new Map<ArrayBuffer, Map<string, Tensor>>();
  readonly #holders = new Holders<Float32Array>((a, b) => a.buffer === b.buffer && keyOf(a) === keyOf(b));

  /** @param input shape of one sample as the network takes it, channels first. */
  constructor(tf: Tf, input: readonly number[]) {
    this.#tf = tf;
    this.#input = input;
  }

  /** All samples' x, [count, …input], channels last. Views of the same numbers share a tensor. */
  x({ x, count }: Samples): Tensor {
    const views = this.#tensors.get(x.buffer) ?? new Map<string, Tensor>();
    this.#tensors.set(x.buffer, views);
    const key = keyOf(x);
    const tensor = views.get(key) ?? this.#upload(x, count);
    views.set(key, tensor);
    return tensor;
  }

  /**
   * For who needs samples again and again.
   *
   * @returns gives them up: when their last holder does, they are freed. Who asks for them later gets them anew.
   */
  hold({ x }: Samples): () => void {
    const letGo = this.#holders.hold(x);
    return () => {
      if (letGo()) this.#forget(x);
    };
  }

  dispose(): void {
    for (const views of this.#tensors.values()) for (const tensor of views.values()) tensor.dispose();
    this.#tensors.clear();
  }

  #forget(x: Float32Array<ArrayBuffer>): void {
    const views = this.#tensors.get(x.buffer);
    views?.get(keyOf(x))?.dispose();
    views?.delete(keyOf(x));
    if (views?.size === 0) this.#tensors.delete(x.buffer);
  }

  #upload(x: Float32Array, count: number): Tensor {
    const tf = this.#tf;
    const upload = () => {
      const tensor = tf.tensor(x, [count, ...this.#input]);
      return this.#input.length > 1 ? tf.transpose(tensor, axesToChannelsLast(this.#input.length + 1)) : tensor;
    };
    return tf.keep(tf.tidy(upload));
  }
}

/** Tells views of one buffer from each other. */
function keyOf({ byteOffset, length }: Float32Array): string {
  return `${byteOffset} ${length}`;
}

/** Labels as rows of 0 and 1. float32 [labels, classes]. */
export function oneHot(labels: Int32Array, classes: number): Float32Array {
  const rows = new Float32Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) rows[i * classes + (labels[i] as number)] = 1;
  return rows;
}

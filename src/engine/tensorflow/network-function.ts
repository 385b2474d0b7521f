import type { ParameterLayout } from "../../networks/layout.ts";
import type { ResolvedNetwork } from "../../networks/shapes.ts";
import { forward, type Pass, type PlacedLayer, placedLayers } from "./forward.ts";
import { crossEntropy } from "./loss.ts";
import type { Operators } from "./operators.ts";
import type { Pieces } from "./pieces.ts";
import type { Tensor, Tf } from "./tf.ts";

/** Samples on the device with their labels. */
export interface Batch {
  /** [batch, …input], channels last. */
  readonly x: Tensor;
  /** Labels as rows of 0 and 1, [batch, classes]. */
  readonly expected: Tensor;
}

/** A network's losses as a function of θ, with its gradient by tfjs's automatic differentiation. */
export class NetworkFunction {
  readonly #tf: Tf;
  readonly #operators: Operators;
  readonly #layers: readonly PlacedLayer[];
  readonly #layout: ParameterLayout;
  /** Whether θ's parts are differentiated by, in layout order; biases that cancel have an exactly zero gradient. */
  readonly #trained: readonly boolean[];

  /** @param running whether batch norm that keeps running statistics normalises at them. */
  constructor(tf: Tf, operators: Operators, network: ResolvedNetwork, layout: ParameterLayout, running: boolean) {
    this.#tf = tf;
    this.#operators = operators;
    this.#layers = placedLayers(network, running);
    this.#layout = layout;
    this.#trained = this.#layers.flatMap(({ layer, bias }) => {
      if (layer.layer === "dense" || layer.layer === "conv") return [true, bias === "trained"];
      return layer.layer === "batch-norm" ? [true, true] : [];
    });
  }

  /** The logits, [batch, classes]. @param theta [n] */
  logits(theta: Tensor, x: Tensor, pass: Pass): Tensor {
    return forward(this.#tf, this.#operators, this.#layers, x, this.#parameters(theta), pass);
  }

  /** The linear pieces that ReLUs and max-pools are on; to be called in a tidy. @param theta [n] */
  pieces(theta: Tensor, x: Tensor, pass: Pass): Pieces {
    const pieces: Pieces = {};
    this.logits(theta, x, { ...pass, reportPiece: (layer, piece) => void Object.assign(pieces, { [layer]: piece }) });
    return pieces;
  }

  /**
   * The loss of each sample and the gradient of their sum times `weight`; to be called in a tidy.
   *
   * @param theta [n]
   */
  lossesAndGradient(theta: Tensor, batch: Batch, weight: number, pass: Pass) {
    const { losses, gradients } = this.#differentiate(theta, batch, weight, pass, false);
    return { losses, gradient: this.#flat(gradients) };
  }

  /** As `lossesAndGradient`, with the gradient by the samples, of their shape. */
  lossesAndBothGradients(theta: Tensor, batch: Batch, weight: number, pass: Pass) {
    const { losses, gradients } = this.#differentiate(theta, batch, weight, pass, true);
    const [bySamples, ...byParameters] = gradients as [Tensor, ...Tensor[]];
    return { losses, gradient: this.#flat(byParameters), bySamples };
  }

  /** @returns gradients by the samples, if wanted, and by the parameters that are trained. */
  #differentiate(theta: Tensor, { x, expected }: Batch, weight: number, pass: Pass, bySamples: boolean) {
    const tf = this.#tf;
    const all = this.#parameters(theta);
    const losses = (...inputs: Tensor[]) => {
      let next = 0;
      const samples = bySamples ? (inputs[next++] as Tensor) : x;
      const parameters = all.map((fixed, i) => (this.#trained[i] ? (inputs[next++] as Tensor) : fixed));
      return crossEntropy(tf, forward(tf, this.#operators, this.#layers, samples, parameters, pass), expected);
    };
    const { value, grads } = tf.valueAndGrads(losses)(
      [...(bySamples ? [x] : []), ...all.filter((_, i) => this.#trained[i])],
      tf.fill([x.shape[0] ?? 1], weight),
    );
    return { losses: value, gradients: grads };
  }

  #parameters(theta: Tensor): Tensor[] {
    const tf = this.#tf;
    const { parameters } = this.#layout;
    const parts = tf.split(
      theta,
      parameters.map(({ size }) => size),
    );
    return parameters.map(({ shape }, i) => {
      const part = parts[i] as Tensor;
      return shape.length === 1 ? part : tf.reshape(part, shape);
    });
  }

  #flat(gradients: readonly Tensor[]): Tensor {
    const tf = this.#tf;
    let next = 0;
    return tf.concat(
      this.#layout.parameters.map(({ shape, size }, i) => {
        if (!this.#trained[i]) return tf.fill([size], 0);
        const gradient = gradients[next++] as Tensor;
        return shape.length === 1 ? gradient : tf.reshape(gradient, [size]);
      }),
    );
  }
}

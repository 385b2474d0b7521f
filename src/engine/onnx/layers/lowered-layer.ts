import type { Value } from "../graph.ts";

/** A layer written into a graph: its output, and how to write its backward pass. */
export interface LoweredLayer {
  /** [batch, …outputs]. */
  readonly output: Value;
  /**
   * @param gradient of the loss by `output`, of its shape.
   * @param needInput whether the gradient by the layer's input is wanted; the first layer's is not.
   */
  backward(gradient: Value, needInput: boolean): LayerGradients;
}

export interface LayerGradients {
  /** Gradient by the layer's input; present when it was wanted. */
  readonly input?: Value;
  /** One per parameter of the layer, in order, of the parameter's shape. */
  readonly parameters: readonly Value[];
}

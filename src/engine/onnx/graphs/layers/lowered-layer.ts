import type { Value } from "../graph.ts";

/** A layer written into a graph: its output, and how to write its backward pass. */
export interface LoweredLayer {
  /** [batch, …outputs]. */
  readonly output: Value;
  /** Of a batch norm that normalises with the batch's own statistics. */
  readonly statistics?: BatchStatistics;
  /**
   * @param gradient of the loss by `output`, of its shape.
   * @param needInput whether the gradient by the layer's input is wanted; the first layer's is not.
   */
  backward(gradient: Value, needInput: boolean): LayerGradients;
  /** Of a layer that is linear in pieces: the piece it is on here, as a layer for any input. */
  readonly piece?: Piece;
}

/** Writes a linear piece of a layer: a ReLU that passes fixed units, a max-pool that takes fixed positions. */
export type Piece = (x: Value) => LoweredLayer;

export interface LayerGradients {
  /** Gradient by the layer's input; present when it was wanted. */
  readonly input?: Value;
  /** One per parameter of the layer, in order, of the parameter's shape. */
  readonly parameters: readonly Value[];
}

/** Mean and variance of each feature or channel, [features]. */
export interface BatchStatistics {
  readonly mean: Value;
  readonly variance: Value;
}

/**
 * What becomes of the bias of the layer before a batch norm. Subtracting the batch's mean removes it, so its gradient is
 * exactly zero (floating point would give noise, which Adam would scale up to full steps): it is `omitted`, or, where
 * running means have to include it, added but `fixed`. At running statistics, as without batch norm, it is `trained`.
 */
export type BiasRole = "trained" | "fixed" | "omitted";

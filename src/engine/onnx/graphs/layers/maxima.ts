import type { Value } from "../graph.ts";

/** Maxima of windows, and where gradients by them go. */
export interface Maxima {
  /** [batch, channels, rows, columns] */
  readonly output: Value;
  /**
   * The gradient by the input: each window's to its first maximum, as in PyTorch; where windows overlap it adds up.
   *
   * @param base of the input's shape, added; zero when absent.
   */
  inputGradient(gradient: Value, base?: Value): Value;
  /** What another tensor of the input's shape has at the maxima's positions, of the output's shape. */
  take(other: Value): Value;
}

// Generated from network.schema.json by `npm run types`. Do not edit.

export type LayerOrRepeat = Layer | Repeat;
/**
 * One layer, told apart by its kind in "layer".
 */
export type Layer = DenseLayer | BatchNormLayer | ReluLayer | DropoutLayer | ConvLayer | MaxPoolLayer | FlattenLayer;
/**
 * valid: none (default); same: outputs are ceil(input / stride), the odd row or column at the end, as in Keras; a number: that many on every side, as in PyTorch.
 */
export type Padding = ("same" | "valid") | number;

/**
 * A feed-forward network as a list of layers. Parameters are named as torch.nn.Sequential names them: the index of the (unrolled) layer, then weight or bias.
 */
export interface Network {
  /**
   * Path of this schema, for editors.
   */
  $schema?: string;
  /**
   * Name shown in reports; the file's name when absent.
   */
  name?: string;
  /**
   * Where the network comes from, in words.
   */
  description?: string;
  /**
   * Shape of one sample without the batch: [features] or [channels, height, width]. A data set of any shape with as many elements fits a one-dimensional input.
   *
   * @minItems 1
   * @maxItems 3
   */
  input: [number, ...number[]];
  /**
   * Distribution of the initial weights of dense and conv layers; biases start at 0, batch-norm scales at 1. U(-a, a) with a = sqrt(6 / (fanIn + fanOut)) for glorot-uniform (default), sqrt(6 / fanIn) for he-uniform, sqrt(1 / fanIn) for uniform.
   */
  initialiser?: "glorot-uniform" | "he-uniform" | "uniform";
  /**
   * Layers in order of the forward pass; the last one gives the logits.
   *
   * @minItems 1
   */
  layers: [LayerOrRepeat, ...LayerOrRepeat[]];
}
/**
 * Fully connected layer, y = x Wᵀ + b; weight [units, inputs], bias [units].
 */
export interface DenseLayer {
  /**
   * Kind of the layer.
   */
  layer: "dense";
  /**
   * Outputs of the layer.
   */
  units: number;
}
/**
 * Batch normalisation with trainable scale (weight) and shift (bias).
 */
export interface BatchNormLayer {
  /**
   * Kind of the layer.
   */
  layer: "batch-norm";
  /**
   * What normalises at evaluation: the statistics of the evaluation batch (the authors' Keras-1 mode 2; default) or running averages kept while training: a tenth of each newest batch, with the unbiased variance, as PyTorch keeps them.
   */
  statistics?: "batch" | "running";
  /**
   * Added to the variance. Default 1e-5.
   */
  epsilon?: number;
}
/**
 * max(0, x).
 */
export interface ReluLayer {
  /**
   * Kind of the layer.
   */
  layer: "relu";
}
/**
 * Inverted dropout while training; the identity at evaluation.
 */
export interface DropoutLayer {
  /**
   * Kind of the layer.
   */
  layer: "dropout";
  /**
   * Share of the units dropped.
   */
  rate: number;
}
/**
 * Two-dimensional convolution; weight [filters, channels, height, width], bias [filters].
 */
export interface ConvLayer {
  /**
   * Kind of the layer.
   */
  layer: "conv";
  /**
   * Output channels.
   */
  filters: number;
  /**
   * Height and width of the kernel.
   */
  kernel: number;
  /**
   * Step of the window. Default 1.
   */
  stride?: number;
  padding?: Padding;
}
/**
 * Two-dimensional maximum pooling.
 */
export interface MaxPoolLayer {
  /**
   * Kind of the layer.
   */
  layer: "max-pool";
  /**
   * Height and width of the window.
   */
  size: number;
  /**
   * Step of the window. Default: its size.
   */
  stride?: number;
  padding?: Padding;
}
/**
 * [channels, height, width] to [channels · height · width].
 */
export interface FlattenLayer {
  /**
   * Kind of the layer.
   */
  layer: "flatten";
}
/**
 * A group of layers written once and unrolled several times.
 */
export interface Repeat {
  /**
   * How many times the group occurs.
   */
  repeat: number;
  /**
   * The group.
   *
   * @minItems 1
   */
  layers: [Layer, ...Layer[]];
}

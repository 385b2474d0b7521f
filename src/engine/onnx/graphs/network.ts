import { inferShapes, type LayerShape, type ResolvedNetwork, slidingWindow } from "../../../networks/shapes.ts";
import type { ConvLayer, Layer, MaxPoolLayer } from "../../../spec/network.types.ts";
import { poolBeforeRelu } from "../../pool-before-relu.ts";
import type { Graph, Value } from "./graph.ts";
import { lowerBatchNorm, lowerFixedBatchNorm } from "./layers/batch-norm.ts";
import { lowerConv } from "./layers/conv.ts";
import { lowerDense } from "./layers/dense.ts";
import { lowerDropout } from "./layers/dropout.ts";
import type { WindowGeometry } from "./layers/geometry.ts";
import type { BatchStatistics, BiasRole, LayerGradients, LoweredLayer, Piece } from "./layers/lowered-layer.ts";
import { lowerMaxPool } from "./layers/max-pool.ts";
import { lowerNormalisedConv } from "./layers/normalised-conv.ts";
import { lowerRelu } from "./layers/relu.ts";
import { reshape } from "./operators.ts";

/** How a pass differs while training from one at fixed parameters. */
export interface Pass {
  /** Masks of the dropout layers by position, [batch, …shape]; without them dropout is the identity. */
  readonly masks?: ReadonlyMap<number, Value>;
  /**
   * Where batch norm with running statistics normalises, by position; without them it uses the batch's own, as while
   * training.
   */
  readonly running?: ReadonlyMap<number, BatchStatistics>;
  /**
   * The linear pieces that ReLUs and max-pools are on: those of another pass, by position, or `own`, so that other passes
   * can be given them. Either way every layer is written by itself; without it some are written together, which is faster.
   */
  readonly pieces?: "own" | ReadonlyMap<number, Piece>;
}

/** A network written into a graph. */
export interface LoweredNetwork {
  /** [batch, classes]. */
  readonly logits: Value;
  /** Of the batch norms that normalised with the batch's own, by position; variances biased. */
  readonly statistics: ReadonlyMap<number, BatchStatistics>;
  /** The linear pieces that ReLUs and max-pools are on, by position; complete where the pass has its `own`. */
  readonly pieces: ReadonlyMap<number, Piece>;
  /** Gradients of the loss by every parameter, in layout order, from its gradient by the logits. */
  backward(gradient: Value): Value[];
  /** As `backward`, with the gradient by the samples, of their shape. */
  backwardToInput(gradient: Value): { readonly parameters: Value[]; readonly input: Value };
}

/**
 * Writes a network's forward pass, and on demand its backward pass.
 *
 * @param x [batch, …input]
 * @param parameters in layout order, each in its own shape
 */
export function lowerNetwork(
  graph: Graph,
  network: ResolvedNetwork,
  x: Value,
  parameters: readonly Value[],
  pass: Pass,
): LoweredNetwork {
  const layers = poolBeforeRelu(inferShapes(network));
  const first = layers.findIndex(({ layer }) => hasParameters(layer));
  const lowered: { readonly layer: LoweredLayer; readonly needInput: boolean }[] = [];
  const statistics = new Map<number, BatchStatistics>();
  const pieces = new Map<number, Piece>();
  let output = x;
  let next = 0;
  for (let position = 0; position < layers.length; ) {
    const take = () => parameters[next++] as Value;
    const { layer, taken, index } = lowerNext(graph, layers.slice(position), output, take, pass);
    if (layer.statistics) statistics.set(index, layer.statistics);
    if (layer.piece) pieces.set(index, layer.piece);
    lowered.push({ layer, needInput: position > first });
    output = layer.output;
    position += taken;
  }
  const backward = (gradient: Value, toInput: boolean) => {
    const gradients: Value[] = [];
    let current: Value | undefined = gradient;
    for (const { layer, needInput } of lowered.toReversed()) {
      if (!current) break;
      const { input, parameters: own }: LayerGradients = layer.backward(current, toInput || needInput);
      gradients.unshift(...own);
      current = input;
    }
    return { parameters: gradients, input: current };
  };
  return {
    logits: output,
    statistics,
    pieces,
    backward: (gradient) => backward(gradient, false).parameters,
    backwardToInput(gradient) {
      const found = backward(gradient, true);
      return { parameters: found.parameters, input: found.input as Value };
    },
  };
}

function hasParameters({ layer }: Layer): boolean {
  return layer === "dense" || layer === "conv" || layer === "batch-norm";
}

/**
 * Writes the first of the layers left, or the first few where they are better written together.
 *
 * @returns `index`: the layer's position in the network, the batch norm's where several are written together.
 */
function lowerNext(
  graph: Graph,
  layers: readonly LayerShape[],
  x: Value,
  parameter: () => Value,
  pass: Pass,
): { readonly layer: LoweredLayer; readonly taken: number; readonly index: number } {
  const [shape, second, third] = layers as [LayerShape, LayerShape | undefined, LayerShape | undefined];
  const bias = biasRole(second, pass);
  const together = pass.pieces === undefined && bias !== "trained";
  if (together && shape.layer.layer === "conv" && second?.layer.layer === "batch-norm") {
    const pool = third?.layer.layer === "max-pool" ? windowOf(third.layer, third.input) : undefined;
    const [weight, ownBias, scale, shift] = [parameter(), parameter(), parameter(), parameter()];
    const window = windowOf(shape.layer, shape.input);
    const values = { weight, bias: ownBias, scale, shift };
    const layer = lowerNormalisedConv(graph, x, values, window, pool, second.layer.epsilon ?? 1e-5, bias);
    return { layer, taken: pool ? 3 : 2, index: second.index };
  }
  const layer = lowerLayer(graph, shape, bias, x, parameter, pass);
  return { layer, taken: 1, index: shape.index };
}

function lowerLayer(
  graph: Graph,
  { layer, index, input }: LayerShape,
  bias: BiasRole,
  x: Value,
  parameter: () => Value,
  { masks, running, pieces }: Pass,
): LoweredLayer {
  const piece = pieces === "own" ? undefined : pieces?.get(index);
  if (piece) return piece(x);
  switch (layer.layer) {
    case "dense":
      return lowerDense(graph, x, parameter(), parameter(), bias);
    case "batch-norm": {
      const fixed = running?.get(index);
      const [scale, shift, epsilon] = [parameter(), parameter(), layer.epsilon ?? 1e-5];
      return fixed
        ? lowerFixedBatchNorm(graph, x, scale, shift, fixed, epsilon)
        : lowerBatchNorm(graph, x, scale, shift, epsilon);
    }
    case "relu":
      return lowerRelu(graph, x);
    case "conv":
      return lowerConv(graph, x, parameter(), parameter(), windowOf(layer, input), bias);
    case "max-pool":
      return lowerMaxPool(graph, x, windowOf(layer, input));
    case "dropout":
      return lowerDropout(graph, x, masks?.get(index));
    case "flatten":
      return lowerFlatten(graph, x);
  }
}

function biasRole(following: LayerShape | undefined, { running }: Pass): BiasRole {
  if (following?.layer.layer !== "batch-norm" || running?.has(following.index)) return "trained";
  return following.layer.statistics === "running" ? "fixed" : "omitted";
}

function windowOf(layer: ConvLayer | MaxPoolLayer, [, height = 1, width = 1]: readonly number[]): WindowGeometry {
  const [kernel, stride] =
    layer.layer === "conv" ? [layer.kernel, layer.stride ?? 1] : [layer.size, layer.stride ?? layer.size];
  const padding = layer.padding ?? "valid";
  return {
    kernel,
    stride,
    rows: slidingWindow(height, kernel, stride, padding),
    columns: slidingWindow(width, kernel, stride, padding),
  };
}

function lowerFlatten(graph: Graph, x: Value): LoweredLayer {
  return {
    output: reshape(graph, x, [x.shape[0] ?? 1, -1]),
    backward: (gradient) => ({ input: reshape(graph, gradient, x.shape), parameters: [] }),
  };
}

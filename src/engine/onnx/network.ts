import { inferShapes, type LayerShape, type ResolvedNetwork, slidingWindow } from "../../networks/shapes.ts";
import type { Layer, Padding } from "../../spec/network.types.ts";
import type { Graph, Value } from "./graph.ts";
import { lowerBatchNorm, lowerFixedBatchNorm } from "./layers/batch-norm.ts";
import { type ConvGeometry, lowerConv } from "./layers/conv.ts";
import { lowerDense } from "./layers/dense.ts";
import { lowerDropout } from "./layers/dropout.ts";
import type { BatchStatistics, BiasRole, LoweredLayer } from "./layers/lowered-layer.ts";
import { lowerMaxPool } from "./layers/max-pool.ts";
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
}

/** A network written into a graph. */
export interface LoweredNetwork {
  /** [batch, classes]. */
  readonly logits: Value;
  /** Of the batch norms that normalised with the batch's own, by position; variances biased. */
  readonly statistics: ReadonlyMap<number, BatchStatistics>;
  /** Gradients of the loss by every parameter, in layout order, from its gradient by the logits. */
  backward(gradient: Value): Value[];
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
  const lowered: LoweredLayer[] = [];
  const layers = poolBeforeRelu(inferShapes(network));
  const statistics = new Map<number, BatchStatistics>();
  let output = x;
  let next = 0;
  for (const [position, shape] of layers.entries()) {
    const take = () => parameters[next++] as Value;
    const step = lowerLayer(graph, shape, biasRole(layers[position + 1], pass), output, take, pass);
    if (step.statistics) statistics.set(shape.index, step.statistics);
    lowered.push(step);
    output = step.output;
  }
  return {
    logits: output,
    statistics,
    backward(gradient) {
      const gradients: Value[] = [];
      const first = layers.findIndex(({ layer }) => hasParameters(layer));
      let current = gradient;
      for (let position = lowered.length - 1; position >= first; position--) {
        const { input, parameters: own } = (lowered[position] as LoweredLayer).backward(current, position > first);
        gradients.unshift(...own);
        if (input) current = input;
      }
      return gradients;
    },
  };
}

/** ReLU and max-pool commute, exactly; in this order the ReLU and its gradient have a fraction of the elements. */
function poolBeforeRelu(shapes: readonly LayerShape[]): LayerShape[] {
  const order = [...shapes];
  for (let i = 0; i + 1 < order.length; i++) {
    const [relu, pool] = [order[i] as LayerShape, order[i + 1] as LayerShape];
    if (relu.layer.layer === "relu" && pool.layer.layer === "max-pool")
      order.splice(i, 2, pool, { ...relu, input: pool.output, output: pool.output });
  }
  return order;
}

function hasParameters({ layer }: Layer): boolean {
  return layer === "dense" || layer === "conv" || layer === "batch-norm";
}

function lowerLayer(
  graph: Graph,
  { layer, index, input }: LayerShape,
  bias: BiasRole,
  x: Value,
  parameter: () => Value,
  { masks, running }: Pass,
): LoweredLayer {
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
    case "conv": {
      const window = geometry(layer.kernel, layer.stride ?? 1, layer.padding, input);
      return lowerConv(graph, x, parameter(), parameter(), window, bias);
    }
    case "max-pool":
      return lowerMaxPool(graph, x, geometry(layer.size, layer.stride ?? layer.size, layer.padding, input));
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

function geometry(
  kernel: number,
  stride: number,
  padding: Padding | undefined,
  [, height = 1, width = 1]: readonly number[],
): ConvGeometry {
  return {
    kernel,
    stride,
    rows: slidingWindow(height, kernel, stride, padding ?? "valid"),
    columns: slidingWindow(width, kernel, stride, padding ?? "valid"),
  };
}

function lowerFlatten(graph: Graph, x: Value): LoweredLayer {
  return {
    output: reshape(graph, x, [x.shape[0] ?? 1, -1]),
    backward: (gradient) => ({ input: reshape(graph, gradient, x.shape), parameters: [] }),
  };
}

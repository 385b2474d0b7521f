import { inferShapes, type LayerShape, type ResolvedNetwork, slidingWindow } from "../../networks/shapes.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import type { Layer, Padding } from "../../spec/network.types.ts";
import type { Graph, Value } from "./graph.ts";
import { lowerBatchNorm } from "./layers/batch-norm.ts";
import { type ConvGeometry, lowerConv } from "./layers/conv.ts";
import { lowerDense } from "./layers/dense.ts";
import { lowerDropout } from "./layers/dropout.ts";
import type { LoweredLayer } from "./layers/lowered-layer.ts";
import { lowerMaxPool } from "./layers/max-pool.ts";
import { lowerRelu } from "./layers/relu.ts";
import { reshape } from "./operators.ts";

/** A network written into a graph. */
export interface LoweredNetwork {
  /** [batch, classes]. */
  readonly logits: Value;
  /** Gradients of the loss by every parameter, in layout order, from its gradient by the logits. */
  backward(gradient: Value): Value[];
}

/**
 * Writes a network's forward pass, and on demand its backward pass.
 *
 * @param x [batch, …input]
 * @param parameters in layout order, each in its own shape
 * @param masks of the dropout layers by position, [batch, …shape], while training; without them dropout is the identity
 * @throws ClaimbenchError `layer-not-supported` for a layer this engine cannot run.
 */
export function lowerNetwork(
  graph: Graph,
  network: ResolvedNetwork,
  x: Value,
  parameters: readonly Value[],
  masks: ReadonlyMap<number, Value> = new Map(),
): LoweredNetwork {
  const lowered: LoweredLayer[] = [];
  const layers = poolBeforeRelu(inferShapes(network));
  let output = x;
  let next = 0;
  for (const [position, shape] of layers.entries()) {
    const take = () => parameters[next++] as Value;
    const step = lowerLayer(graph, shape, layers[position + 1]?.layer, output, take, masks);
    if (!step) {
      throw new ClaimbenchError(
        "layer-not-supported",
        `network ${network.name}: the onnx engine cannot run layer ${shape.index}, ${describe(shape.layer)}`,
        { hint: "it runs all layers but batch-norm with running statistics" },
      );
    }
    lowered.push(step);
    output = step.output;
  }
  return {
    logits: output,
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
  following: Layer | undefined,
  x: Value,
  parameter: () => Value,
  masks: ReadonlyMap<number, Value>,
): LoweredLayer | undefined {
  switch (layer.layer) {
    case "dense":
      return lowerDense(graph, x, parameter(), parameter(), following !== undefined && isBatchStatistics(following));
    case "batch-norm":
      return isBatchStatistics(layer)
        ? lowerBatchNorm(graph, x, parameter(), parameter(), layer.epsilon ?? 1e-5)
        : undefined;
    case "relu":
      return lowerRelu(graph, x);
    case "conv":
      return lowerConv(
        graph,
        x,
        parameter(),
        parameter(),
        geometry(layer.kernel, layer.stride ?? 1, layer.padding, input),
        following !== undefined && isBatchStatistics(following),
      );
    case "max-pool":
      return lowerMaxPool(graph, x, geometry(layer.size, layer.stride ?? layer.size, layer.padding, input));
    case "dropout":
      return lowerDropout(graph, x, masks.get(index));
    case "flatten":
      return lowerFlatten(graph, x);
    default:
      return undefined;
  }
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

function isBatchStatistics(layer: Layer): boolean {
  return layer.layer === "batch-norm" && layer.statistics !== "running";
}

function describe(layer: Layer): string {
  return layer.layer === "batch-norm" ? `batch-norm with ${layer.statistics ?? "batch"} statistics` : layer.layer;
}

import type { ResolvedNetwork } from "../../networks/shapes.ts";
import { ClaimbenchError } from "../../spec/error.ts";
import type { Layer } from "../../spec/network.types.ts";
import type { Graph, Value } from "./graph.ts";
import { lowerBatchNorm } from "./layers/batch-norm.ts";
import { lowerDense } from "./layers/dense.ts";
import type { LoweredLayer } from "./layers/lowered-layer.ts";
import { lowerRelu } from "./layers/relu.ts";

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
 * @throws ClaimbenchError `layer-not-supported` for a layer this engine cannot run.
 */
export function lowerNetwork(
  graph: Graph,
  network: ResolvedNetwork,
  x: Value,
  parameters: readonly Value[],
): LoweredNetwork {
  const lowered: LoweredLayer[] = [];
  let output = x;
  let next = 0;
  for (const [index, layer] of network.layers.entries()) {
    const take = () => parameters[next++] as Value;
    const step = lowerLayer(graph, layer, network.layers[index + 1], output, take);
    if (!step) {
      throw new ClaimbenchError(
        "layer-not-supported",
        `network ${network.name}: the onnx engine cannot run layer ${index}, ${describe(layer)}`,
        { hint: "it runs dense, relu and batch-norm with batch statistics" },
      );
    }
    lowered.push(step);
    output = step.output;
  }
  return {
    logits: output,
    backward(gradient) {
      const gradients: Value[] = [];
      let current = gradient;
      for (const [index, step] of [...lowered.entries()].reverse()) {
        const { input, parameters: own } = step.backward(current, index > 0);
        gradients.unshift(...own);
        if (input) current = input;
      }
      return gradients;
    },
  };
}

function lowerLayer(
  graph: Graph,
  layer: Layer,
  following: Layer | undefined,
  x: Value,
  parameter: () => Value,
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
    default:
      return undefined;
  }
}

function isBatchStatistics(layer: Layer): boolean {
  return layer.layer === "batch-norm" && layer.statistics !== "running";
}

function describe(layer: Layer): string {
  return layer.layer === "batch-norm" ? `batch-norm with ${layer.statistics ?? "batch"} statistics` : layer.layer;
}

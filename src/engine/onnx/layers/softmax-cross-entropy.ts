import type { Graph, Value } from "../graph.ts";
import { exponential, gatherRows, multiply, subtract } from "../operators.ts";

/** The loss written into a graph. */
export interface LoweredLoss {
  /** Cross-entropy of each sample in nats, [batch]. */
  readonly losses: Value;
  /** Gradient by the logits, [batch, classes], of the losses' sum divided by `count`: their mean, unless said otherwise. */
  backward(count?: number): Value;
}

/**
 * Softmax cross-entropy of logits [batch, classes] with integer labels [batch].
 */
export function lowerSoftmaxCrossEntropy(graph: Graph, logits: Value, labels: Value): LoweredLoss {
  const [batch = 1, classes = 1] = logits.shape;
  const identity = new Float32Array(classes * classes);
  for (let i = 0; i < classes; i++) identity[i * classes + i] = 1;
  const oneHot = gatherRows(graph, graph.constant("float32", [classes, classes], identity), labels);
  const logProbabilities = graph.node("LogSoftmax", [logits], logits.shape, { attributes: { axis: 1 } });
  const minusOnes = graph.constant("float32", [classes, 1], new Float32Array(classes).fill(-1));
  return {
    losses: graph.node(
      "Squeeze",
      [
        graph.node("MatMul", [multiply(graph, logProbabilities, oneHot), minusOnes], [batch, 1]),
        graph.constant("int64", [1], [1]),
      ],
      [batch],
    ),
    backward: (count = batch) =>
      multiply(graph, subtract(graph, exponential(graph, logProbabilities), oneHot), graph.scalar(1 / count)),
  };
}

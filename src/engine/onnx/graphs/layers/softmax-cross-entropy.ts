import type { Graph, Value } from "../graph.ts";
import { exponential, gatherRows, matmul, multiply, subtract } from "../operators.ts";

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
  const [, classes = 1] = logits.shape;
  const identity = new Float32Array(classes * classes);
  for (let i = 0; i < classes; i++) identity[i * classes + i] = 1;
  return lowerCrossEntropy(
    graph,
    logits,
    gatherRows(graph, graph.constant("float32", [classes, classes], identity), labels),
  );
}

/** Cross-entropy of logits [batch, classes] with probabilities [batch, classes], which are held fixed. */
export function lowerCrossEntropy(graph: Graph, logits: Value, expected: Value): LoweredLoss {
  const [batch = 1, classes = 1] = logits.shape;
  const logProbabilities = logSoftmax(graph, logits);
  const minusOnes = graph.constant("float32", [classes, 1], new Float32Array(classes).fill(-1));
  return {
    losses: graph.node(
      "Squeeze",
      [
        graph.node("MatMul", [multiply(graph, logProbabilities, expected), minusOnes], [batch, 1]),
        graph.constant("int64", [1], [1]),
      ],
      [batch],
    ),
    backward: (count = batch) =>
      multiply(graph, subtract(graph, exponential(graph, logProbabilities), expected), graph.scalar(1 / count)),
  };
}

/** Probabilities, [batch, classes]. */
export function softmax(graph: Graph, logits: Value): Value {
  return exponential(graph, logSoftmax(graph, logits));
}

/** Over the classes of logits [batch, classes]. Not every device has the operator. */
function logSoftmax(graph: Graph, logits: Value): Value {
  if (!graph.portable) return graph.node("LogSoftmax", [logits], logits.shape, { attributes: { axis: 1 } });
  const [batch = 1, classes = 1] = logits.shape;
  const largest = graph.node("ReduceMax", [logits], [batch, 1], { attributes: { axes: [1], keepdims: 1 } });
  const shifted = subtract(graph, logits, largest);
  const ones = graph.constant("float32", [classes, 1], new Float32Array(classes).fill(1));
  const total = matmul(graph, exponential(graph, shifted), ones);
  return subtract(graph, shifted, graph.node("Log", [total], [batch, 1]));
}

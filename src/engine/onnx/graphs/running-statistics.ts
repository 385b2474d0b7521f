import { type ParameterLayout, RUNNING_MOMENTUM } from "../../../networks/layout.ts";
import type { Graph, Value } from "./graph.ts";
import type { BatchStatistics } from "./layers/lowered-layer.ts";
import { add, concatenate, multiply, split } from "./operators.ts";

/** Takes the vector of running statistics apart, by layer. @param running [runningCount] */
export function unpackRunning(graph: Graph, layout: ParameterLayout, running: Value): Map<number, BatchStatistics> {
  const lengths = layout.running.flatMap(({ features }) => [features, features]);
  const parts = split(graph, running, lengths);
  return new Map(
    layout.running.map(({ layer }, i) => [layer, { mean: parts[2 * i] as Value, variance: parts[2 * i + 1] as Value }]),
  );
}

/**
 * The running statistics after a batch: r ← (1 − m) r + m b, with the unbiased variance, as PyTorch keeps them.
 *
 * @param statistics of the batch, by layer; variances biased.
 * @param valuesPerFeature numbers each layer's statistics are over, by layer.
 */
export function updateRunning(
  graph: Graph,
  layout: ParameterLayout,
  running: Value,
  statistics: ReadonlyMap<number, BatchStatistics>,
  valuesPerFeature: (layer: number) => number,
): Value {
  const newest = layout.running.flatMap(({ layer }) => {
    const { mean, variance } = statistics.get(layer) as BatchStatistics;
    const count = valuesPerFeature(layer);
    return [mean, multiply(graph, variance, graph.scalar(count / (count - 1)))];
  });
  return add(
    graph,
    multiply(graph, running, graph.scalar(1 - RUNNING_MOMENTUM)),
    multiply(graph, concatenate(graph, newest), graph.scalar(RUNNING_MOMENTUM)),
  );
}

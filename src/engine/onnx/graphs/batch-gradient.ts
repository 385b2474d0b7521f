import type { ParameterLayout } from "../../../networks/layout.ts";
import { inferShapes, type ResolvedNetwork } from "../../../networks/shapes.ts";
import { elementCount } from "../../../spec/element-count.ts";
import type { TrainingObjective } from "../../../spec/suite.types.ts";
import { microBatches } from "../../micro-batches.ts";
import { stackedParts } from "./chunks.ts";
import type { Graph, Value } from "./graph.ts";
import { lowerSoftmaxCrossEntropy } from "./layers/softmax-cross-entropy.ts";
import { loop, rowOf } from "./loop.ts";
import { type LoweredNetwork, lowerNetwork } from "./network.ts";
import { add, gatherRows, matmul, reshape, zeros } from "./operators.ts";
import { updateRunning } from "./running-statistics.ts";
import { isTwoPass, lowerTwoPasses } from "./second-pass.ts";
import { pack, type Segment } from "./segments.ts";

/** A batch while training. */
export interface BatchToDifferentiate {
  readonly network: ResolvedNetwork;
  readonly layout: ParameterLayout;
  readonly segments: readonly Segment[];
  readonly microBatch?: number | undefined;
  readonly objective?: TrainingObjective | undefined;
  /** All samples, [samples, features], and their labels, [samples]. */
  readonly x: Value;
  readonly labels: Value;
  /** Positions of the batch's samples, int32 [batch]. */
  readonly chosen: Value;
  /** Of dropout layers, [batch, …shape]. */
  readonly masks: ReadonlyMap<number, Value>;
  /** Standard normal numbers, [batch, features]; for stability training. */
  readonly noise?: Value | undefined;
  readonly parameters: readonly Value[];
  readonly running: Value | undefined;
}

export interface BatchGradient {
  /** Of the batch's mean loss, by segment. */
  readonly gradients: readonly Value[];
  /** Mean loss, a scalar. */
  readonly loss: Value;
  /** Running statistics after the batch, where a layer keeps them. */
  readonly running: Value | undefined;
}

/**
 * The gradient of a batch's mean loss, over the whole batch at once or added up over micro-batches: of nearly equal
 * sizes, those of one size as an ONNX Loop, so that only one micro-batch's activations are alive at a time.
 */
export function lowerBatchGradient(graph: Graph, batch: BatchToDifferentiate): BatchGradient {
  const count = batch.chosen.shape[0] ?? 1;
  const parts = microBatches(count, batch.microBatch);
  if (parts.length === 1) return differentiate(graph, batch, count);
  let sum: BatchGradient | undefined;
  for (const size of new Set(parts.map((part) => part.count))) {
    const alike = parts.filter((part) => part.count === size);
    const stacked = (value: Value) => stackedParts(graph, value, alike);
    sum = addUp(
      graph,
      {
        ...batch,
        chosen: stacked(batch.chosen),
        masks: new Map([...batch.masks].map(([layer, mask]) => [layer, stacked(mask)])),
        noise: batch.noise && stacked(batch.noise),
        running: sum?.running ?? batch.running,
      },
      count,
      sum,
    );
  }
  return sum as BatchGradient;
}

/** @param batch `chosen` and `masks` are [repeats, size, …]. @param before what to add to. */
function addUp(
  graph: Graph,
  batch: BatchToDifferentiate,
  count: number,
  before: BatchGradient | undefined,
): BatchGradient {
  const [repeats = 1] = batch.chosen.shape;
  const start = [
    ...(before?.gradients ?? batch.segments.map(({ shape }) => zeros(graph, shape))),
    before?.loss ?? graph.scalar(0),
    ...(batch.running ? [batch.running] : []),
  ];
  const { carried } = loop(graph, graph.constant("int64", [], [repeats]), start, (body, round, sums) => {
    const result = differentiate(
      body,
      {
        ...batch,
        chosen: rowOf(body, batch.chosen, round),
        masks: new Map([...batch.masks].map(([layer, mask]) => [layer, rowOf(body, mask, round)])),
        noise: batch.noise && rowOf(body, batch.noise, round),
        running: batch.running && sums.at(-1),
      },
      count,
    );
    const { gradients, loss, running } = addGradients(body, gradientIn(sums, batch), result);
    return { carried: [...gradients, loss, ...(running ? [running] : [])] };
  });
  return gradientIn(carried, batch);
}

/** Reads off what the loop carries. */
function gradientIn(values: readonly Value[], { segments, running }: BatchToDifferentiate): BatchGradient {
  return {
    gradients: values.slice(0, segments.length),
    loss: values[segments.length] as Value,
    running: running && values.at(-1),
  };
}

/** Running statistics are those of the later one. */
export function addGradients(graph: Graph, before: BatchGradient, after: BatchGradient): BatchGradient {
  return {
    gradients: after.gradients.map((gradient, s) => add(graph, before.gradients[s] as Value, gradient)),
    loss: add(graph, before.loss, after.loss),
    running: after.running,
  };
}

/**
 * The gradient over all of `chosen` at once.
 *
 * @param count what the losses' sum is divided by.
 */
export function differentiate(graph: Graph, batch: BatchToDifferentiate, count: number): BatchGradient {
  const { network, layout, segments, chosen, masks, running, objective, noise } = batch;
  const [size = 1] = chosen.shape;
  const input = reshape(graph, gatherRows(graph, batch.x, chosen), [size, ...network.input]);
  const lowered = lowerNetwork(graph, network, input, batch.parameters, { masks });
  const labels = gatherRows(graph, batch.labels, chosen);
  const again = (moved: Value) => lowerNetwork(graph, network, moved, batch.parameters, { masks });
  const found = isTwoPass(objective)
    ? lowerTwoPasses(graph, objective, { input, labels, lowered, noise, again }, count)
    : lowerOnePass(graph, lowered, labels, count);
  const gradients = pack(graph, segments, found.gradients);
  const share = graph.constant("float32", [1, size], new Float32Array(size).fill(1 / count));
  const shapes = running ? inferShapes(network) : [];
  return {
    gradients,
    loss: reshape(graph, matmul(graph, share, reshape(graph, found.losses, [size, 1])), []),
    running:
      running &&
      updateRunning(graph, layout, running, lowered.statistics, (layer) => {
        const [, ...image] = shapes[layer]?.input ?? [];
        return size * elementCount(image);
      }),
  };
}

function lowerOnePass(graph: Graph, lowered: LoweredNetwork, labels: Value, count: number) {
  const loss = lowerSoftmaxCrossEntropy(graph, lowered.logits, labels);
  return { losses: loss.losses, gradients: lowered.backward(loss.backward(count)) };
}

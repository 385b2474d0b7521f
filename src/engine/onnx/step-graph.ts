import { elementCount } from "../../spec/element-count.ts";
import { dropoutSites } from "../dropout-masks.ts";
import { addGradients, type BatchGradient, differentiate } from "./batch-gradient.ts";
import { Graph, type Value } from "./graph.ts";
import { reshape } from "./operators.ts";
import { unpack } from "./segments.ts";
import { lowerUpdate, type TrainingShape, training } from "./training-step.ts";

/** One of the micro-batches that make up a step. */
export interface StepPart {
  /** Samples. */
  readonly size: number;
  /** Whether the step begins with it; else there are sums to add to. */
  readonly first: boolean;
  /** Whether it ends the step with the update; else the sums are put out. */
  readonly last: boolean;
}

const END = 2 ** 31 - 1;

/**
 * One step, or one micro-batch of a step, as a graph without a Loop: on WebGPU a Loop copies all it carries, and the
 * samples, off the device and back at every step.
 *
 * Inputs: x float32 [samples, features]; labels int32 [samples]; indices int32 [size]; masks of dropout layers [size, …];
 * θ by segment; running statistics where a layer keeps them; unless first, the gradient's sum by segment and the loss's;
 * if last, the optimiser's state by segment, schedule float32 [numbers of the update rule] and losses float32 [n > 1].
 * Outputs, each `new_` with the name of the input it replaces: running statistics; if last, θ, state, and losses with this
 * step's at the end and the oldest gone; else the sums.
 */
export function buildStepGraph(shape: TrainingShape, { size, first, last }: StepPart): Uint8Array {
  const { network, layout, segments, rule, batch } = shape;
  const graph = new Graph({ portable: shape.portable ?? false });
  const bySegment = (name: (segment: number) => string) =>
    segments.map((segment, s) => graph.input(name(s), "float32", segment.shape));
  const x = graph.input(training.x, "float32", [shape.samples, elementCount(network.input)]);
  const labels = graph.input(training.labels, "int32", [shape.samples]);
  const chosen = graph.input(training.indices, "int32", [size]);
  const masks = new Map(
    dropoutSites(network).map(({ layer, shape: unit }) => [
      layer,
      graph.input(training.mask(layer), "float32", [size, ...unit]),
    ]),
  );
  const theta = bySegment((s) => training.tensor(0, s));
  const running = layout.runningCount > 0 ? graph.input(training.running, "float32", [layout.runningCount]) : undefined;
  const before: BatchGradient | undefined = first
    ? undefined
    : { gradients: bySegment(training.gradient), loss: graph.input(training.loss, "float32", []), running };
  const batchPart = { network, layout, segments, x, labels, chosen, masks, running };
  const part = differentiate(graph, { ...batchPart, parameters: unpack(graph, segments, theta) }, batch);
  const { gradients, loss } = before ? addGradients(graph, before, part) : part;

  if (part.running) graph.output(part.running, training.next(training.running));
  if (!last) {
    for (const [s, gradient] of gradients.entries()) graph.output(gradient, training.next(training.gradient(s)));
    graph.output(loss, training.next(training.loss));
    return graph.encode();
  }
  const state = Array.from({ length: rule.stateCount }, (_, kind) => bySegment((s) => training.tensor(kind + 1, s)));
  const schedule = graph.input(training.schedule, "float32", [rule.scheduleLength]);
  const tensors = theta.map((value, s) => [value, ...state.map((values) => values[s] as Value)]);
  for (const [s, values] of lowerUpdate(graph, rule, tensors, gradients, schedule).entries()) {
    for (const [kind, value] of values.entries()) graph.output(value, training.next(training.tensor(kind, s)));
  }
  const losses = graph.input(training.losses, "float32", [-1]);
  const one = graph.constant("int64", [1], [1]);
  const newest = graph.node("Slice", [losses, one, graph.constant("int64", [1], [END])], [-1]);
  const shifted = graph.node("Concat", [newest, reshape(graph, loss, [1])], [-1], { attributes: { axis: 0 } });
  graph.output(shifted, training.next(training.losses));
  return graph.encode();
}

import { elementCount } from "../../spec/element-count.ts";
import { dropoutSites } from "../dropout-masks.ts";
import { lowerBatchGradient } from "./batch-gradient.ts";
import { Graph, type Value } from "./graph.ts";
import { loop, rowOf } from "./loop.ts";
import { unpack } from "./segments.ts";
import { lowerUpdate, type TrainingShape, training } from "./training-step.ts";

/**
 * Several updates as one graph: an ONNX Loop whose body is one training step. θ, the optimiser's state and running
 * statistics stay in the runtime's arena from step to step and are written out once at the end.
 *
 * Inputs: steps int64 scalar; x float32 [samples, features]; labels int32 [samples]; indices int32 [steps, batch];
 * schedule float32 [steps, numbers of the update rule]; masks of dropout layers; θ and state by segment; running
 * statistics where a layer keeps them. Outputs: new θ, state and running statistics, and the mean loss of every step
 * before its update, [steps].
 */
export function buildTrainingGraph(shape: TrainingShape): Uint8Array {
  const { network, layout, segments, rule, batch } = shape;
  const graph = new Graph({ portable: shape.portable ?? false });
  const features = elementCount(network.input);
  const steps = graph.input(training.steps, "int64", []);
  const x = graph.input(training.x, "float32", [shape.samples, features]);
  const labels = graph.input(training.labels, "int32", [shape.samples]);
  const indices = graph.input(training.indices, "int32", [-1, batch]);
  const schedule = graph.input(training.schedule, "float32", [-1, rule.scheduleLength]);
  const masks = dropoutSites(network).map(({ layer, shape: unit }) => ({
    layer,
    all: graph.input(training.mask(layer), "float32", [-1, batch, ...unit]),
  }));
  const kinds = 1 + rule.stateCount;
  const tensors = segments.flatMap((segment, s) =>
    Array.from({ length: kinds }, (_, kind) => graph.input(training.tensor(kind, s), "float32", segment.shape)),
  );
  if (layout.runningCount > 0) tensors.push(graph.input(training.running, "float32", [layout.runningCount]));

  const { carried, kept } = loop(graph, steps, tensors, (body, step, given) => {
    const bySegment = segments.map((_, s) => given.slice(s * kinds, (s + 1) * kinds));
    const theta = bySegment.map(([value]) => value as Value);
    const result = lowerBatchGradient(body, {
      ...shape,
      x,
      labels,
      chosen: rowOf(body, indices, step),
      masks: new Map(masks.map(({ layer, all }) => [layer, rowOf(body, all, step)])),
      parameters: unpack(body, segments, theta),
      running: layout.runningCount > 0 ? given.at(-1) : undefined,
    });
    const updated = lowerUpdate(body, rule, bySegment, result.gradients, rowOf(body, schedule, step));
    return { carried: [...updated.flat(), ...(result.running ? [result.running] : [])], kept: [result.loss] };
  });
  for (const [i, { name }] of tensors.entries()) graph.output(carried[i] as Value, training.next(name));
  graph.output(kept[0] as Value, training.losses);
  return graph.encode();
}

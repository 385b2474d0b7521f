import { elementCount } from "../../../spec/element-count.ts";
import { updatesPerBatch } from "../../../spec/updates-per-batch.ts";
import { dropoutSites } from "../../dropout-masks.ts";
import { lowerObjectiveGradient } from "./batch-update.ts";
import { Graph, type Value } from "./graph.ts";
import { loop, rowOf } from "./loop.ts";
import { concatenate, reshape } from "./operators.ts";
import { lowerUpdate, type TrainingShape, training } from "./training-step.ts";

/**
 * Several updates as one graph: an ONNX Loop whose body is one training step. θ, the optimiser's state and running
 * statistics stay in the runtime's arena from step to step and are written out once at the end.
 *
 * Inputs: steps int64 scalar; x float32 [samples, features]; labels int32 [samples]; indices int32 [steps, batch];
 * schedule float32 [updates, numbers of the update rule]; masks of dropout layers, [updates, batch, …]; noise of stability
 * training, [updates, batch, features]; θ and state by segment; running statistics where a layer keeps them. Outputs: new
 * θ, state and running statistics, and the mean loss of the batch before every update, [steps], or [steps, updates of a
 * step] where the objective makes several on each batch.
 */
export function buildTrainingGraph(shape: TrainingShape): Uint8Array {
  const { network, layout, segments, rule, batch, objective } = shape;
  const graph = new Graph({ portable: shape.portable ?? false });
  const updates = updatesPerBatch(objective);
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
  const noise =
    objective && "stability" in objective ? graph.input(training.noise, "float32", [-1, batch, features]) : undefined;
  const kinds = 1 + rule.stateCount;
  const tensors = segments.flatMap((segment, s) =>
    Array.from({ length: kinds }, (_, kind) => graph.input(training.tensor(kind, s), "float32", segment.shape)),
  );
  if (layout.runningCount > 0) tensors.push(graph.input(training.running, "float32", [layout.runningCount]));

  const { carried, kept } = loop(graph, steps, tensors, (body, step, given) => {
    let bySegment = segments.map((_, s) => given.slice(s * kinds, (s + 1) * kinds));
    let running = layout.runningCount > 0 ? given.at(-1) : undefined;
    const thetaOf = () => bySegment.map(([value]) => value as Value);
    const chosen = rowOf(body, indices, step);
    const anchor = thetaOf();
    const losses: Value[] = [];
    for (let i = 0; i < updates; i++) {
      const row = updates === 1 ? step : rowOfUpdate(body, step, updates, i);
      const batchPart = {
        ...shape,
        x,
        labels,
        chosen,
        masks: new Map(masks.map(({ layer, all }) => [layer, rowOf(body, all, row)])),
        noise: noise && rowOf(body, noise, row),
        running,
      };
      const result = lowerObjectiveGradient(body, batchPart, i === 0 ? anchor : thetaOf(), anchor);
      bySegment = lowerUpdate(body, rule, bySegment, result.gradients, rowOf(body, schedule, row));
      running = result.running;
      losses.push(result.loss);
    }
    return { carried: [...bySegment.flat(), ...(running ? [running] : [])], kept: [joined(body, losses)] };
  });
  for (const [i, { name }] of tensors.entries()) graph.output(carried[i] as Value, training.next(name));
  graph.output(kept[0] as Value, training.losses);
  return graph.encode();
}

/** A step's losses: a scalar where it has one, else [updates]. */
function joined(body: Graph, losses: readonly Value[]): Value {
  const [loss, ...rest] = losses as [Value, ...Value[]];
  if (rest.length === 0) return loss;
  return concatenate(
    body,
    losses.map((each) => reshape(body, each, [1])),
  );
}

/** Row of the i-th update of a step, int64 scalar. */
function rowOfUpdate(body: Graph, step: Value, updates: number, i: number): Value {
  const first = body.node("Mul", [step, body.constant("int64", [], [updates])], []);
  return body.node("Add", [first, body.constant("int64", [], [i])], []);
}

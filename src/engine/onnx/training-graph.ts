import type { ParameterLayout } from "../../networks/layout.ts";
import type { ResolvedNetwork } from "../../networks/shapes.ts";
import { elementCount } from "../../spec/element-count.ts";
import { dropoutSites } from "../dropout-masks.ts";
import { lowerBatchGradient } from "./batch-gradient.ts";
import { Graph, type Value } from "./graph.ts";
import type { UpdateRule } from "./optimiser.ts";
import { type Segment, unpack } from "./segments.ts";

/** Names of the graph's inputs and outputs; θ and the state are `theta0`, `theta1` … and `state0_0` …, one per segment. */
export const training = {
  steps: "steps",
  x: "x",
  labels: "labels",
  indices: "indices",
  schedule: "schedule",
  losses: "losses",
  running: "running",
  newRunning: "new_running",
  mask: (layer: number) => `mask${layer}`,
  tensor: (kind: number, segment: number) => (kind === 0 ? `theta${segment}` : `state${kind - 1}_${segment}`),
  newTensor: (kind: number, segment: number) => `new_${training.tensor(kind, segment)}`,
} as const;

/** What a training graph is built for. */
export interface TrainingShape {
  readonly network: ResolvedNetwork;
  readonly layout: ParameterLayout;
  readonly segments: readonly Segment[];
  readonly rule: UpdateRule;
  /** Samples of the training set. */
  readonly samples: number;
  readonly batch: number;
  /** Most samples whose gradient is taken at a time; the whole batch when absent. */
  readonly microBatch?: number | undefined;
  /** See {@link Graph}; false when absent. */
  readonly portable?: boolean;
}

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
    shape: [batch, ...unit],
    all: graph.input(training.mask(layer), "float32", [-1, batch, ...unit]),
  }));
  const kinds = 1 + rule.stateCount;
  const tensors = segments.flatMap((segment, s) =>
    Array.from({ length: kinds }, (_, kind) => graph.input(training.tensor(kind, s), "float32", segment.shape)),
  );
  if (layout.runningCount > 0) tensors.push(graph.input(training.running, "float32", [layout.runningCount]));

  const body = graph.subgraph();
  const step = body.input("step", "int64", []);
  const proceed = body.input("proceed", "bool", []);
  const carried = tensors.map((tensor) => body.input(`carried_${tensor.name}`, "float32", tensor.shape));
  const theta = segments.map((_, s) => carried[s * kinds] as Value);
  const ofStep = (all: Value, lengths: readonly number[]) =>
    body.node("Gather", [all, step], lengths, { attributes: { axis: 0 } });
  const rates = Array.from({ length: rule.scheduleLength }, (_, i) => {
    const row = ofStep(schedule, [rule.scheduleLength]);
    return body.node("Gather", [row, graph.constant("int64", [], [i])], [], { attributes: { axis: 0 } });
  });
  const result = lowerBatchGradient(body, {
    ...shape,
    x,
    labels,
    chosen: ofStep(indices, [batch]),
    masks: new Map(masks.map((mask) => [mask.layer, ofStep(mask.all, mask.shape)])),
    parameters: unpack(body, segments, theta),
    running: layout.runningCount > 0 ? carried.at(-1) : undefined,
  });
  const gradients = rule.clip(body, result.gradients);

  body.output(proceed, "proceed_out");
  for (const [s] of segments.entries()) {
    const state = carried.slice(s * kinds + 1, (s + 1) * kinds);
    for (const value of rule.apply(body, theta[s] as Value, gradients[s] as Value, state, rates)) body.output(value);
  }
  if (result.running) body.output(result.running);
  body.output(result.loss);

  const proceedAlways = graph.node("Cast", [graph.scalar(1)], [], { attributes: { to: 9 }, type: "bool" });
  const results = graph.nodes(
    "Loop",
    [steps, proceedAlways, ...tensors],
    [...tensors.map(({ type, shape: lengths }) => ({ type, shape: lengths })), { type: "float32", shape: [-1] }],
    { body },
  );
  for (const [s] of segments.entries()) {
    for (let kind = 0; kind < kinds; kind++)
      graph.output(results[s * kinds + kind] as Value, training.newTensor(kind, s));
  }
  if (result.running) graph.output(results[tensors.length - 1] as Value, training.newRunning);
  graph.output(results[tensors.length] as Value, training.losses);
  return graph.encode();
}

import type { ResolvedNetwork } from "../../networks/shapes.ts";
import { elementCount } from "../../spec/element-count.ts";
import { dropoutSites } from "./dropout-masks.ts";
import { Graph, type Value } from "./graph.ts";
import { lowerSoftmaxCrossEntropy } from "./layers/softmax-cross-entropy.ts";
import { lowerNetwork } from "./network.ts";
import { gatherRows, matmul, reshape } from "./operators.ts";
import type { UpdateRule } from "./optimiser.ts";
import { pack, type Segment, unpack } from "./segments.ts";

/** Names of the graph's inputs and outputs; θ and the state are `theta0`, `theta1` … and `state0_0` …, one per segment. */
export const training = {
  steps: "steps",
  x: "x",
  labels: "labels",
  indices: "indices",
  schedule: "schedule",
  losses: "losses",
  mask: (layer: number) => `mask${layer}`,
  tensor: (kind: number, segment: number) => (kind === 0 ? `theta${segment}` : `state${kind - 1}_${segment}`),
  newTensor: (kind: number, segment: number) => `new_${training.tensor(kind, segment)}`,
} as const;

/**
 * Several updates as one graph: an ONNX Loop whose body is one training step. θ and the optimiser's state stay in the
 * runtime's arena from step to step and are written out once at the end.
 *
 * Inputs: steps int64 scalar; x float32 [samples, features]; labels int32 [samples]; indices int32 [steps, batch];
 * schedule float32 [steps, numbers of the update rule]; masks of dropout layers; θ and state by segment. Outputs: new θ and state, and the mean
 * loss of every step before its update, [steps].
 */
export function buildTrainingGraph(
  network: ResolvedNetwork,
  segments: readonly Segment[],
  rule: UpdateRule,
  samples: number,
  batch: number,
): Uint8Array {
  const graph = new Graph();
  const features = elementCount(network.input);
  const steps = graph.input(training.steps, "int64", []);
  const x = graph.input(training.x, "float32", [samples, features]);
  const labels = graph.input(training.labels, "int32", [samples]);
  const indices = graph.input(training.indices, "int32", [-1, batch]);
  const schedule = graph.input(training.schedule, "float32", [-1, rule.scheduleLength]);
  const masks = dropoutSites(network).map(({ layer, shape }) => ({
    layer,
    shape: [batch, ...shape],
    all: graph.input(training.mask(layer), "float32", [-1, batch, ...shape]),
  }));
  const kinds = 1 + rule.stateCount;
  const tensors = segments.flatMap((segment, s) =>
    Array.from({ length: kinds }, (_, kind) => graph.input(training.tensor(kind, s), "float32", segment.shape)),
  );

  const body = new Graph(graph);
  const step = body.input("step", "int64", []);
  const proceed = body.input("proceed", "bool", []);
  const carried = tensors.map((tensor) => body.input(`carried_${tensor.name}`, "float32", tensor.shape));
  const chosen = reshape(body, body.node("Gather", [indices, step], [batch], { attributes: { axis: 0 } }), [batch]);
  const rates = Array.from({ length: rule.scheduleLength }, (_, i) => {
    const row = body.node("Gather", [schedule, step], [rule.scheduleLength], { attributes: { axis: 0 } });
    return body.node("Gather", [row, graph.constant("int64", [], [i])], [], { attributes: { axis: 0 } });
  });
  const theta = segments.map((_, s) => carried[s * kinds] as Value);
  const parameters = unpack(body, segments, theta);
  const input = reshape(body, gatherRows(body, x, chosen), [batch, ...network.input]);
  const chosenMasks = masks.map(({ layer, shape, all }): [number, Value] => [
    layer,
    body.node("Gather", [all, step], shape, { attributes: { axis: 0 } }),
  ]);
  const lowered = lowerNetwork(body, network, input, parameters, new Map(chosenMasks));
  const loss = lowerSoftmaxCrossEntropy(body, lowered.logits, gatherRows(body, labels, chosen));
  const gradients = rule.clip(body, pack(body, segments, lowered.backward(loss.backward())));
  const mean = body.constant("float32", [1, batch], new Float32Array(batch).fill(1 / batch));
  const meanLoss = reshape(body, matmul(body, mean, reshape(body, loss.losses, [batch, 1])), []);

  body.output(proceed, "proceed_out");
  for (const [s] of segments.entries()) {
    const state = carried.slice(s * kinds + 1, (s + 1) * kinds);
    for (const value of rule.apply(body, theta[s] as Value, gradients[s] as Value, state, rates)) body.output(value);
  }
  body.output(meanLoss);

  const proceedAlways = graph.node("Cast", [graph.scalar(1)], [], { attributes: { to: 9 }, type: "bool" });
  const results = graph.nodes(
    "Loop",
    [steps, proceedAlways, ...tensors],
    [...tensors.map(({ type, shape }) => ({ type, shape })), { type: "float32", shape: [-1] }],
    { body },
  );
  for (const [s] of segments.entries()) {
    for (let kind = 0; kind < kinds; kind++)
      graph.output(results[s * kinds + kind] as Value, training.newTensor(kind, s));
  }
  graph.output(results[tensors.length] as Value, training.losses);
  return graph.encode();
}

import type { ParameterLayout } from "../../../networks/layout.ts";
import type { ResolvedNetwork } from "../../../networks/shapes.ts";
import { elementCount } from "../../../spec/element-count.ts";
import { Graph, type Value } from "./graph.ts";
import { lowerSoftmaxCrossEntropy } from "./layers/softmax-cross-entropy.ts";
import { lowerNetwork, type Pass } from "./network.ts";
import { reshape } from "./operators.ts";
import { unpackRunning } from "./running-statistics.ts";
import { pack, type Segment, unpack } from "./segments.ts";

/**
 * Names of the graphs' inputs and outputs; θ is `theta0`, `theta1` … and the gradient `gradient0` …, one per segment.
 * θ₀, where patterns are those of another point, is `patternsAt0` ….
 * Networks with running statistics have these as an input too.
 */
export const objective = {
  x: "x",
  labels: "labels",
  running: "running",
  theta: (segment: number) => `theta${segment}`,
  patternsAt: (segment: number) => `patternsAt${segment}`,
  gradient: (segment: number) => `gradient${segment}`,
  losses: "losses",
  correct: "correct",
} as const;

/** What a graph of f is built for. */
export interface ObjectiveShape {
  readonly network: ResolvedNetwork;
  readonly layout: ParameterLayout;
  readonly segments: readonly Segment[];
  readonly batch: number;
  /** See {@link Graph}. */
  readonly portable: boolean;
}

/**
 * x, labels, θ → loss of each sample [batch] and the gradient of their mean, by segment.
 *
 * @param patterns `fixed`: θ₀ is an input too; ReLUs pass the units, and max-pools take the positions, that they do there.
 */
export function buildGradientGraph(shape: ObjectiveShape, patterns: "own" | "fixed" = "own"): Uint8Array {
  const { segments } = shape;
  const { graph, lowered, loss } = forward(shape, patterns);
  const gradients = pack(graph, segments, lowered.backward(loss.backward()));
  for (const [s, gradient] of gradients.entries()) graph.output(gradient, objective.gradient(s));
  graph.output(loss.losses, objective.losses);
  return graph.encode();
}

/** x, labels, θ → loss of each sample [batch] and 1 where the largest logit is the label's, else 0 [batch]. */
export function buildEvaluationGraph(shape: ObjectiveShape): Uint8Array {
  const { batch } = shape;
  const { graph, lowered, loss, labels } = forward(shape);
  const predicted = graph.node("ArgMax", [lowered.logits], [batch], {
    attributes: { axis: 1, keepdims: 0 },
    type: "int64",
  });
  const expected = graph.node("Cast", [labels], [batch], { attributes: { to: 7 }, type: "int64" });
  const equal = graph.node("Equal", [predicted, expected], [batch], { type: "bool" });
  graph.output(loss.losses, objective.losses);
  graph.output(graph.node("Cast", [equal], [batch], { attributes: { to: 1 }, type: "float32" }), objective.correct);
  return graph.encode();
}

function forward({ network, layout, segments, batch, portable }: ObjectiveShape, patterns: "own" | "fixed" = "own") {
  const graph = new Graph({ portable });
  const x = graph.input(objective.x, "float32", [batch, elementCount(network.input)]);
  const labels = graph.input(objective.labels, "int32", [batch]);
  const parameters = (name: (segment: number) => string) =>
    segments.map((segment, s) => graph.input(name(s), "float32", segment.shape));
  const theta = parameters(objective.theta);
  const running =
    layout.runningCount === 0
      ? undefined
      : unpackRunning(graph, layout, graph.input(objective.running, "float32", [layout.runningCount]));
  const input = reshape(graph, x, [batch, ...network.input]);
  const lower = (at: readonly Value[], pass: Pass) =>
    lowerNetwork(graph, network, input, unpack(graph, segments, at), running ? { ...pass, running } : pass);
  const lowered =
    patterns === "own"
      ? lower(theta, {})
      : lower(theta, { pieces: lower(parameters(objective.patternsAt), { pieces: "own" }).pieces });
  return { graph, lowered, labels, loss: lowerSoftmaxCrossEntropy(graph, lowered.logits, labels) };
}

import { elementCount } from "../../../spec/element-count.ts";
import { dropoutSites } from "../../dropout-masks.ts";
import { addGradients, type BatchGradient, differentiate } from "./batch-gradient.ts";
import { ascend, pulledBack } from "./batch-update.ts";
import { Graph, type Value } from "./graph.ts";
import { reshape } from "./operators.ts";
import { unpack } from "./segments.ts";
import { lowerUpdate, type TrainingShape, training } from "./training-step.ts";

/** One of the runs that make up a step: a micro-batch, once for each point where its gradient is taken. */
export interface StepPart {
  /** Samples. */
  readonly size: number;
  /** Whether the gradient begins with it; else there are sums to add to. */
  readonly first: boolean;
  /** Whether it completes the gradient, and so, as a rule, ends the step with the update; else the sums are put out. */
  readonly last: boolean;
  /**
   * Of sharpness-aware minimisation: `ascent` takes the gradient at θ and ends with the point above it, `descent` takes
   * the gradient there and ends with the update.
   */
  readonly pass?: "ascent" | "descent";
  /**
   * Of conservative training with several steps on a batch: θ where the batch began is put out by the batch's first
   * step, and what its other steps pull to.
   */
  readonly anchor?: "set" | "pull";
}

const END = 2 ** 31 - 1;

/**
 * One step, or one micro-batch of a step, as a graph without a Loop: on WebGPU a Loop copies all it carries, and the
 * samples, off the device and back at every step.
 *
 * Inputs: x float32 [samples, features]; labels int32 [samples]; indices int32 [size]; masks of dropout layers [size, …];
 * noise of stability training [size, features]; θ by segment; running statistics where a layer keeps them; unless first,
 * the gradient's sum by segment and the loss's; if last, the optimiser's state by segment, schedule float32 [numbers of
 * the update rule] and losses float32 [n > 1]; in a descent, the point to take the gradient at, by segment, and the loss,
 * and no running statistics; to pull to an anchor, that, by segment. Outputs, each `new_` with the name of the input it
 * replaces: running statistics; if last, θ, state, and losses with this step's at the end and the oldest gone, and an
 * anchor that is set; after an ascent, the point and the loss; else the sums.
 */
export function buildStepGraph(shape: TrainingShape, { size, first, last, pass, anchor }: StepPart): Uint8Array {
  const { network, layout, segments, rule, batch, objective } = shape;
  const graph = new Graph({ portable: shape.portable ?? false });
  const bySegment = (name: (segment: number) => string) =>
    segments.map((segment, s) => graph.input(name(s), "float32", segment.shape));
  const putOut = (values: readonly Value[], name: (segment: number) => string) => {
    for (const [s, value] of values.entries()) graph.output(value, training.next(name(s)));
  };
  const rows = rowsOf(graph, shape, size);
  const isDescent = pass === "descent";
  const theta = isDescent && !last ? [] : bySegment((s) => training.tensor(0, s));
  const keepsRunning = layout.runningCount > 0 && !isDescent;
  const running = keepsRunning ? graph.input(training.running, "float32", [layout.runningCount]) : undefined;
  const before: BatchGradient | undefined = first
    ? undefined
    : { gradients: bySegment(training.gradient), loss: lossInput(graph), running };
  const parameters = unpack(graph, segments, isDescent ? bySegment(training.ascended) : theta);
  const part = differentiate(graph, { network, layout, segments, ...rows, running, objective, parameters }, batch);
  const { gradients, loss } = before ? addGradients(graph, before, part) : part;

  if (part.running) graph.output(part.running, training.next(training.running));
  if (!last) {
    putOut(gradients, training.gradient);
    if (!isDescent) graph.output(loss, training.next(training.loss));
    return graph.encode();
  }
  if (pass === "ascent" && objective && "sam" in objective) {
    putOut(ascend(graph, theta, gradients, objective.sam.rho), training.ascended);
    graph.output(loss, training.next(training.loss));
    return graph.encode();
  }
  if (anchor === "set") putOut(theta, training.anchor);
  const isPulled = anchor === "pull" && objective && "proximal" in objective;
  const descended = isPulled
    ? pulledBack(graph, gradients, theta, bySegment(training.anchor), objective.proximal.lambda)
    : gradients;
  const state = Array.from({ length: rule.stateCount }, (_, kind) => bySegment((s) => training.tensor(kind + 1, s)));
  const schedule = graph.input(training.schedule, "float32", [rule.scheduleLength]);
  const tensors = theta.map((value, s) => [value, ...state.map((values) => values[s] as Value)]);
  for (const [s, values] of lowerUpdate(graph, rule, tensors, descended, schedule).entries()) {
    for (const [kind, value] of values.entries()) graph.output(value, training.next(training.tensor(kind, s)));
  }
  const seen = isDescent ? (before?.loss ?? lossInput(graph)) : loss;
  graph.output(shifted(graph, graph.input(training.losses, "float32", [-1]), seen), training.next(training.losses));
  return graph.encode();
}

/** The micro-batch's samples, and what was drawn for them. */
function rowsOf(graph: Graph, { network, samples, objective }: TrainingShape, size: number) {
  const features = elementCount(network.input);
  return {
    x: graph.input(training.x, "float32", [samples, features]),
    labels: graph.input(training.labels, "int32", [samples]),
    chosen: graph.input(training.indices, "int32", [size]),
    masks: new Map(
      dropoutSites(network).map(({ layer, shape }) => [
        layer,
        graph.input(training.mask(layer), "float32", [size, ...shape]),
      ]),
    ),
    noise: objective && "stability" in objective ? graph.input(training.noise, "float32", [size, features]) : undefined,
  };
}

/** Losses [n > 1] without the oldest, and with the newest at the end. */
function shifted(graph: Graph, losses: Value, newest: Value): Value {
  const one = graph.constant("int64", [1], [1]);
  const kept = graph.node("Slice", [losses, one, graph.constant("int64", [1], [END])], [-1]);
  return graph.node("Concat", [kept, reshape(graph, newest, [1])], [-1], { attributes: { axis: 0 } });
}

function lossInput(graph: Graph): Value {
  return graph.input(training.loss, "float32", []);
}

import type { ParameterLayout } from "../../../networks/layout.ts";
import type { ResolvedNetwork } from "../../../networks/shapes.ts";
import type { TrainingObjective } from "../../../spec/suite.types.ts";
import type { Graph, Value } from "./graph.ts";
import type { UpdateRule } from "./optimiser.ts";
import type { Segment } from "./segments.ts";

/** Names of the graphs' inputs and outputs; θ and the state are `theta0`, `theta1` … and `state0_0` …, one per segment. */
export const training = {
  steps: "steps",
  x: "x",
  labels: "labels",
  indices: "indices",
  schedule: "schedule",
  losses: "losses",
  running: "running",
  mask: (layer: number) => `mask${layer}`,
  noise: "noise",
  tensor: (kind: number, segment: number) => (kind === 0 ? `theta${segment}` : `state${kind - 1}_${segment}`),
  /** What is added up over micro-batches. */
  gradient: (segment: number) => `gradient${segment}`,
  loss: "loss",
  /** θ where a batch began; for conservative training. */
  anchor: (segment: number) => `anchor${segment}`,
  /** Where sharpness-aware minimisation takes its second gradient. */
  ascended: (segment: number) => `ascended${segment}`,
  /** The output that takes an input's place. */
  next: (input: string) => `new_${input}`,
  replacedBy: (output: string) => output.slice("new_".length),
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
  /** What an update descends; the batch's mean loss when absent. */
  readonly objective?: TrainingObjective | undefined;
  /** See {@link Graph}; false when absent. */
  readonly portable?: boolean;
}

/**
 * The end of a step: clips the batch's gradient and applies the update rule.
 *
 * @param tensors by segment, θ and then the state. @param schedule the step's numbers, [numbers of the rule].
 * @returns as `tensors`, after the update.
 */
export function lowerUpdate(
  graph: Graph,
  rule: UpdateRule,
  tensors: readonly (readonly Value[])[],
  gradients: readonly Value[],
  schedule: Value,
): Value[][] {
  const numbers = Array.from({ length: rule.scheduleLength }, (_, i) =>
    graph.node("Gather", [schedule, graph.constant("int64", [], [i])], [], { attributes: { axis: 0 } }),
  );
  const clipped = rule.clip(graph, gradients);
  return tensors.map(([theta, ...state], s) => rule.apply(graph, theta as Value, clipped[s] as Value, state, numbers));
}

import type { TrainingObjective } from "../../../spec/suite.types.ts";
import type { Graph, Value } from "./graph.ts";
import { lowerCrossEntropy, lowerSoftmaxCrossEntropy, softmax } from "./layers/softmax-cross-entropy.ts";
import type { LoweredNetwork } from "./network.ts";
import { add, multiply, reshape } from "./operators.ts";

/** Objectives that look at changed samples beside those of the batch. */
export type TwoPassObjective = Extract<TrainingObjective, { adversarial: unknown } | { stability: unknown }>;

export function isTwoPass(objective: TrainingObjective | undefined): objective is TwoPassObjective {
  return objective !== undefined && ("adversarial" in objective || "stability" in objective);
}

/** A batch's pass, and how to make another one. */
export interface FirstPass {
  /** [batch, …input]. */
  readonly input: Value;
  /** [batch]. */
  readonly labels: Value;
  readonly lowered: LoweredNetwork;
  /** Standard normal numbers, [batch, features]; for stability training. */
  readonly noise: Value | undefined;
  /** The network on other samples, at the same parameters and dropout masks. */
  again(input: Value): LoweredNetwork;
}

/**
 * Losses, [batch], and gradients by parameter of an objective with a second pass. What the second pass is given counts as
 * fixed: no gradient flows through how it was found.
 *
 * @param count what the losses' sum is divided by.
 * @see Goodfellow et al. 2015, eq. in section 6, without clipping to the data's range; Zheng et al. 2016, eq. 4 and 9
 */
export function lowerTwoPasses(
  graph: Graph,
  objective: TwoPassObjective,
  { input, labels, lowered, noise, again }: FirstPass,
  count: number,
): { losses: Value; gradients: Value[] } {
  const loss = lowerSoftmaxCrossEntropy(graph, lowered.logits, labels);
  const scaled = (value: Value, factor: number) => multiply(graph, value, graph.scalar(factor));
  const weighted = (a: readonly Value[], weightA: number, b: readonly Value[], weightB: number) =>
    a.map((value, i) => add(graph, scaled(value, weightA), scaled(b[i] as Value, weightB)));
  if ("adversarial" in objective) {
    const { epsilon, weight = 0.5 } = objective.adversarial;
    const first = lowered.backwardToInput(loss.backward(count));
    const second = again(add(graph, input, scaled(sign(graph, first.input), epsilon)));
    const other = lowerSoftmaxCrossEntropy(graph, second.logits, labels);
    const gradients = second.backward(other.backward(count));
    return {
      losses: add(graph, scaled(loss.losses, weight), scaled(other.losses, 1 - weight)),
      gradients: weighted(first.parameters, weight, gradients, 1 - weight),
    };
  }
  const { noise: size, weight } = objective.stability;
  if (!noise) throw new Error("stability training was given no noise");
  const second = again(add(graph, input, scaled(reshape(graph, noise, input.shape), size)));
  const term = lowerCrossEntropy(graph, second.logits, softmax(graph, lowered.logits));
  return {
    losses: add(graph, loss.losses, scaled(term.losses, weight)),
    gradients: weighted(lowered.backward(loss.backward(count)), 1, second.backward(term.backward(count)), weight),
  };
}

/** −1, 0 or 1; WebGPU lacks the Sign operator. */
function sign(graph: Graph, x: Value): Value {
  const large = multiply(graph, x, graph.scalar(1e38));
  return graph.node("Clip", [large, graph.scalar(-1), graph.scalar(1)], x.shape);
}

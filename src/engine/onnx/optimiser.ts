import type { AdagradSettings, AdamSettings, Optimizer, SgdSettings } from "../../spec/suite.types.ts";
import type { Graph, Value } from "./graph.ts";
import { add, divide, multiply, squareRoot, subtract } from "./operators.ts";

/** An update rule written as graph nodes, with its state and the numbers that change from update to update. */
export interface UpdateRule {
  /** Vectors of state kept for every parameter besides θ, such as moments; they start at 0. */
  readonly stateCount: number;
  /** How many numbers `schedule` gives. */
  readonly scheduleLength: number;
  /** The numbers of one update, the learning rate (or what stands for it) first. @param update counted from 1. */
  schedule(update: number): number[];
  /** The gradients of all segments, shortened where the rule has a limit. */
  clip(graph: Graph, gradients: readonly Value[]): readonly Value[];
  /** @param schedule the numbers as scalars. @returns the new θ and the new state. */
  apply(graph: Graph, theta: Value, gradient: Value, state: readonly Value[], schedule: readonly Value[]): Value[];
}

type PlainRule = Omit<UpdateRule, "clip">;

/** @param optimizer with or without defaults filled in. */
export function updateRule(optimizer: Optimizer): UpdateRule {
  const [rule, { weightDecay = 0, clipNorm }] =
    "adam" in optimizer
      ? [adam(optimizer.adam), optimizer.adam]
      : "sgd" in optimizer
        ? [sgd(optimizer.sgd), optimizer.sgd]
        : [adagrad(optimizer.adagrad), optimizer.adagrad];
  return {
    ...rule,
    clip: (graph, gradients) => (clipNorm === undefined ? gradients : clipByNorm(graph, gradients, clipNorm)),
    apply(graph, theta, gradient, state, schedule) {
      if (weightDecay === 0) return rule.apply(graph, theta, gradient, state, schedule);
      const penalty = multiply(graph, theta, graph.scalar(weightDecay));
      return rule.apply(graph, theta, add(graph, gradient, penalty), state, schedule);
    },
  };
}

/** All gradients scaled by min(1, limit / (norm + 1e-6)), norm taken over all of them, as PyTorch's clip_grad_norm_. */
function clipByNorm(graph: Graph, gradients: readonly Value[], limit: number): Value[] {
  const squares = gradients.map((gradient) =>
    graph.node("ReduceSumSquare", [gradient], [], { attributes: { keepdims: 0 } }),
  );
  const norm = squareRoot(graph, squares.length === 1 ? (squares[0] as Value) : graph.node("Sum", squares, []));
  const ratio = divide(graph, graph.scalar(limit), add(graph, norm, graph.scalar(1e-6)));
  const factor = graph.node("Min", [graph.scalar(1), ratio], []);
  return gradients.map((gradient) => multiply(graph, gradient, factor));
}

/** s ← s + g², θ ← θ − lr g / (√s + ε) (Duchi et al. 2011, as PyTorch has it). */
function adagrad({ learningRate, epsilon = 1e-10 }: AdagradSettings): PlainRule {
  return {
    stateCount: 1,
    scheduleLength: 1,
    schedule: () => [learningRate],
    apply(graph, theta, gradient, state, schedule) {
      const [rate] = schedule as [Value];
      const sum = add(graph, state[0] as Value, multiply(graph, gradient, gradient));
      const direction = divide(graph, gradient, add(graph, squareRoot(graph, sum), graph.scalar(epsilon)));
      return [subtract(graph, theta, multiply(graph, direction, rate)), sum];
    },
  };
}

/**
 * Adam (Kingma & Ba 2015, algorithm 1) with scaled moments M = m / (1 − β₁), V = v / (1 − β₂): M ← β₁M + g,
 * V ← β₂V + g². The bias corrections go into two scalars: θ ← θ − a M / (√V + b).
 */
function adam({ learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamSettings): PlainRule {
  return {
    stateCount: 2,
    scheduleLength: 2,
    schedule(update) {
      const first = (1 - beta1) / (1 - beta1 ** update);
      const second = Math.sqrt((1 - beta2) / (1 - beta2 ** update));
      return [(learningRate * first) / second, epsilon / second];
    },
    apply(graph, theta, gradient, state, schedule) {
      const [oldFirst, oldSecond] = state as [Value, Value];
      const [rate, floor] = schedule as [Value, Value];
      const first = add(graph, multiply(graph, oldFirst, graph.scalar(beta1)), gradient);
      const squared = multiply(graph, gradient, gradient);
      const second = add(graph, multiply(graph, oldSecond, graph.scalar(beta2)), squared);
      const direction = divide(graph, first, add(graph, squareRoot(graph, second), floor));
      return [subtract(graph, theta, multiply(graph, direction, rate)), first, second];
    },
  };
}

/** v ← m v + g, θ ← θ − lr v (PyTorch's form, no dampening); without momentum there is no state. */
function sgd({ learningRate, momentum = 0 }: SgdSettings): PlainRule {
  return {
    stateCount: momentum === 0 ? 0 : 1,
    scheduleLength: 1,
    schedule: () => [learningRate],
    apply(graph, theta, gradient, state, schedule) {
      const [rate] = schedule as [Value];
      const [old] = state;
      const velocity = old ? add(graph, multiply(graph, old, graph.scalar(momentum)), gradient) : gradient;
      const moved = subtract(graph, theta, multiply(graph, velocity, rate));
      return old ? [moved, velocity] : [moved];
    },
  };
}

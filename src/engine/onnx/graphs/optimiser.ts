import type { Optimizer } from "../../../spec/suite.types.ts";
import { type UpdateConstants, updateConstants } from "../../update-constants.ts";
import type { Graph, Value } from "./graph.ts";
import { add, divide, multiply, squareRoot, subtract } from "./operators.ts";

/** An update rule written as graph nodes, with its state and the numbers that change from update to update. */
export interface UpdateRule extends Pick<UpdateConstants, "stateCount" | "scheduleLength" | "schedule"> {
  /** The gradients of all segments, shortened where the rule has a limit. */
  clip(graph: Graph, gradients: readonly Value[]): readonly Value[];
  /** @param schedule the numbers as scalars. @returns the new θ and the new state. */
  apply(graph: Graph, theta: Value, gradient: Value, state: readonly Value[], schedule: readonly Value[]): Value[];
}

/** @param optimizer with or without defaults filled in. */
export function updateRule(optimizer: Optimizer): UpdateRule {
  const constants = updateConstants(optimizer);
  const { stateCount, scheduleLength, schedule, weightDecay, clipNorm } = constants;
  const apply = applyOf(constants);
  return {
    stateCount,
    scheduleLength,
    schedule,
    clip: (graph, gradients) => (clipNorm === undefined ? gradients : clipByNorm(graph, gradients, clipNorm)),
    apply(graph, theta, gradient, state, numbers) {
      if (weightDecay === 0) return apply(graph, theta, gradient, state, numbers);
      const penalty = multiply(graph, theta, graph.scalar(weightDecay));
      return apply(graph, theta, add(graph, gradient, penalty), state, numbers);
    },
  };
}

function applyOf(constants: UpdateConstants): UpdateRule["apply"] {
  switch (constants.rule) {
    case "adam":
      return adam(constants);
    case "sgd":
      return sgd(constants);
    case "adagrad":
      return adagrad(constants);
  }
}

/** All gradients scaled by min(1, limit / (norm + 1e-6)), norm taken over all of them, as PyTorch's clip_grad_norm_. */
function clipByNorm(graph: Graph, gradients: readonly Value[], limit: number): Value[] {
  const squares = gradients.map((gradient) =>
    graph.node("ReduceSumSquare", [gradient], [], { attributes: { keepdims: 0 } }),
  );
  const norm = squareRoot(
    graph,
    squares.reduce((sum, square) => add(graph, sum, square)),
  );
  const ratio = divide(graph, graph.scalar(limit), add(graph, norm, graph.scalar(1e-6)));
  const factor = graph.node("Min", [graph.scalar(1), ratio], []);
  return gradients.map((gradient) => multiply(graph, gradient, factor));
}

function adagrad({ epsilon }: { readonly epsilon: number }): UpdateRule["apply"] {
  return (graph, theta, gradient, state, schedule) => {
    const [rate] = schedule as [Value];
    const sum = add(graph, state[0] as Value, multiply(graph, gradient, gradient));
    const direction = divide(graph, gradient, add(graph, squareRoot(graph, sum), graph.scalar(epsilon)));
    return [subtract(graph, theta, multiply(graph, direction, rate)), sum];
  };
}

function adam({ beta1, beta2 }: { readonly beta1: number; readonly beta2: number }): UpdateRule["apply"] {
  return (graph, theta, gradient, state, schedule) => {
    const [oldFirst, oldSecond] = state as [Value, Value];
    const [rate, floor] = schedule as [Value, Value];
    const first = add(graph, multiply(graph, oldFirst, graph.scalar(beta1)), gradient);
    const squared = multiply(graph, gradient, gradient);
    const second = add(graph, multiply(graph, oldSecond, graph.scalar(beta2)), squared);
    const direction = divide(graph, first, add(graph, squareRoot(graph, second), floor));
    return [subtract(graph, theta, multiply(graph, direction, rate)), first, second];
  };
}

function sgd({ momentum }: { readonly momentum: number }): UpdateRule["apply"] {
  return (graph, theta, gradient, state, schedule) => {
    const [rate] = schedule as [Value];
    const [old] = state;
    const velocity = old ? add(graph, multiply(graph, old, graph.scalar(momentum)), gradient) : gradient;
    const moved = subtract(graph, theta, multiply(graph, velocity, rate));
    return old ? [moved, velocity] : [moved];
  };
}

import { type BatchGradient, type BatchToDifferentiate, lowerBatchGradient } from "./batch-gradient.ts";
import type { Graph, Value } from "./graph.ts";
import { add, divide, multiply, squareRoot, subtract } from "./operators.ts";
import { unpack } from "./segments.ts";

/** Against division by zero where a gradient vanishes. */
const SMALLEST_NORM = 1e-12;

/** The batch without the parameters, which differ from gradient to gradient. */
export type Batch = Omit<BatchToDifferentiate, "parameters">;

/**
 * The gradient that an update descends, by segment, with the batch's loss at θ.
 *
 * @param theta by segment.
 * @param anchor by segment: θ where the batch began; for conservative training.
 * @see Foret et al. 2021, algorithm 1; Keskar 2017, eq. 5
 */
export function lowerObjectiveGradient(
  graph: Graph,
  batch: Batch,
  theta: readonly Value[],
  anchor: readonly Value[] = theta,
): BatchGradient {
  const { segments, objective } = batch;
  const at = (point: readonly Value[], running: Value | undefined) =>
    lowerBatchGradient(graph, { ...batch, running, parameters: unpack(graph, segments, point) });
  const first = at(theta, batch.running);
  if (objective && "sam" in objective) {
    const ascended = ascend(graph, theta, first.gradients, objective.sam.rho);
    return { ...first, gradients: at(ascended, undefined).gradients };
  }
  if (objective && "proximal" in objective && anchor !== theta) {
    return { ...first, gradients: pulledBack(graph, first.gradients, theta, anchor, objective.proximal.lambda) };
  }
  return first;
}

/** g + λ (θ − θₖ), by segment. */
export function pulledBack(
  graph: Graph,
  gradients: readonly Value[],
  theta: readonly Value[],
  anchor: readonly Value[],
  lambda: number,
): Value[] {
  return gradients.map((gradient, s) => {
    const away = subtract(graph, theta[s] as Value, anchor[s] as Value);
    return add(graph, gradient, multiply(graph, away, graph.scalar(lambda)));
  });
}

/** θ + ρ g / ‖g‖₂, by segment. */
export function ascend(graph: Graph, theta: readonly Value[], gradients: readonly Value[], rho: number): Value[] {
  const squares = gradients.map((gradient) =>
    graph.node("ReduceSumSquare", [gradient], [], { attributes: { keepdims: 0 } }),
  );
  const norm = squareRoot(
    graph,
    squares.reduce((sum, square) => add(graph, sum, square)),
  );
  const factor = divide(graph, graph.scalar(rho), add(graph, norm, graph.scalar(SMALLEST_NORM)));
  return theta.map((value, s) => add(graph, value, multiply(graph, gradients[s] as Value, factor)));
}

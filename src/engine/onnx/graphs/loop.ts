import type { Graph, Value } from "./graph.ts";

export interface Round {
  /** What the next round starts from, and the loop ends with. */
  readonly carried: readonly Value[];
  /** What is kept of every round. */
  readonly kept?: readonly Value[];
}

/**
 * An ONNX Loop of a given number of rounds. Values of the graph around it can be used in its body.
 *
 * @param rounds int64 scalar
 * @param start what the first round is given
 * @returns what the last round carried, and what was kept, stacked: [rounds, …]
 */
export function loop(
  graph: Graph,
  rounds: Value,
  start: readonly Value[],
  body: (body: Graph, round: Value, carried: readonly Value[]) => Round,
): { readonly carried: Value[]; readonly kept: Value[] } {
  const inner = graph.subgraph();
  const round = inner.input(graph.unique("round"), "int64", []);
  const proceed = inner.input(graph.unique("proceed"), "bool", []);
  const given = start.map(({ type, shape }) => inner.input(graph.unique("carried"), type, shape));
  const { carried, kept = [] } = body(inner, round, given);
  inner.output(proceed, graph.unique("proceed_out"));
  for (const value of [...carried, ...kept]) inner.output(value);
  const always = graph.node("Cast", [graph.scalar(1)], [], { attributes: { to: 9 }, type: "bool" });
  const outputs = graph.nodes(
    "Loop",
    [rounds, always, ...start],
    [
      ...start.map(({ type, shape }) => ({ type, shape })),
      ...kept.map(({ type, shape }) => ({ type, shape: [-1, ...shape] })),
    ],
    { body: inner },
  );
  return { carried: outputs.slice(0, start.length), kept: outputs.slice(start.length) };
}

/** The row of x [rounds, …] that belongs to a round. */
export function rowOf(body: Graph, x: Value, round: Value): Value {
  return body.node("Gather", [x, round], x.shape.slice(1), { attributes: { axis: 0 } });
}

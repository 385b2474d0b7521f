import type { ParameterLayout, ParameterTensor } from "../../../networks/layout.ts";
import type { Graph, Value } from "./graph.ts";
import { concatenate, reshape, split } from "./operators.ts";

/** Parameters up to this size are packed with their neighbours: copying them costs less than ten small optimiser nodes each. */
const PACKED_SIZE = 32_768;

/**
 * A run of θ that a graph holds as one tensor: one large parameter in its own shape, or several small neighbours as
 * one vector. Either way it is a contiguous view of the flat vector, so no copy is made on the way in or out.
 */
export interface Segment {
  readonly offset: number;
  readonly size: number;
  readonly shape: readonly number[];
  readonly parameters: readonly ParameterTensor[];
}

/** Cuts θ into segments, in order. */
export function segmentsOf(layout: ParameterLayout): Segment[] {
  const segments: Segment[] = [];
  let pending: ParameterTensor[] = [];
  const flush = () => {
    const [first] = pending;
    if (!first) return;
    const size = pending.reduce((sum, parameter) => sum + parameter.size, 0);
    segments.push({ offset: first.offset, size, shape: [size], parameters: pending });
    pending = [];
  };
  for (const parameter of layout.parameters) {
    if (parameter.size <= PACKED_SIZE) {
      pending.push(parameter);
      continue;
    }
    flush();
    segments.push({ offset: parameter.offset, size: parameter.size, shape: parameter.shape, parameters: [parameter] });
  }
  flush();
  return segments;
}

/** The parameters of all segments in layout order, each in its own shape. */
export function unpack(graph: Graph, segments: readonly Segment[], values: readonly Value[]): Value[] {
  return segments.flatMap((segment, i) => {
    const value = values[i] as Value;
    if (segment.parameters.length === 1) return [reshape(graph, value, segment.parameters[0]?.shape ?? [])];
    const parts = split(
      graph,
      value,
      segment.parameters.map(({ size }) => size),
    );
    return parts.map((part, k) => reshape(graph, part, segment.parameters[k]?.shape ?? []));
  });
}

/** The reverse of {@link unpack}, for gradients. */
export function pack(graph: Graph, segments: readonly Segment[], parameters: readonly Value[]): Value[] {
  let next = 0;
  return segments.map((segment) => {
    const parts = segment.parameters.map(() => parameters[next++] as Value);
    if (segment.parameters.length === 1) return reshape(graph, parts[0] as Value, segment.shape);
    return concatenate(
      graph,
      parts.map((part, k) => reshape(graph, part, [segment.parameters[k]?.size ?? 0])),
    );
  });
}

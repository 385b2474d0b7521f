import type { Segment } from "./graphs/segments.ts";
import { tensor } from "./session.ts";

/** Flat vectors as tensors by segment, without a copy. */
export function segmentTensors(
  segments: readonly Segment[],
  vectors: readonly Float32Array[],
  name: (vector: number, segment: number) => string,
): Record<string, ReturnType<typeof tensor>> {
  const tensors: Record<string, ReturnType<typeof tensor>> = {};
  for (const [s, { offset, size, shape }] of segments.entries()) {
    for (const [v, vector] of vectors.entries()) {
      tensors[name(v, s)] = tensor(vector.subarray(offset, offset + size), shape);
    }
  }
  return tensors;
}

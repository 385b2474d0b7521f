import type { Part } from "../../evaluation-parts.ts";
import { microBatches } from "../../micro-batches.ts";
import type { Graph, Value } from "./graph.ts";
import { loop, rowOf } from "./loop.ts";
import { add, concatenate, reshape, slice, zeros } from "./operators.ts";

/** Of a chunk, or of all: by image, [images, …], and sums over them. */
export interface Chunk {
  readonly images: readonly Value[];
  readonly sums: readonly Value[];
}

/**
 * Computes something a chunk of images at a time, so that only one chunk's intermediate values are alive: chunks of one
 * size in an ONNX Loop, sizes differing by one at most.
 *
 * @param images each [batch, …]
 * @param size most images at a time
 * @param sumShapes of what `compute` gives as sums
 */
export function byChunks(
  graph: Graph,
  images: readonly Value[],
  size: number,
  sumShapes: readonly (readonly number[])[],
  compute: (graph: Graph, images: readonly Value[]) => Chunk,
): Chunk {
  const [batch = 1] = images[0]?.shape ?? [];
  const parts = microBatches(batch, size);
  if (parts.length === 1) return compute(graph, images);
  let sums = sumShapes.map((shape) => zeros(graph, shape));
  const joined: Value[][] = [];
  for (const count of new Set(parts.map((part) => part.count))) {
    const alike = parts.filter((part) => part.count === count);
    const rows = images.map((value) => stackedParts(graph, value, alike));
    const section = loop(graph, graph.constant("int64", [], [alike.length]), sums, (body, round, carried) => {
      const chunk = compute(
        body,
        rows.map((value) => rowOf(body, value, round)),
      );
      return { carried: chunk.sums.map((value, i) => add(body, carried[i] as Value, value)), kept: chunk.images };
    });
    sums = section.carried;
    joined.push(
      section.kept.map((value) => {
        const [, , ...image] = value.shape;
        return reshape(graph, { ...value, shape: [alike.length, count, ...image] }, [alike.length * count, ...image]);
      }),
    );
  }
  const [first = [], ...others] = joined;
  return {
    images: first.map((value, i) => concatenate(graph, [value, ...others.map((more) => more[i] as Value)])),
    sums,
  };
}

/** Consecutive parts of equal size, one above the other: [parts, size, …]. */
export function stackedParts(graph: Graph, x: Value, parts: readonly Part[]): Value {
  const [{ first, count }] = parts as readonly [Part];
  const repeats = parts.length;
  return reshape(graph, slice(graph, x, 0, first, first + repeats * count), [repeats, count, ...x.shape.slice(1)]);
}

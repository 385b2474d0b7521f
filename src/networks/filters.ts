import type { ParameterLayout } from "./layout.ts";

/** The weights of one output of a layer: a row of a dense weight, or a kernel of a convolution. */
export interface Filter {
  /** First element in θ. */
  readonly offset: number;
  readonly size: number;
}

/** The filters of a network in the order of θ; biases and batch norms belong to none. */
export function filtersOf({ parameters }: ParameterLayout): Filter[] {
  return parameters.flatMap(({ shape, offset, size }) => {
    const [count = 1, ...rest] = shape;
    if (rest.length === 0) return [];
    const each = size / count;
    return Array.from({ length: count }, (_, i) => ({ offset: offset + i * each, size: each }));
  });
}

/**
 * A direction at the scale of a point: each filter's part gets the norm of the point's own, all else is 0.
 *
 * @param direction Float32Array[n]
 * @param point Float32Array[n]
 * @see Li et al. 2018, section 4
 */
export function filterNormalised(
  direction: Float32Array,
  point: Float32Array,
  layout: ParameterLayout,
): Float32Array<ArrayBuffer> {
  const scaled = new Float32Array(direction.length);
  for (const filter of filtersOf(layout)) {
    const length = filterNorm(direction, filter);
    const factor = length > 0 ? filterNorm(point, filter) / length : 0;
    for (let i = filter.offset; i < filter.offset + filter.size; i++) scaled[i] = factor * (direction[i] as number);
  }
  return scaled;
}

/** ‖·‖₂ of a filter's part of a vector. */
export function filterNorm(vector: Float32Array, { offset, size }: Filter): number {
  let sum = 0;
  for (let i = offset; i < offset + size; i++) sum += (vector[i] as number) ** 2;
  return Math.sqrt(sum);
}

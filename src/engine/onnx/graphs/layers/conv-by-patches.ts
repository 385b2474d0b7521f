import type { Graph, Value } from "../graph.ts";
import { concatenate, gemm, padAxis, reshape, slice, transpose } from "../operators.ts";
import { turnedGeometry, type WindowGeometry } from "./geometry.ts";

// A convolution as one matrix product over the whole batch: weight [filters, channels · kernel²] times every window's
// pixels as a column [channels · kernel², pixels · batch]. The batch comes last, so that windows are copied in long runs.

const MOST_PIXELS = 64;
const MOST_NUMBERS = 2 ** 24;

/**
 * Whether products over the whole batch are faster. The Conv operator makes one an image, which is narrow where the output
 * has few pixels. It takes memory for all patches at once, so large batches stay with the operator.
 */
export function suitsPatches(
  graph: Graph,
  [batch = 1]: readonly number[],
  [, channels = 1]: readonly number[],
  { kernel, rows, columns }: WindowGeometry,
): boolean {
  const pixels = rows.outputs * columns.outputs;
  return !graph.portable && pixels <= MOST_PIXELS && channels * kernel ** 2 * pixels * batch <= MOST_NUMBERS;
}

export function convolveByPatches(
  graph: Graph,
  x: Value,
  weight: Value,
  bias: Value | undefined,
  geometry: WindowGeometry,
): Value {
  return product(graph, weight, patches(graph, x, geometry), bias, x, geometry);
}

export function weightGradientByPatches(
  graph: Graph,
  x: Value,
  gradient: Value,
  weightShape: readonly number[],
  geometry: WindowGeometry,
): Value {
  const [filters = 1] = weightShape;
  const errors = reshape(graph, batchLast(graph, gradient), [filters, -1]);
  // The runtime makes equal patches once, for here and for the forward pass.
  const byWeight = gemm(graph, errors, patches(graph, x, geometry), { transposeB: true });
  return reshape(graph, byWeight, weightShape);
}

/** Of a convolution of stride 1. @param shape of the input. */
export function inputGradientByPatches(
  graph: Graph,
  gradient: Value,
  weight: Value,
  shape: readonly number[],
  geometry: WindowGeometry,
): Value {
  const turned = turnedGeometry(geometry, shape);
  // The kernel is turned round by taking its positions in reverse order.
  const columns = patches(graph, gradient, turned, true);
  return product(graph, transpose(graph, weight, [1, 0, 2, 3]), columns, undefined, gradient, turned);
}

function product(
  graph: Graph,
  weight: Value,
  columns: Value,
  bias: Value | undefined,
  x: Value,
  geometry: WindowGeometry,
): Value {
  const [filters = 1] = weight.shape;
  const [batch = 1] = x.shape;
  const plus = bias && reshape(graph, bias, [filters, 1]);
  const result = gemm(graph, reshape(graph, weight, [filters, -1]), columns, { plus });
  const byBatch = transpose(graph, reshape(graph, result, [-1, batch]), [1, 0]);
  return reshape(graph, byBatch, [batch, filters, geometry.rows.outputs, geometry.columns.outputs]);
}

function patches(graph: Graph, x: Value, geometry: WindowGeometry, reversed = false): Value {
  const { kernel, stride, rows, columns } = geometry;
  const [batch = 1, channels = 1] = x.shape;
  const count = rows.outputs * columns.outputs * batch;
  const wide = padAxis(graph, batchLast(graph, x), 2, columns.before, columns.after);
  const whole = padAxis(graph, wide, 1, rows.before, rows.after);
  const reach = (outputs: number) => (outputs - 1) * stride + 1;
  const shifted: Value[] = [];
  for (let i = 0; i < kernel; i++) {
    const band = slice(graph, whole, 1, i, i + reach(rows.outputs), stride);
    for (let j = 0; j < kernel; j++) {
      const window = slice(graph, band, 2, j, j + reach(columns.outputs), stride);
      shifted.push(reshape(graph, window, [channels, 1, count]));
    }
  }
  const all = concatenate(graph, reversed ? shifted.reverse() : shifted, 1);
  return reshape(graph, all, [channels * kernel ** 2, count]);
}

/** [batch, channels, height, width] as [channels, height, width, batch]. */
function batchLast(graph: Graph, x: Value): Value {
  const [batch = 1, ...image] = x.shape;
  return reshape(graph, transpose(graph, reshape(graph, x, [batch, -1]), [1, 0]), [...image, batch]);
}

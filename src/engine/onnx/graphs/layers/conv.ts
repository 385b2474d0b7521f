import type { Window } from "../../../../networks/shapes.ts";
import type { Graph, Value } from "../graph.ts";
import { concatenate, gemm, padAxis, reshape, slice, split, sumPerChannel, transpose } from "../operators.ts";
import { convolveByPatches, inputGradientByPatches, suitsPatches, weightGradientByPatches } from "./conv-by-patches.ts";
import { convolution } from "./convolution.ts";
import { marginsOf, turnedGeometry, type WindowGeometry } from "./geometry.ts";
import type { BiasRole, LoweredLayer } from "./lowered-layer.ts";

/** Up to so many input channels the CPU is fastest with one convolution, axes swapped, for the gradient by the weights. */
const FEW_CHANNELS = 4;

/**
 * Two-dimensional convolution.
 *
 * @param x [batch, channels, height, width]
 * @param weight [filters, channels, kernel, kernel]
 * @param bias [filters]
 */
export function lowerConv(
  graph: Graph,
  x: Value,
  weight: Value,
  bias: Value,
  geometry: WindowGeometry,
  role: BiasRole,
): LoweredLayer {
  return {
    output: convolve(graph, x, weight, role === "omitted" ? undefined : bias, geometry),
    backward(gradient, needInput) {
      const byBias =
        role === "trained"
          ? reshape(graph, sumPerChannel(graph, gradient), bias.shape)
          : graph.constant("float32", bias.shape, new Float32Array(bias.shape[0] ?? 0));
      const parameters = [weightGradient(graph, x, gradient, weight.shape, geometry), byBias];
      return needInput
        ? { input: inputGradient(graph, gradient, weight, x.shape, geometry), parameters }
        : { parameters };
    },
  };
}

/** @returns [batch, filters, rows, columns] */
export function convolve(
  graph: Graph,
  x: Value,
  weight: Value,
  bias: Value | undefined,
  geometry: WindowGeometry,
): Value {
  if (suitsPatches(graph, x.shape, weight.shape, geometry)) {
    return convolveByPatches(graph, x, weight, bias, geometry);
  }
  return convolution(graph, x, weight, { bias, margins: marginsOf(geometry), stride: geometry.stride });
}

export function weightGradient(
  graph: Graph,
  x: Value,
  gradient: Value,
  weightShape: readonly number[],
  geometry: WindowGeometry,
): Value {
  if (suitsPatches(graph, x.shape, weightShape, geometry)) {
    return weightGradientByPatches(graph, x, gradient, weightShape, geometry);
  }
  // A GPU gains nothing from small products: they are many, each one waiting for the last.
  const oneConv = graph.portable || (x.shape[1] ?? 1) <= FEW_CHANNELS;
  const method = oneConv ? weightGradientBySwappedConv : weightGradientByRows;
  return method(graph, x, gradient, weightShape, geometry);
}

/** Stride 1: a convolution with the kernel turned round and its channel axes swapped. Else a transposed convolution. */
export function inputGradient(
  graph: Graph,
  gradient: Value,
  weight: Value,
  shape: readonly number[],
  geometry: WindowGeometry,
): Value {
  const { kernel, stride, rows, columns } = geometry;
  const [, , height = 1, width = 1] = shape;
  if (stride === 1) {
    const blind = { rows: blindWindows(rows, kernel), columns: blindWindows(columns, kernel) };
    if (blind.rows.count + blind.columns.count > 0) {
      const upright = slice(graph, gradient, 2, blind.rows.first, rows.outputs - blind.rows.last);
      const seeing = slice(graph, upright, 3, blind.columns.first, columns.outputs - blind.columns.last);
      const left = { kernel, stride, rows: blind.rows.others, columns: blind.columns.others };
      return inputGradient(graph, seeing, weight, shape, left);
    }
    const turnedWindows = turnedGeometry(geometry, shape);
    if (suitsPatches(graph, gradient.shape, [0, weight.shape[0] ?? 1], turnedWindows)) {
      return inputGradientByPatches(graph, gradient, weight, shape, geometry);
    }
    const turned = graph.node(
      "Slice",
      [
        weight,
        graph.constant("int64", [2], [-1, -1]),
        graph.constant("int64", [2], [-kernel - 1, -kernel - 1]),
        graph.constant("int64", [2], [2, 3]),
        graph.constant("int64", [2], [-1, -1]),
      ],
      weight.shape,
    );
    const byChannel = transpose(graph, turned, [1, 0, 2, 3]);
    return convolution(graph, gradient, byChannel, { margins: marginsOf(turnedWindows) });
  }
  // Rows at the end that no window reached have gradient 0.
  const missing = (length: number, window: Window) =>
    length - ((window.outputs - 1) * stride + kernel - window.before - window.after);
  return graph.node("ConvTranspose", [gradient, weight], shape, {
    attributes: {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [rows.before, columns.before, rows.after, columns.after],
      output_padding: [missing(height, rows), missing(width, columns)],
    },
  });
}

/** Of windows moved by 1, those at either end that see nothing but padding, where it is as wide as the kernel. */
function blindWindows({ before, after, outputs }: Window, kernel: number) {
  const first = Math.max(0, before - kernel + 1);
  const last = Math.max(0, after - kernel + 1);
  const others: Window = { before: before - first, after: after - last, outputs: outputs - first - last };
  return { first, last, count: first + last, others };
}

/** ∂f/∂W as a convolution of x by the gradient, channels and batch swapped in both; a stride becomes a dilation. */
function weightGradientBySwappedConv(
  graph: Graph,
  x: Value,
  gradient: Value,
  weightShape: readonly number[],
  geometry: WindowGeometry,
): Value {
  const [, , kernel = 1] = weightShape;
  const whole = convolution(graph, transpose(graph, x, [1, 0, 2, 3]), transpose(graph, gradient, [1, 0, 2, 3]), {
    margins: marginsOf(geometry),
    dilation: geometry.stride,
  });
  const kernelPart = slice(graph, slice(graph, whole, 2, 0, kernel), 3, 0, kernel);
  return transpose(graph, kernelPart, [1, 0, 2, 3]);
}

/**
 * ∂f/∂W as matrix products, one per output row and row of the kernel: for each row of the padded images, the patches of
 * one kernel row are laid out once and multiplied by the gradients of every output row that sees them. Both factors have
 * the index they are summed over last, which is how the product is fastest.
 */
function weightGradientByRows(
  graph: Graph,
  x: Value,
  gradient: Value,
  weightShape: readonly number[],
  { kernel, stride, rows, columns }: WindowGeometry,
): Value {
  const [batch = 1, channels = 1, height = 1] = x.shape;
  const [filters = 1] = weightShape;
  const pixels = splitRows(graph, padAxis(graph, x, 3, columns.before, columns.after));
  const errors = splitRows(graph, gradient).map((row) => reshape(graph, row, [filters, batch * columns.outputs]));
  const reach = (columns.outputs - 1) * stride + 1;
  const sums: (Value | undefined)[] = new Array(kernel).fill(undefined);
  for (let row = 0; row < height; row++) {
    let patches: Value | undefined;
    for (let k = 0; k < kernel; k++) {
      const output = (row + rows.before - k) / stride;
      if (!Number.isInteger(output) || output < 0 || output >= rows.outputs) continue;
      patches ??= patchesOf(pixels[row] as Value);
      sums[k] = gemm(graph, patches, errors[output] as Value, { transposeB: true, plus: sums[k] });
    }
  }
  const zero = () =>
    graph.constant("float32", [kernel * channels, filters], new Float32Array(kernel * channels * filters));
  const stacked = concatenate(
    graph,
    sums.map((sum) => reshape(graph, transpose(graph, sum ?? zero(), [1, 0]), [filters, 1, kernel, channels])),
    1,
  );
  return transpose(graph, stacked, [0, 3, 1, 2]);

  /** [1, channels, batch, padded width] to [kernel · channels, batch · outputs]. */
  function patchesOf(row: Value): Value {
    const shifted = Array.from({ length: kernel }, (_, l) => slice(graph, row, 3, l, l + reach, stride));
    return reshape(graph, concatenate(graph, shifted, 1), [kernel * channels, batch * columns.outputs]);
  }
}

/** x [batch, channels, height, width] as one [1, channels, batch, width] for each row. */
function splitRows(graph: Graph, x: Value): Value[] {
  return split(graph, transpose(graph, x, [2, 1, 0, 3]), new Array(x.shape[2]).fill(1));
}

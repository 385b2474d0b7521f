import type { Window } from "../../../networks/shapes.ts";
import type { Graph, Value } from "../graph.ts";
import { gatherRows, gemm, reshape, slice, sumRows, transpose } from "../operators.ts";
import type { LoweredLayer } from "./lowered-layer.ts";

/** Windows over rows and over columns, with what they share. */
export interface ConvGeometry {
  readonly kernel: number;
  readonly stride: number;
  readonly rows: Window;
  readonly columns: Window;
}

/** Bytes of gathered patches held at once while the weights' gradient is summed up. */
const PATCH_BYTES = 16 * 2 ** 20;
/** Up to so many input channels, the gradient by the weights is one convolution with the axes swapped. */
const FEW_CHANNELS = 4;

/**
 * Two-dimensional convolution.
 *
 * @param x [batch, channels, height, width]
 * @param weight [filters, channels, kernel, kernel]
 * @param bias [filters]
 * @param biasCancels see {@link lowerDense}.
 */
export function lowerConv(
  graph: Graph,
  x: Value,
  weight: Value,
  bias: Value,
  geometry: ConvGeometry,
  biasCancels: boolean,
): LoweredLayer {
  const { kernel, stride, rows, columns } = geometry;
  const [batch = 1] = x.shape;
  const [filters = 1] = weight.shape;
  const outputShape = [batch, filters, rows.outputs, columns.outputs];
  const output = graph.node("Conv", biasCancels ? [x, weight] : [x, weight, bias], outputShape, {
    attributes: { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: pads(geometry) },
  });
  return {
    output,
    backward(gradient, needInput) {
      const byWeight =
        (x.shape[1] ?? 1) <= FEW_CHANNELS
          ? weightGradientBySwappedConv(graph, x, gradient, weight.shape, geometry)
          : weightGradientByPatches(graph, x, gradient, weight.shape, geometry);
      const byBias = biasCancels
        ? graph.constant("float32", bias.shape, new Float32Array(filters))
        : reshape(graph, sumRows(graph, reshape(graph, transpose(graph, gradient, [0, 2, 3, 1]), [-1, filters])), [
            filters,
          ]);
      const parameters = [byWeight, byBias];
      return needInput
        ? { input: inputGradient(graph, gradient, weight, x.shape, geometry), parameters }
        : { parameters };
    },
  };
}

function pads({ rows, columns }: ConvGeometry): number[] {
  return [rows.before, columns.before, rows.after, columns.after];
}

/** Stride 1: a convolution with the kernel turned round and its channel axes swapped. Else a transposed convolution. */
function inputGradient(
  graph: Graph,
  gradient: Value,
  weight: Value,
  shape: readonly number[],
  geometry: ConvGeometry,
): Value {
  const { kernel, stride, rows, columns } = geometry;
  const [, , height = 1, width = 1] = shape;
  if (stride === 1) {
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
    return graph.node("Conv", [gradient, transpose(graph, turned, [1, 0, 2, 3])], shape, {
      attributes: {
        kernel_shape: [kernel, kernel],
        strides: [1, 1],
        pads: pads(geometry).map((pad) => kernel - 1 - pad),
      },
    });
  }
  // Rows at the end that no window reached have gradient 0.
  const missing = (length: number, window: Window) =>
    length - ((window.outputs - 1) * stride + kernel - window.before - window.after);
  return graph.node("ConvTranspose", [gradient, weight], shape, {
    attributes: {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: pads(geometry),
      output_padding: [missing(height, rows), missing(width, columns)],
    },
  });
}

/** ∂f/∂W as a convolution of x by the gradient, channels and batch swapped in both; a stride becomes a dilation. */
function weightGradientBySwappedConv(
  graph: Graph,
  x: Value,
  gradient: Value,
  weightShape: readonly number[],
  geometry: ConvGeometry,
): Value {
  const { kernel, stride, rows, columns } = geometry;
  const [, channels = 1, height = 1, width = 1] = x.shape;
  const [filters = 1] = weightShape;
  const reach = (length: number, window: Window) =>
    length + window.before + window.after - (window.outputs - 1) * stride;
  const shape = [channels, filters, reach(height, rows), reach(width, columns)];
  const whole = graph.node(
    "Conv",
    [transpose(graph, x, [1, 0, 2, 3]), transpose(graph, gradient, [1, 0, 2, 3])],
    shape,
    {
      attributes: {
        kernel_shape: [rows.outputs, columns.outputs],
        dilations: [stride, stride],
        strides: [1, 1],
        pads: pads(geometry),
      },
    },
  );
  const kernelPart = slice(graph, slice(graph, whole, 2, 0, kernel), 3, 0, kernel);
  return transpose(graph, kernelPart, [1, 0, 2, 3]);
}

/**
 * ∂f/∂W as a matrix product: the patches of x under each output position, gathered a few images at a time, against the
 * gradient there.
 */
function weightGradientByPatches(
  graph: Graph,
  x: Value,
  gradient: Value,
  weightShape: readonly number[],
  { kernel, stride, rows, columns }: ConvGeometry,
): Value {
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  const [filters = 1] = weightShape;
  const paddedHeight = height + rows.before + rows.after;
  const paddedWidth = width + columns.before + columns.after;
  const positions = rows.outputs * columns.outputs;
  const patch = kernel * kernel * channels;
  const padded = graph.node(
    "Pad",
    [
      transpose(graph, x, [0, 2, 3, 1]),
      graph.constant("int64", [8], [0, rows.before, columns.before, 0, 0, rows.after, columns.after, 0]),
    ],
    [batch, paddedHeight, paddedWidth, channels],
  );
  const pixels = reshape(graph, padded, [batch * paddedHeight * paddedWidth, channels]);
  const errors = reshape(graph, transpose(graph, gradient, [0, 2, 3, 1]), [batch * positions, filters]);
  const imagesAtOnce = Math.max(1, Math.min(batch, Math.floor(PATCH_BYTES / (4 * positions * patch))));

  let sum: Value | undefined;
  for (let first = 0; first < batch; first += imagesAtOnce) {
    const images = Math.min(imagesAtOnce, batch - first);
    const part = slice(
      graph,
      pixels,
      0,
      first * paddedHeight * paddedWidth,
      (first + images) * paddedHeight * paddedWidth,
    );
    const index = graph.constant("int32", [images * positions * kernel * kernel], patchIndices(images));
    const patches = reshape(graph, gatherRows(graph, part, index), [images * positions, patch]);
    const partErrors = slice(graph, errors, 0, first * positions, (first + images) * positions);
    sum = gemm(graph, partErrors, patches, { transposeA: true, plus: sum });
  }
  return transpose(graph, reshape(graph, sum as Value, [filters, kernel, kernel, channels]), [0, 3, 1, 2]);

  function patchIndices(images: number): Int32Array {
    const indices = new Int32Array(images * positions * kernel * kernel);
    let at = 0;
    for (let image = 0; image < images; image++) {
      for (let row = 0; row < rows.outputs; row++) {
        for (let column = 0; column < columns.outputs; column++) {
          for (let k = 0; k < kernel; k++) {
            const start = (image * paddedHeight + row * stride + k) * paddedWidth + column * stride;
            for (let l = 0; l < kernel; l++) indices[at++] = start + l;
          }
        }
      }
    }
    return indices;
  }
}

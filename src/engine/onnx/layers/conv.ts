import type { Window } from "../../../networks/shapes.ts";
import type { Graph, Value } from "../graph.ts";
import { gatherRows, gemm, reshape, slice, split, sumPerChannel, transpose } from "../operators.ts";
import type { BiasRole, LoweredLayer } from "./lowered-layer.ts";

/** Windows over rows and over columns, with what they share. */
export interface ConvGeometry {
  readonly kernel: number;
  readonly stride: number;
  readonly rows: Window;
  readonly columns: Window;
}

/** Up to so many input channels, the gradient by the weights is one convolution with the axes swapped. */
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
  geometry: ConvGeometry,
  role: BiasRole,
): LoweredLayer {
  const { kernel, stride, rows, columns } = geometry;
  const [batch = 1] = x.shape;
  const [filters = 1] = weight.shape;
  const outputShape = [batch, filters, rows.outputs, columns.outputs];
  const output = graph.node("Conv", role === "omitted" ? [x, weight] : [x, weight, bias], outputShape, {
    attributes: { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: pads(geometry) },
  });
  return {
    output,
    backward(gradient, needInput) {
      const byWeight =
        (x.shape[1] ?? 1) <= FEW_CHANNELS
          ? weightGradientBySwappedConv(graph, x, gradient, weight.shape, geometry)
          : weightGradientByRows(graph, x, gradient, weight.shape, geometry);
      const byBias =
        role === "trained"
          ? reshape(graph, sumPerChannel(graph, gradient), [filters])
          : graph.constant("float32", bias.shape, new Float32Array(filters));
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
 * ∂f/∂W as matrix products, one per output row and row of the kernel: for each row of the padded images, the patches of
 * one kernel row are gathered once and multiplied by the gradients of every output row that sees them.
 */
function weightGradientByRows(
  graph: Graph,
  x: Value,
  gradient: Value,
  weightShape: readonly number[],
  { kernel, stride, rows, columns }: ConvGeometry,
): Value {
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  const [filters = 1] = weightShape;
  const paddedWidth = width + columns.before + columns.after;
  // Rows first: [height, batch, width, channels], and the gradient the same way, so that a row of all images is one block.
  const zeros = graph.constant("int64", [8], [0, 0, columns.before, 0, 0, 0, columns.after, 0]);
  const byRow = graph.node("Pad", [rowsFirst(graph, x), zeros], [height, batch, paddedWidth, channels]);
  const pixels = split(
    graph,
    reshape(graph, byRow, [height * batch * paddedWidth, channels]),
    equal(height, batch * paddedWidth),
  );
  const errors = split(
    graph,
    reshape(graph, rowsFirst(graph, gradient), [rows.outputs * batch * columns.outputs, filters]),
    equal(rows.outputs, batch * columns.outputs),
  );
  const index = graph.constant("int32", [batch * columns.outputs * kernel], patchIndices());
  const sums: (Value | undefined)[] = new Array(kernel).fill(undefined);
  for (let row = 0; row < height; row++) {
    let patches: Value | undefined;
    for (let k = 0; k < kernel; k++) {
      const output = (row + rows.before - k) / stride;
      if (!Number.isInteger(output) || output < 0 || output >= rows.outputs) continue;
      patches ??= reshape(graph, gatherRows(graph, pixels[row] as Value, index), [
        batch * columns.outputs,
        kernel * channels,
      ]);
      sums[k] = gemm(graph, errors[output] as Value, patches, { transposeA: true, plus: sums[k] });
    }
  }
  const zero = () =>
    graph.constant("float32", [filters, kernel * channels], new Float32Array(filters * kernel * channels));
  const stacked = graph.node(
    "Concat",
    sums.map((sum) => reshape(graph, sum ?? zero(), [filters, 1, kernel, channels])),
    [filters, kernel, kernel, channels],
    { attributes: { axis: 1 } },
  );
  return transpose(graph, stacked, [0, 3, 1, 2]);

  function patchIndices(): Int32Array {
    const indices = new Int32Array(batch * columns.outputs * kernel);
    let at = 0;
    for (let image = 0; image < batch; image++) {
      for (let column = 0; column < columns.outputs; column++) {
        for (let l = 0; l < kernel; l++) indices[at++] = image * paddedWidth + column * stride + l;
      }
    }
    return indices;
  }
}

/** [batch, channels, height, width] to [height, batch, width, channels], in two transpositions the runtime does in blocks. */
function rowsFirst(graph: Graph, x: Value): Value {
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  const rows = reshape(graph, transpose(graph, x, [0, 2, 3, 1]), [batch, height, width * channels]);
  return reshape(graph, transpose(graph, rows, [1, 0, 2]), [height, batch, width, channels]);
}

function equal(parts: number, length: number): number[] {
  return new Array(parts).fill(length);
}

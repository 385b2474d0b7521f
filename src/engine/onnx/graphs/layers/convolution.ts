import type { Graph, Value } from "../graph.ts";
import { type Margins, padImage } from "./pad-image.ts";

export interface ConvolutionOptions {
  readonly bias?: Value | undefined;
  /** Zeros around the input. */
  readonly margins: Margins;
  readonly stride?: number;
  /** Step between the elements of the kernel. */
  readonly dilation?: number;
}

/**
 * The Conv operator: x [batch, channels, height, width] by weight [filters, channels, rows, columns] of the kernel.
 *
 * onnxruntime 1.30's WebGPU provider overlooks margins of a 1×1 kernel that are only below or to the right (its session
 * settings avoid what else it overlooks); portable graphs pad beforehand there.
 */
export function convolution(
  graph: Graph,
  x: Value,
  weight: Value,
  { bias, margins, stride = 1, dilation = 1 }: ConvolutionOptions,
): Value {
  const { top, left, bottom, right } = margins;
  if (graph.portable && weight.shape[2] === 1 && weight.shape[3] === 1 && (bottom > 0 || right > 0)) {
    const padded = padImage(graph, x, margins, 0);
    return convolution(graph, padded, weight, { bias, margins: NONE, stride, dilation });
  }
  const [batch = 1, , height = 1, width = 1] = x.shape;
  const [filters = 1, , kernelRows = 1, kernelColumns = 1] = weight.shape;
  const outputs = (length: number, kernel: number) => Math.floor((length - (kernel - 1) * dilation - 1) / stride) + 1;
  const shape = [
    batch,
    filters,
    outputs(height + top + bottom, kernelRows),
    outputs(width + left + right, kernelColumns),
  ];
  return graph.node("Conv", bias ? [x, weight, bias] : [x, weight], shape, {
    attributes: {
      kernel_shape: [kernelRows, kernelColumns],
      strides: [stride, stride],
      dilations: [dilation, dilation],
      pads: [top, left, bottom, right],
    },
  });
}

const NONE: Margins = { top: 0, left: 0, bottom: 0, right: 0 };

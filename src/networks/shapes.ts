import { elementCount } from "../spec/element-count.ts";
import { ClaimbenchError } from "../spec/error.ts";
import type { Layer, Network, Padding } from "../spec/network.types.ts";
import { unrolledLayers } from "../spec/unrolled-layers.ts";

/** A network as `readNetwork` gives it: repeats unrolled, defaults filled in. */
export interface ResolvedNetwork {
  readonly name: string;
  readonly input: readonly number[];
  readonly layers: readonly Layer[];
  /** glorot-uniform when absent. */
  readonly initialiser?: NonNullable<Network["initialiser"]>;
}

/** Unrolls what is left to unroll; a network of a resolved suite comes out as it is. */
export function resolvedNetwork(network: Network, name: string): ResolvedNetwork {
  const layers = unrolledLayers(network);
  return { name, input: network.input, layers, ...(network.initialiser ? { initialiser: network.initialiser } : {}) };
}

/** What goes into and comes out of one layer, without the batch: [features] or [channels, height, width]. */
export interface LayerShape {
  readonly layer: Layer;
  /** Position in the unrolled list; names the layer's parameters. */
  readonly index: number;
  readonly input: readonly number[];
  readonly output: readonly number[];
}

/** Rows (or columns) of padding before and after, and the outputs of a sliding window. */
export interface Window {
  readonly before: number;
  readonly after: number;
  readonly outputs: number;
}

/**
 * A window of `size` moved by `stride` over `inputs` positions.
 * "same" puts the odd row at the end, as Keras does; a number pads both sides, as PyTorch does.
 */
export function slidingWindow(inputs: number, size: number, stride: number, padding: Padding): Window {
  if (padding === "same") {
    const outputs = Math.ceil(inputs / stride);
    const total = Math.max((outputs - 1) * stride + size - inputs, 0);
    return { before: Math.floor(total / 2), after: Math.ceil(total / 2), outputs };
  }
  const each = padding === "valid" ? 0 : padding;
  return { before: each, after: each, outputs: Math.floor((inputs + 2 * each - size) / stride) + 1 };
}

/**
 * The shape before and after every layer.
 *
 * @throws ClaimbenchError `network-shape` with the shapes up to the layer that does not fit.
 */
export function inferShapes(network: ResolvedNetwork): LayerShape[] {
  const shapes: LayerShape[] = [];
  let input = network.input;
  for (const [index, layer] of network.layers.entries()) {
    const output = outputShape(layer, input);
    if (typeof output === "string") throw misfit(network, shapes, `layer ${index} (${layer.layer}) ${output}`);
    shapes.push({ layer, index, input, output });
    input = output;
  }
  if (input.length !== 1) {
    throw misfit(
      network,
      shapes,
      `the last layer must give one logit per class, a shape [classes]; it gives [${input}]`,
    );
  }
  return shapes;
}

/** @returns the shape, or what is wrong in words that follow the layer's name. */
function outputShape(layer: Layer, input: readonly number[]): readonly number[] | string {
  switch (layer.layer) {
    case "dense":
      return input.length === 1
        ? [layer.units]
        : `needs a flat input; it gets [${input}]: put a flatten layer before it`;
    case "flatten":
      return [elementCount(input)];
    case "conv":
    case "max-pool": {
      const [channels, height, width] = input;
      if (channels === undefined || height === undefined || width === undefined) {
        return `needs an input [channels, height, width]; it gets [${input}]`;
      }
      const size = layer.layer === "conv" ? layer.kernel : layer.size;
      const stride = layer.stride ?? (layer.layer === "conv" ? 1 : size);
      const padding = layer.padding ?? "valid";
      const rows = slidingWindow(height, size, stride, padding).outputs;
      const columns = slidingWindow(width, size, stride, padding).outputs;
      if (rows < 1 || columns < 1) return `has a ${size}×${size} window, larger than its ${height}×${width} input`;
      return [layer.layer === "conv" ? layer.filters : channels, rows, columns];
    }
    default:
      return input;
  }
}

function misfit(network: ResolvedNetwork, shapes: readonly LayerShape[], problem: string): ClaimbenchError {
  const table = shapes.map((shape) => `  ${shape.index}  ${shape.layer.layer}  [${shape.input}] → [${shape.output}]`);
  return new ClaimbenchError("network-shape", [`network ${network.name}: ${problem}`, ...table].join("\n"));
}

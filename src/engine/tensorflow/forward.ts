import {
  inferShapes,
  type LayerShape,
  type ResolvedNetwork,
  slidingWindow,
  type Window,
} from "../../networks/shapes.ts";
import type { Padding } from "../../spec/network.types.ts";
import { poolBeforeRelu } from "../pool-before-relu.ts";
import { coveredByWindows } from "./covered-by-windows.ts";
import { LOWEST, type Operators, type Statistics } from "./operators.ts";
import { type Pieces, type PoolPiece, passUnits, poolPiece, type ReluPiece, reluPiece, takeWinners } from "./pieces.ts";
import type { Tensor, Tf } from "./tf.ts";

/** What a pass through the network has besides parameters. */
export interface Pass {
  /** Of the dropout layers by position, channels last; without them dropout is the identity. */
  readonly masks?: ReadonlyMap<number, Tensor>;
  /** Where batch norm with running statistics normalises, by position; without them with the batch's own, as while training. */
  readonly running?: ReadonlyMap<number, Statistics>;
  /** Takes the statistics of layers that keep running ones, variances unbiased; its own to dispose of. */
  readonly report?: (layer: number, statistics: Statistics) => void;
  /** The linear pieces that ReLUs and max-pools are taken to be on, by position; without them the input's own. */
  readonly pieces?: Pieces;
  /** Takes the pieces that the input is on. */
  readonly reportPiece?: (layer: number, piece: Pieces[number]) => void;
}

/**
 * What becomes of the bias of the layer before a batch norm, see the onnx engine's: subtracting the batch's mean
 * removes it. It is `omitted`, or, where running means have to include it, added but `fixed`.
 */
type BiasRole = "trained" | "fixed" | "omitted";

/** One layer with what runs it. */
export interface PlacedLayer extends LayerShape {
  readonly bias: BiasRole;
}

/** The layers in the order they run in. @param running whether batch norm normalises at running statistics. */
export function placedLayers(network: ResolvedNetwork, running: boolean): PlacedLayer[] {
  const shapes = poolBeforeRelu(inferShapes(network));
  return shapes.map((shape, position) => ({ ...shape, bias: biasRole(shapes[position + 1], running) }));
}

function biasRole(following: LayerShape | undefined, running: boolean): BiasRole {
  if (following?.layer.layer !== "batch-norm") return "trained";
  if (following.layer.statistics !== "running") return "omitted";
  return running ? "trained" : "fixed";
}

/** Axes that bring [batch, channels, …image] to channels last. */
export function axesToChannelsLast(rank: number): number[] {
  return [0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2), 1];
}

/**
 * The logits [batch, classes].
 *
 * @param x [batch, …input], channels last.
 * @param parameters in layout order, each in its own shape.
 */
export function forward(
  tf: Tf,
  operators: Operators,
  layers: readonly PlacedLayer[],
  x: Tensor,
  parameters: readonly Tensor[],
  pass: Pass,
): Tensor {
  let next = 0;
  const take = () => parameters[next++] as Tensor;
  return layers.reduce((input, layer) => runLayer(tf, operators, layer, input, take, pass), x);
}

function runLayer(
  tf: Tf,
  operators: Operators,
  { layer, index, input, bias }: PlacedLayer,
  x: Tensor,
  take: () => Tensor,
  { masks, running, report, pieces, reportPiece }: Pass,
): Tensor {
  switch (layer.layer) {
    case "dense": {
      const product = tf.matMul(x, take(), false, true);
      return addBias(tf, product, take(), bias);
    }
    case "conv": {
      const filter = tf.transpose(take(), [2, 3, 1, 0]);
      const { stride = 1, padding = "valid" } = layer;
      const { padded, mode } = padImages(tf, x, input, layer.kernel, stride, padding, 0);
      return addBias(tf, tf.conv2d(padded, filter, stride, mode), take(), bias);
    }
    case "max-pool": {
      const { size, stride = size, padding = "valid" } = layer;
      const { padded, mode } = padImages(tf, x, input, size, stride, padding, LOWEST);
      const piece = pieces?.[index] as PoolPiece | undefined;
      if (!piece && !reportPiece) return operators.maxPool(padded, size, stride, mode);
      const covered = coveredByWindows(tf, padded, size, stride, mode);
      if (piece) return takeWinners(tf, covered, piece, size, stride);
      reportPiece?.(index, poolPiece(tf, covered, size, stride));
      return operators.maxPool(covered, size, stride, "valid");
    }
    case "batch-norm": {
      const [scale, shift, epsilon] = [take(), take(), layer.epsilon ?? 1e-5];
      const fixed = running?.get(index);
      if (fixed) return normaliseAt(tf, x, scale, shift, fixed, epsilon);
      const keeps = layer.statistics === "running" && report;
      return operators.batchNorm(x, scale, shift, epsilon, keeps ? (values) => keeps(index, values) : undefined);
    }
    case "relu": {
      const piece = pieces?.[index] as ReluPiece | undefined;
      if (piece) return passUnits(tf, x, piece);
      reportPiece?.(index, reluPiece(tf, x));
      return operators.relu(x);
    }
    case "dropout": {
      const mask = masks?.get(index);
      return mask ? tf.mul(x, mask) : x;
    }
    case "flatten":
      return flatten(tf, x);
  }
}

function addBias(tf: Tf, x: Tensor, bias: Tensor, role: BiasRole): Tensor {
  return role === "omitted" ? x : tf.add(x, bias);
}

/** To [batch, elements] in the order of channels first, which the next layer's weights go by. */
function flatten(tf: Tf, x: Tensor): Tensor {
  const [batch = 1] = x.shape;
  const rank = x.shape.length;
  const axes = [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, i) => i + 1)];
  return tf.reshape(rank > 2 ? tf.transpose(x, axes) : x, [batch, -1]);
}

/** Batch normalisation at given statistics, which are constants of the function. */
function normaliseAt(
  tf: Tf,
  x: Tensor,
  scale: Tensor,
  shift: Tensor,
  { mean, variance }: Statistics,
  epsilon: number,
): Tensor {
  const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(tf.sub(x, mean), factor), shift);
}

/** Images ready for a sliding window in one of TensorFlow's two modes: padded first where neither is what is wanted. */
function padImages(
  tf: Tf,
  x: Tensor,
  [, height = 1, width = 1]: readonly number[],
  size: number,
  stride: number,
  padding: Padding,
  value: number,
): { readonly padded: Tensor; readonly mode: "same" | "valid" } {
  const windows = [height, width].map((length) => slidingWindow(length, size, stride, padding)) as [Window, Window];
  const isLike = (mode: "same" | "valid") =>
    [height, width].every((length, i) => {
      const { before, after } = slidingWindow(length, size, stride, mode);
      return before === windows[i]?.before && after === windows[i]?.after;
    });
  if (isLike("valid")) return { padded: x, mode: "valid" };
  if (isLike("same")) return { padded: x, mode: "same" };
  const [rows, columns] = windows.map(({ before, after }) => [before, after] as const) as [Pair, Pair];
  return { padded: tf.pad(x, [[0, 0], rows, columns, [0, 0]], value), mode: "valid" };
}

type Pair = readonly [number, number];

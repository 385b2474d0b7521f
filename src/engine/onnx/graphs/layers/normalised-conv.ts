import { LARGE_OUTPUT } from "../../../../networks/work.ts";
import { byChunks } from "../chunks.ts";
import type { Graph, Value } from "../graph.ts";
import { add, divide, multiply, reciprocal, reshape, squareRoot, sumPerChannel, sumRows } from "../operators.ts";
import { convolve, inputGradient, weightGradient } from "./conv.ts";
import type { WindowGeometry } from "./geometry.ts";
import type { BiasRole, LoweredLayer } from "./lowered-layer.ts";
import { maxPool, pooled } from "./max-pool.ts";
import type { Maxima } from "./maxima.ts";

/** Parameters of a convolution and of the batch norm after it. */
export interface NormalisedConvParameters {
  /** [filters, channels, kernel, kernel] */
  readonly weight: Value;
  /** The convolution's, [filters]. */
  readonly bias: Value;
  /** γ and β, [filters]. */
  readonly scale: Value;
  readonly shift: Value;
}

/**
 * A convolution, batch norm with the batch's statistics, and a max-pool if one follows, together: most of the work of
 * batch norm goes away.
 *
 * - A mean of convolutions is the convolution of the mean image. Known beforehand, it goes into the convolution's bias,
 *   and the result c comes out centred.
 * - Where γ ≥ 0, normalising and pooling commute: it is enough to normalise the maxima. Filters with γ < 0 are turned
 *   round first (s = ±1 times the weight), so that it holds for all.
 * - The sums in batch norm's gradient have terms only where the maxima were.
 * - So of c only the maxima need to be kept. A large batch is convolved a chunk of images at a time, and once more in the
 *   backward pass: that takes a quarter of the memory and, with each chunk in the processor's cache, half the time.
 *
 * With p the maxima of c (or c itself) and u = 1/√(variance + ε): y = |γ| u p + β.
 */
export function lowerNormalisedConv(
  graph: Graph,
  x: Value,
  { weight, bias, scale, shift }: NormalisedConvParameters,
  window: WindowGeometry,
  pool: WindowGeometry | undefined,
  epsilon: number,
  role: BiasRole,
  chunk = imagesAtATime(graph, x.shape[0] ?? 1, weight.shape[0] ?? 1, window),
): LoweredLayer {
  const [batch = 1] = x.shape;
  const [filters = 1] = weight.shape;
  const count = batch * window.rows.outputs * window.columns.outputs;
  const perChannel = (value: Value) => reshape(graph, value, [1, filters, 1, 1]);
  const perFilter = (value: Value) => reshape(graph, value, [filters, 1, 1, 1]);

  const turn = pool ? signOrOne(graph, scale) : undefined;
  const turned = (value: Value) => (turn ? multiply(graph, value, turn) : value);
  const kernels = turn ? multiply(graph, weight, perFilter(turn)) : weight;
  const mean = meanOfConvolutions(graph, x, kernels, window);
  const centre = graph.node("Neg", [mean], [filters]);
  const whole = chunk >= batch ? convolveAndPool(graph, x) : undefined;
  const pass = byChunks(graph, [x], chunk, [[1, filters, 1, 1]], (inner, [images]) => {
    const centred = whole?.centred ?? convolve(inner, images as Value, kernels, centre, window);
    const output = whole?.maxima?.output ?? (pool ? pooled(inner, centred, pool) : centred);
    return { images: [output], sums: [sumOfSquares(inner, centred)] };
  });
  const [kept, squares] = [pass.images[0] as Value, pass.sums[0] as Value];
  const variance = multiply(graph, squares, graph.scalar(1 / count));
  const inverseDeviation = reciprocal(graph, squareRoot(graph, add(graph, variance, graph.scalar(epsilon))));
  const factor = multiply(graph, perChannel(turned(scale)), inverseDeviation);
  const batchMean = turned(mean);
  return {
    output: add(graph, multiply(graph, kept, factor), perChannel(shift)),
    statistics: {
      mean: role === "omitted" ? batchMean : add(graph, batchMean, bias),
      variance: reshape(graph, variance, [filters]),
    },
    backward(gradient, needInput) {
      const sum = sumPerChannel(graph, gradient);
      const correlation = multiply(graph, sumPerChannel(graph, multiply(graph, gradient, kept)), inverseDeviation);
      // By c: the gradient times γ u where it came from, and the share of the mean and the variance everywhere.
      const perSample = divide(graph, factor, graph.scalar(-count));
      const slope = multiply(graph, perSample, multiply(graph, correlation, inverseDeviation));
      const share = multiply(graph, perSample, sum);
      const stored = pool ? [] : [kept];
      const shares = byChunks(
        graph,
        [x, gradient, ...stored],
        chunk,
        [weight.shape],
        (inner, [images = x, errors = gradient, centred]) => {
          const again = whole ?? (centred ? { centred } : convolveAndPool(inner, images));
          const everywhere = add(inner, multiply(inner, again.centred, slope), share);
          const direct = multiply(inner, errors, factor);
          const byOutput = again.maxima
            ? again.maxima.inputGradient(direct, everywhere)
            : add(inner, everywhere, direct);
          return {
            images: needInput ? [inputGradient(inner, byOutput, kernels, images.shape, window)] : [],
            sums: [weightGradient(inner, images, byOutput, weight.shape, window)],
          };
        },
      );
      const byKernels = shares.sums[0] as Value;
      const parameters = [
        turn ? multiply(graph, byKernels, perFilter(turn)) : byKernels,
        graph.constant("float32", bias.shape, new Float32Array(filters)),
        turned(reshape(graph, correlation, scale.shape)),
        reshape(graph, sum, shift.shape),
      ];
      const [input] = shares.images;
      return input ? { input, parameters } : { parameters };
    },
  };

  function convolveAndPool(inner: Graph, images: Value): { centred: Value; maxima?: Maxima } {
    const centred = convolve(inner, images, kernels, centre, window);
    return pool ? { centred, maxima: maxPool(inner, centred, pool) } : { centred };
  }
}

/** Of a chunk's output: what fits a processor's cache. */
const CHUNK = 1e6;

/** How many of `batch` images to convolve at a time: all, unless that takes much memory. A GPU's is not spared so. */
function imagesAtATime(graph: Graph, batch: number, filters: number, { rows, columns }: WindowGeometry): number {
  const each = filters * rows.outputs * columns.outputs;
  return graph.portable || batch * each <= LARGE_OUTPUT ? batch : Math.max(1, Math.floor(CHUNK / each));
}

/** 1 where x ≥ 0, else −1. */
function signOrOne(graph: Graph, x: Value): Value {
  // No scalars: some operators want theirs in the CPU's memory, and equal constants are one.
  const one = (value: number) => graph.constant("float32", [1], [value]);
  const negative = graph.node("Less", [x, one(0)], x.shape, { type: "bool" });
  return graph.node("Where", [negative, one(-1), one(1)], x.shape, { type: "float32" });
}

/** Over batch and pixels of x [batch, channels, height, width], as [1, channels, 1, 1]. */
function sumOfSquares(graph: Graph, x: Value): Value {
  const [batch = 1, channels = 1] = x.shape;
  const perImage = graph.node("ReduceSumSquare", [reshape(graph, x, [batch * channels, -1])], [batch * channels], {
    attributes: { axes: [1], keepdims: 0 },
  });
  return reshape(graph, sumRows(graph, reshape(graph, perImage, [batch, channels])), [1, channels, 1, 1]);
}

/** Mean over batch and pixels of x convolved with the kernels, [filters]. */
function meanOfConvolutions(graph: Graph, x: Value, kernels: Value, window: WindowGeometry): Value {
  const [batch = 1, ...image] = x.shape;
  const [filters = 1] = kernels.shape;
  const meanImage = sumRows(graph, reshape(graph, x, [batch, -1]), 1 / batch);
  const convolved = convolve(graph, reshape(graph, meanImage, [1, ...image]), kernels, undefined, window);
  const pixels = window.rows.outputs * window.columns.outputs;
  return reshape(graph, sumPerChannel(graph, convolved, 1 / pixels), [filters]);
}

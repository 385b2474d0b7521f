import type { Graph, Value } from "../graph.ts";
import { add, concatenate, multiply, subtract, zeros } from "../operators.ts";
import type { WindowGeometry } from "./geometry.ts";
import type { Maxima } from "./maxima.ts";
import { padImage } from "./pad-image.ts";

const LOWEST = -3.4028234663852886e38;

/**
 * Max-pool without the positions of the maxima and without scattering: what GPUs have, and repeatable, since nothing is
 * added up in an order left to chance.
 *
 * The padded input is cut into stride² planes, one for each remainder of a position by the stride; in them a window's
 * element lies at a fixed shift from the window. A window's elements are gone through in order; where one equals the
 * maximum, it takes the window's gradient, and nothing is left for later ones.
 */
export function maxPoolByComparison(graph: Graph, x: Value, geometry: WindowGeometry): Maxima {
  const { kernel, stride, rows, columns } = geometry;
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  const shape = [batch, channels, rows.outputs, columns.outputs];
  const furthest = Math.floor((kernel - 1) / stride);
  const plane = { height: rows.outputs + furthest, width: columns.outputs + furthest };
  // Positions no window reaches are cut off, those beyond the input are lowest.
  const margins = {
    top: rows.before,
    left: columns.before,
    bottom: plane.height * stride - height - rows.before,
    right: plane.width * stride - width - columns.before,
  };
  const padded = padImage(graph, x, margins, LOWEST);
  const output = graph.node("MaxPool", [padded], shape, {
    attributes: { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: [0, 0, 0, 0] },
  });
  /** The shares of a tensor of the output's shape that go to each of a window's elements: all to the first maximum. */
  function* shares(whole: Value): Generator<Share> {
    const planes = cutIntoPlanes(graph, padded, stride);
    const zero = graph.constant("float32", [1], [0]);
    let left = whole;
    for (let i = 0; i < kernel; i++) {
      for (let j = 0; j < kernel; j++) {
        const element = {
          plane: (i % stride) * stride + (j % stride),
          down: Math.floor(i / stride),
          right: Math.floor(j / stride),
        };
        let taken = left;
        // What the last element gets is all that is left.
        if (i < kernel - 1 || j < kernel - 1) {
          const seen = window(graph, planes[element.plane] as Value, element.down, element.right, shape);
          const isMaximum = graph.node("Equal", [seen, output], shape, { type: "bool" });
          taken = graph.node("Where", [isMaximum, left, zero], shape, { type: "float32" });
          left = subtract(graph, left, taken);
        }
        yield { ...element, taken };
      }
    }
  }

  return {
    output,
    inputGradient(gradient, base) {
      const sums: (Value | undefined)[] = new Array(stride * stride).fill(undefined);
      for (const { plane: p, down, right, taken } of shares(gradient)) {
        const margin = { top: down, left: right, bottom: furthest - down, right: furthest - right };
        const placed = padImage(graph, taken, margin, 0);
        const sum = sums[p];
        sums[p] = sum ? add(graph, sum, placed) : placed;
      }
      const ofPlane = [batch, channels, plane.height, plane.width];
      const whole = joinPlanes(
        graph,
        sums.map((sum) => sum ?? zeros(graph, ofPlane)),
        stride,
      );
      const { top, left: before, bottom, right } = margins;
      const own = padImage(graph, whole, { top: -top, left: -before, bottom: -bottom, right: -right }, 0);
      return base ? add(graph, base, own) : own;
    },
    take(other) {
      const planes = cutIntoPlanes(graph, padImage(graph, other, margins, 0), stride);
      let sum: Value | undefined;
      for (const { plane: p, down, right, taken } of shares(graph.constant("float32", [1], [1]))) {
        const own = multiply(graph, window(graph, planes[p] as Value, down, right, shape), taken);
        sum = sum ? add(graph, sum, own) : own;
      }
      return sum as Value;
    },
  };
}

/** What an element of every window gets. */
interface Share {
  /** The plane it lies in, and how far from the window there. */
  readonly plane: number;
  readonly down: number;
  readonly right: number;
  /** Of the output's shape. */
  readonly taken: Value;
}

function window(graph: Graph, x: Value, down: number, right: number, shape: readonly number[]): Value {
  const [, , height = 1, width = 1] = shape;
  if (x.shape[2] === height && x.shape[3] === width) return x;
  const two = (a: number, b: number) => graph.constant("int64", [2], [a, b]);
  return graph.node("Slice", [x, two(down, right), two(down + height, right + width), two(2, 3)], shape);
}

function cutIntoPlanes(graph: Graph, x: Value, stride: number): Value[] {
  if (stride === 1) return [x];
  const [batch = 1, channels = 1, height = 1, width = 1] = x.shape;
  const two = (a: number, b: number) => graph.constant("int64", [2], [a, b]);
  const steps = two(stride, stride);
  return Array.from({ length: stride * stride }, (_, p) => {
    const start = two(Math.floor(p / stride), p % stride);
    const shape = [batch, channels, height / stride, width / stride];
    return graph.node("Slice", [x, start, two(height, width), two(2, 3), steps], shape);
  });
}

function joinPlanes(graph: Graph, planes: readonly Value[], stride: number): Value {
  const [first] = planes;
  if (planes.length === 1 && first) return first;
  const [batch = 1, channels = 1, height = 1, width = 1] = first?.shape ?? [];
  return graph.node(
    "DepthToSpace",
    [concatenate(graph, planes, 1)],
    [batch, channels, height * stride, width * stride],
    {
      attributes: { blocksize: stride, mode: "DCR" },
    },
  );
}

import type { Tensor, Tf } from "./tf.ts";

/** The linear piece that a ReLU is on: the units it passes. */
export type ReluPiece = {
  /** bool, of the input's shape. */
  readonly passed: Tensor;
};

/** The linear piece that a max-pool is on: the positions it takes. */
export type PoolPiece = {
  /** Number of each window's first maximum, counted along its rows, of the output's shape. */
  readonly winners: Tensor;
};

/** Pieces of the layers that have them, by position. */
export type Pieces = Readonly<Record<string, ReluPiece | PoolPiece>>;

export function reluPiece(tf: Tf, x: Tensor): ReluPiece {
  return { passed: tf.greater(x, tf.scalar(0)) };
}

/** x where the units are passed, else 0. */
export function passUnits(tf: Tf, x: Tensor, { passed }: ReluPiece): Tensor {
  const pass = (values: Tensor) => tf.tidy(() => tf.where(passed, values, tf.scalar(0)));
  return tf.customGrad<[Tensor]>((input) => ({ value: pass(input), gradFunc: (gradient) => [pass(gradient)] }))(x);
}

/** @param covered [batch, height, width, channels], which the windows cover exactly. */
export function poolPiece(tf: Tf, covered: Tensor, size: number, stride: number): PoolPiece {
  const maxima = tf.maxPool(covered, size, stride, "valid");
  let winners = tf.fill(maxima.shape, size ** 2 - 1);
  // From the last to the first: what is written last stays.
  for (let element = size ** 2 - 2; element >= 0; element--) {
    const isMaximum = tf.equal(elementOfWindows(tf, covered, element, size, stride, maxima.shape), maxima);
    winners = tf.where(isMaximum, tf.scalar(element), winners);
  }
  return { winners };
}

/** What the windows have at the winners' positions. @param x [batch, height, width, channels], which the windows cover exactly. */
export function takeWinners(tf: Tf, x: Tensor, { winners }: PoolPiece, size: number, stride: number): Tensor {
  return tf.customGrad<[Tensor]>((input) => ({
    value: tf.tidy(() => {
      let value = tf.fill(winners.shape, 0);
      for (let element = 0; element < size ** 2; element++) {
        const seen = elementOfWindows(tf, input, element, size, stride, winners.shape);
        value = tf.where(tf.equal(winners, tf.scalar(element)), seen, value);
      }
      return value;
    }),
    gradFunc: (gradient) => [tf.tidy(() => giveToWinners(tf, gradient, winners, x.shape, size, stride))],
  }))(x);
}

/**
 * Each window's number put where its winner is, added up; of the input's shape.
 *
 * By planes, one for each remainder of a position by the stride: in them a window's element lies at a fixed shift from the
 * window.
 */
function giveToWinners(
  tf: Tf,
  gradient: Tensor,
  winners: Tensor,
  [, height = 1, width = 1]: readonly number[],
  size: number,
  stride: number,
): Tensor {
  const [batch = 1, rows = 1, columns = 1, channels = 1] = winners.shape;
  const furthest = Math.floor((size - 1) / stride);
  const plane = [batch, rows + furthest, columns + furthest, channels];
  const planes = Array.from({ length: stride ** 2 }, () => tf.fill(plane, 0));
  for (let element = 0; element < size ** 2; element++) {
    const [row, column] = [Math.floor(element / size), element % size];
    const [down, right] = [Math.floor(row / stride), Math.floor(column / stride)];
    const own = tf.where(tf.equal(winners, tf.scalar(element)), gradient, tf.scalar(0));
    const margins = [
      [0, 0],
      [down, furthest - down],
      [right, furthest - right],
      [0, 0],
    ] as const;
    const p = (row % stride) * stride + (column % stride);
    planes[p] = tf.add(planes[p] as Tensor, tf.pad(own, margins, 0));
  }
  const whole = tf.transpose(tf.reshape(tf.stack(planes), [stride, stride, ...plane]), [2, 3, 0, 4, 1, 5]);
  const joined = tf.reshape(whole, [batch, (rows + furthest) * stride, (columns + furthest) * stride, channels]);
  return tf.slice(joined, [0, 0, 0, 0], [batch, height, width, channels]);
}

/** One element of every window, [batch, rows, columns, channels]. */
function elementOfWindows(
  tf: Tf,
  x: Tensor,
  element: number,
  size: number,
  stride: number,
  [batch = 1, rows = 1, columns = 1, channels = 1]: readonly number[],
): Tensor {
  const [row, column] = [Math.floor(element / size), element % size];
  const end = [batch, row + (rows - 1) * stride + 1, column + (columns - 1) * stride + 1, channels];
  return tf.stridedSlice(x, [0, row, column, 0], end, [1, stride, stride, 1]);
}

/** Buffers the queue may overwrite between one Cauchy search and the next: Float64Array[n] each. */
export interface QueueBuffers {
  readonly keys: Float64Array;
  readonly spareKeys: Float64Array;
}

/**
 * Breakpoints in ascending order, a range of t at a time: a search that ends early never sorts the breakpoints beyond its end. Equal
 * breakpoints come in the order of their variables.
 */
export class BreakpointQueue {
  /** The breakpoints last collected. */
  keys: Float64Array = new Float64Array(0);
  /** The variable of each key. */
  variables: Int32Array;
  #spareKeys: Float64Array = new Float64Array(0);
  #spareVariables: Int32Array;

  constructor(dimension: number) {
    this.variables = new Int32Array(dimension);
    this.#spareVariables = new Int32Array(dimension);
  }

  /**
   * Collects the breakpoints with after < t ≤ upTo, t finite.
   *
   * @returns how many there are.
   */
  collect(breakpoints: Float64Array, after: number, upTo: number, buffers: QueueBuffers): number {
    const { keys } = buffers;
    const { variables } = this;
    const end = Math.min(upTo, Number.MAX_VALUE);
    let count = 0;
    for (let i = 0; i < breakpoints.length; i++) {
      const t = breakpoints[i]!;
      if (t <= end && t > after) {
        keys[count] = t;
        variables[count++] = i;
      }
    }
    this.keys = keys;
    this.#spareKeys = buffers.spareKeys;
    this.#sort(count);
    return count;
  }

  /** Radix sort, least significant digit first: positive doubles are ordered as their bit patterns are. */
  #sort(count: number): void {
    const counts = countDigits(this.keys, count);
    for (let digit = 0; digit < DIGITS; digit++) {
      const digitCounts = counts.subarray(digit * RADIX, (digit + 1) * RADIX);
      if (digitCounts.includes(count)) continue;
      distribute(this.keys, this.variables, count, digit, digitCounts, this.#spareKeys, this.#spareVariables);
      [this.keys, this.#spareKeys] = [this.#spareKeys, this.keys];
      [this.variables, this.#spareVariables] = [this.#spareVariables, this.variables];
    }
  }
}

const RADIX_BITS = 11;
const RADIX = 1 << RADIX_BITS;
/** Three digits for each half of a double; the third has the ten bits that are left. */
const DIGITS = 6;
const HIGH_HALF = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

function bits(keys: Float64Array): Uint32Array {
  return new Uint32Array(keys.buffer, keys.byteOffset, 2 * keys.length);
}

function countDigits(keys: Float64Array, count: number): Uint32Array {
  const counts = new Uint32Array(DIGITS * RADIX);
  const halves = bits(keys);
  for (let k = 0; k < count; k++) {
    const low = halves[2 * k + 1 - HIGH_HALF]!;
    const high = halves[2 * k + HIGH_HALF]!;
    for (let digit = 0; digit < 3; digit++) {
      const lowDigit = digit * RADIX + ((low >>> (digit * RADIX_BITS)) & (RADIX - 1));
      const highDigit = (digit + 3) * RADIX + ((high >>> (digit * RADIX_BITS)) & (RADIX - 1));
      counts[lowDigit] = counts[lowDigit]! + 1;
      counts[highDigit] = counts[highDigit]! + 1;
    }
  }
  return counts;
}

function distribute(
  keys: Float64Array,
  variables: Int32Array,
  count: number,
  digit: number,
  counts: Uint32Array,
  toKeys: Float64Array,
  toVariables: Int32Array,
): void {
  const places = new Uint32Array(RADIX);
  for (let value = 1; value < RADIX; value++) places[value] = places[value - 1]! + counts[value - 1]!;
  const halves = bits(keys);
  const half = digit < 3 ? 1 - HIGH_HALF : HIGH_HALF;
  const shift = (digit % 3) * RADIX_BITS;
  for (let k = 0; k < count; k++) {
    const value = (halves[2 * k + half]! >>> shift) & (RADIX - 1);
    const place = places[value]!;
    places[value] = place + 1;
    toKeys[place] = keys[k]!;
    toVariables[place] = variables[k]!;
  }
}

/** The feasible set lower ≤ x ≤ upper of a minimisation; an open side is ±Infinity. */
export interface Box {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** `boxed`: every variable has both bounds; `open`: none has any. */
export type BoxKind = "boxed" | "partly-bounded" | "open";

/** @throws RangeError when a bound is not a number, or no finite value lies between a variable's bounds. */
export function boxKind({ lower, upper }: Box): BoxKind {
  let bounds = 0;
  for (let i = 0; i < lower.length; i++) {
    const low = lower[i]!;
    const high = upper[i]!;
    if (!(low <= high && low < Number.POSITIVE_INFINITY && high > Number.NEGATIVE_INFINITY)) {
      throw new RangeError(`variable ${i}: no value lies between the bounds ${low} and ${high}`);
    }
    bounds += (low > Number.NEGATIVE_INFINITY ? 1 : 0) + (high < Number.POSITIVE_INFINITY ? 1 : 0);
  }
  if (bounds === 0) return "open";
  return bounds === 2 * lower.length ? "boxed" : "partly-bounded";
}

/** Writes the point of the box that is closest to `point` into `target` (which may be `point` itself). */
export function projectOntoBox(point: Float64Array, { lower, upper }: Box, target: Float64Array): void {
  for (let i = 0; i < point.length; i++) target[i] = Math.min(upper[i]!, Math.max(lower[i]!, point[i]!));
}

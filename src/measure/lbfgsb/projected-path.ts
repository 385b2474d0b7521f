import type { Box } from "./box.ts";

/** What a variable does on the way along −∇f: it moves freely, or a bound holds it. */
export const FREE = 0;
export const AT_LOWER = 1;
export const AT_UPPER = 2;

/** The path x(t) = P(x − t·∇f), bent at each variable's breakpoint, as seen from its start. */
export interface ProjectedPath {
  /** max |P(x − ∇f) − x|: zero exactly at a stationary point. */
  readonly projectedGradientNorm: number;
  /** Σ gradient² over the variables that move. */
  readonly descent: number;
  /** Variables that no bound holds, with zero gradient or not. */
  readonly free: number;
  /** Those of them with a nonzero gradient. */
  readonly moving: number;
}

/**
 * Writes each variable's status and its breakpoint: the t at which the path reaches its bound, Infinity for a variable that reaches
 * none.
 */
export function startPath(
  x: Float64Array,
  gradient: Float64Array,
  { lower, upper }: Box,
  status: Uint8Array,
  breakpoints: Float64Array,
): ProjectedPath {
  let projectedGradientNorm = 0;
  let descent = 0;
  let free = 0;
  let moving = 0;
  for (let i = 0; i < x.length; i++) {
    const slope = gradient[i]!;
    const position = x[i]!;
    let held = FREE;
    let breakpoint = Number.POSITIVE_INFINITY;
    if (slope === 0) {
      if (position <= lower[i]!) held = AT_LOWER;
      else if (position >= upper[i]!) held = AT_UPPER;
    } else {
      const speed = Math.abs(slope);
      const room = slope > 0 ? position - lower[i]! : upper[i]! - position;
      if (room > 0) {
        breakpoint = room / speed;
        descent += slope * slope;
        moving++;
        projectedGradientNorm = Math.max(projectedGradientNorm, Math.min(room, speed));
      } else {
        held = slope > 0 ? AT_LOWER : AT_UPPER;
      }
    }
    if (held === FREE) free++;
    status[i] = held;
    breakpoints[i] = breakpoint;
  }
  return { projectedGradientNorm, descent, free, moving };
}

import type { Interval } from "./interval.ts";
import { normalQuantile } from "./normal.ts";

/**
 * Wilson's score interval of a proportion; within 0 and 1, and of use at 0 and n successes too.
 *
 * @returns null without trials.
 * @throws RangeError where successes are not between 0 and n.
 */
export function wilsonInterval(successes: number, n: number, confidence: number): Interval | null {
  if (!(successes >= 0 && successes <= n)) throw new RangeError(`${successes} successes of ${n}`);
  if (n === 0) return null;
  const z = -normalQuantile((1 - confidence) / 2);
  const share = successes / n;
  const shrink = 1 + z ** 2 / n;
  const centre = (share + z ** 2 / (2 * n)) / shrink;
  const half = (z / shrink) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  // At the ends of the range the two parts cancel but for rounding.
  return { lower: successes === 0 ? 0 : centre - half, upper: successes === n ? 1 : centre + half };
}

import { noncentralTUpperTail } from "./noncentral-t.ts";
import { criticalT } from "./student-t.ts";

const MOST_PAIRS = 1_000_000;
/** Noncentrality, and its ratio to the critical value, from which on the power is 1 but for rounding. */
const CERTAIN = 100;
const CERTAIN_RATIO = 12;

/**
 * Power of the two-sided paired t test: how likely it refuses a mean difference of 0, on either side, where the true one is
 * `effect` standard deviations of the differences.
 *
 * @param effect finite, of either sign; the level itself at 0.
 * @param level such as 0.05: 1 − confidence of the interval.
 * @returns null with fewer than two pairs.
 * @throws RangeError where the effect is not finite, n no whole number, or the level not between 0 and 1.
 */
export function pairedTPower(effect: number, n: number, level: number): number | null {
  if (!Number.isFinite(effect)) throw new RangeError(`an effect is finite, not ${effect}`);
  if (!(Number.isInteger(n) && n >= 0)) throw new RangeError(`${n} pairs`);
  const df = Math.max(1, n - 1);
  const critical = criticalT(1 - level, df);
  if (n < 2) return null;
  const noncentrality = Math.abs(effect) * Math.sqrt(n);
  if (noncentrality > Math.max(CERTAIN, CERTAIN_RATIO * critical)) return 1;
  return noncentralTUpperTail(critical, df, noncentrality) + noncentralTUpperTail(critical, df, -noncentrality);
}

/**
 * The fewest pairs with which the two-sided paired t test has at least this power.
 *
 * @param effect in standard deviations of the differences.
 * @param power between the level and 1.
 * @returns at least 2; null where a million do not suffice, as for an effect of 0.
 * @throws RangeError where the effect is not finite, or power and level are not 0 < level < power < 1.
 */
export function pairsForPower(effect: number, power: number, level: number): number | null {
  if (!(level > 0 && level < power && power < 1)) throw new RangeError(`a power of ${power} at the level ${level}`);
  const suffice = (n: number) => (pairedTPower(effect, n, level) as number) >= power;
  let tooFew = 1;
  let enough = 2;
  while (!suffice(enough)) {
    if (enough === MOST_PAIRS) return null;
    tooFew = enough;
    enough = Math.min(2 * enough, MOST_PAIRS);
  }
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (suffice(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

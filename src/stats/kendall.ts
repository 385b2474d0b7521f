import { requireFinite, requireSameLength } from "./sample.ts";

/**
 * Kendall's τ-b: concordant less discordant pairs, over the pairs not tied on either side. Takes time n².
 *
 * @returns −1 to 1; null where one side does not vary.
 * @throws RangeError where the lengths differ, or where a value is not finite.
 */
export function kendall(first: readonly number[], second: readonly number[]): number | null {
  requireSameLength(first, second);
  requireFinite([...first, ...second]);
  let concordance = 0;
  let untiedFirst = 0;
  let untiedSecond = 0;
  for (let i = 0; i < first.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const a = Math.sign((first[i] as number) - (first[j] as number));
      const b = Math.sign((second[i] as number) - (second[j] as number));
      concordance += a * b;
      untiedFirst += Math.abs(a);
      untiedSecond += Math.abs(b);
    }
  }
  const scale = Math.sqrt(untiedFirst * untiedSecond);
  return scale === 0 ? null : concordance / scale;
}

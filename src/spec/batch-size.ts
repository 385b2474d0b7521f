import type { BatchSize } from "./suite.types.ts";

/**
 * Samples per update.
 *
 * @param batch a number, or a share such as "0.7%" of `count`, rounded down: in whole numbers, as 0.7 / 100 · 1000 is
 * a little less than 7.
 */
export function batchSize(batch: BatchSize, count: number): number {
  if (typeof batch === "number") return batch;
  const [whole = "0", fraction = ""] = batch.replace("%", "").split(".");
  return Number((BigInt(whole + fraction) * BigInt(count)) / 10n ** BigInt(fraction.length + 2));
}

import { nearlyEqualParts, type Part } from "./evaluation-parts.ts";

/** A batch cut into nearly equal micro-batches, those of one size together; in the order they are taken in. */
export function microBatches(batch: number, microBatch = batch): Part[] {
  const sizes = nearlyEqualParts(batch, microBatch).map(({ count }) => count);
  const grouped = [...new Set(sizes)].flatMap((size) => sizes.filter((each) => each === size));
  let first = 0;
  return grouped.map((count) => {
    const part = { first, count };
    first += count;
    return part;
  });
}

/** Consecutive samples. */
export interface Part {
  readonly first: number;
  readonly count: number;
}

/** At most `size` each, as few as possible, differing by one at most: batch-norm statistics are then over like batches. */
export function nearlyEqualParts(count: number, size: number): Part[] {
  const parts = Math.ceil(count / size);
  return Array.from({ length: parts }, (_, i) => {
    const first = Math.floor((i * count) / parts);
    return { first, count: Math.floor(((i + 1) * count) / parts) - first };
  });
}

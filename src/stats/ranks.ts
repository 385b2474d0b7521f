import { requireFinite } from "./sample.ts";

export interface Ranks {
  /** Counted from 1, in the order of the values; ties share the mean of their ranks. */
  readonly ranks: readonly number[];
  /** How many values share each rank, where more than one does. */
  readonly ties: readonly number[];
}

/** @throws RangeError where a value is not finite. */
export function rank(values: readonly number[]): Ranks {
  requireFinite(values);
  const order = values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Array<number>(values.length);
  const ties: number[] = [];
  for (let start = 0; start < order.length; ) {
    const value = values[order[start] as number];
    let end = start + 1;
    while (end < order.length && values[order[end] as number] === value) end += 1;
    for (const i of order.slice(start, end)) ranks[i] = (start + 1 + end) / 2;
    if (end - start > 1) ties.push(end - start);
    start = end;
  }
  return { ranks, ties };
}

/** Σ (t³ − t) over groups of ties, by which the variances of rank statistics shrink. */
export function tieTerm(ties: readonly number[]): number {
  return ties.reduce((total, t) => total + t ** 3 - t, 0);
}

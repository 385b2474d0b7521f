/**
 * Null distribution of the signed-rank sum: probabilities that the ranks with a positive sign sum to v / 2, at position v.
 * Each sign is as likely. Takes time n³.
 *
 * @param ranks multiples of 1/2: 1 … n, or with ties at their mean ranks.
 */
export function signedRankDistribution(ranks: readonly number[]): number[] {
  let shares = [1];
  for (const rank of ranks) {
    const step = Math.round(2 * rank);
    const previous = shares;
    shares = Array.from(
      { length: previous.length + step },
      (_, sum) => ((previous[sum] ?? 0) + (previous[sum - step] ?? 0)) / 2,
    );
  }
  return shares;
}

/**
 * Null distribution of the rank sum of `size` values among all: probabilities that it is v / 2, at position v. Each choice is
 * as likely. Takes time n²N² of n among N values; N at most 1,000, beyond which their number overflows.
 *
 * @param ranks of all values, multiples of 1/2: with ties at their mean ranks.
 */
export function rankSumDistribution(ranks: readonly number[], size: number): number[] {
  const steps = ranks.map((rank) => Math.round(2 * rank));
  const most = steps.toSorted((a, b) => b - a).slice(0, size);
  const highest = most.reduce((total, step) => total + step, 0);
  // ways[chosen][sum], over the values taken up so far.
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(highest + 1));
  (ways[0] as Float64Array)[0] = 1;
  for (const step of steps) {
    for (let chosen = size; chosen >= 1; chosen -= 1) {
      const target = ways[chosen] as Float64Array;
      const source = ways[chosen - 1] as Float64Array;
      for (let sum = highest; sum >= step; sum -= 1)
        target[sum] = (target[sum] as number) + (source[sum - step] as number);
    }
  }
  const counts = Array.from(ways[size] as Float64Array);
  const total = counts.reduce((all, count) => all + count, 0);
  return counts.map((count) => count / total);
}

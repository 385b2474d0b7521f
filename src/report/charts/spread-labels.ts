/**
 * Moves labels apart so that none covers another, as little as that takes and in their order.
 *
 * @param positions wanted centres, in pixels.
 * @param distance between centres, at least; less where there is no room for it.
 * @param range that the centres must lie in.
 */
export function spreadLabels(
  positions: readonly number[],
  distance: number,
  [first, last]: readonly [number, number],
): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
  const gap = Math.min(distance, (last - first) / Math.max(1, positions.length - 1));
  const placed = [...positions];
  let least = first;
  for (const i of order) {
    placed[i] = Math.max(placed[i] ?? first, least);
    least = (placed[i] ?? first) + gap;
  }
  let most = last;
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i] ?? last, most);
    most = (placed[i] ?? last) - gap;
  }
  return placed;
}

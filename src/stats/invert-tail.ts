const MOST_STEPS = 200;

/**
 * The x ≥ 0 with tail(x) = probability, by Newton steps kept inside a bracket.
 *
 * @param tail falls from 1/2 at 0 to 0.
 * @param density its negative derivative.
 * @param probability more than 0, at most 1/2.
 */
export function invertTail(tail: (x: number) => number, density: (x: number) => number, probability: number): number {
  let lower = 0;
  let upper = 1;
  while (tail(upper) > probability) {
    lower = upper;
    upper *= 2;
  }
  let x = (lower + upper) / 2;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const excess = tail(x) - probability;
    if (excess > 0) lower = x;
    else upper = x;
    const newton = x + excess / density(x);
    const next = newton > lower && newton < upper ? newton : (lower + upper) / 2;
    if (Math.abs(next - x) <= 1e-15 * x) return next;
    x = next;
  }
  return x;
}

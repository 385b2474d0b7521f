import type { Effect, SeedValues } from "../../judge/verdict.ts";
import { mean } from "../../stats/sample.ts";
import type { MeasuredResult } from "../words/measured-result.ts";

interface SeedEffect {
  readonly seed: number;
  readonly effect: number;
}

/** The effect of each seed alone, on the scale of the result; their mean (of logarithms, for a ratio) is its estimate. */
export function seedEffects({ effect, values }: MeasuredResult): SeedEffect[] {
  const { scale, estimate, n } = effect;
  // A seed without a positive value has no ratio, and is not in the estimate either.
  const judged = values
    .map((pair) => ({ seed: pair.seed, judged: seedEffect(scale, pair) }))
    .filter((each) => Number.isFinite(each.judged));
  if (judged.length === 0 || judged.length !== n) return [];
  const together = mean(judged.map((each) => each.judged));
  const expected = scale === "ratio" ? Math.log(estimate) : estimate;
  // What is judged over all trials at once has no effect of a seed.
  if (Math.abs(together - expected) > 1e-9 * Math.max(1, Math.abs(expected))) return [];
  return judged.map((each) => ({ seed: each.seed, effect: scale === "ratio" ? Math.exp(each.judged) : each.judged }));
}

/** Logarithms, of a ratio; some ratios are made within the seed, and are so already. */
function seedEffect(scale: Effect["scale"], { first, second }: SeedValues): number {
  if (second === undefined) return first;
  return scale === "ratio" ? Math.log(first / second) : first - second;
}

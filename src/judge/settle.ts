import { halfWidth } from "../stats/interval.ts";
import type { Effect } from "./verdict.ts";
import { formatCount } from "./wording.ts";

const MOST_MORE_SEEDS = 200;

/**
 * How many more seeds would make the t interval narrow enough to clear the bound, if effect and spread stay as seen.
 *
 * @param distance from the estimate to the nearest bound, on the scale that is judged.
 * @param towards what the verdict would then be, for or against the claim.
 */
export function settleBySeeds(
  distance: number,
  spread: { readonly standardDeviation: number; readonly n: number },
  confidence: number,
  towards: "for" | "against",
): string {
  const decides = (more: number) => halfWidth(spread.standardDeviation, spread.n + more, confidence) < distance;
  if (decides(MOST_MORE_SEEDS)) {
    // The half-width falls with every further seed.
    let [tooFew, enough] = [0, MOST_MORE_SEEDS];
    while (enough - tooFew > 1) {
      const middle = Math.floor((tooFew + enough) / 2);
      if (decides(middle)) enough = middle;
      else tooFew = middle;
    }
    return `about ${formatCount(enough, "more seed")} would decide it ${claimWords(towards)}, if effect and spread stay as seen`;
  }
  return `more than ${MOST_MORE_SEEDS} more seeds: the effect, if any, is small beside its spread`;
}

/** An estimate on the claimed side that misses the declared minimum stays undecided however narrow its interval gets. */
export function settleByMinimum(scale: Effect["scale"], minimum: number): string {
  return `not more seeds alone, if the ${scale} stays short of the minimum ${minimum}; a smaller minimum, declared before the run, could`;
}

/** The same, of an assertion that denies another: what decides for the one decides against the other. */
export function settleOpposite(settle: string): string {
  const [towards, other] = settle.includes(claimWords("for"))
    ? (["for", "against"] as const)
    : (["against", "for"] as const);
  return settle.replace(claimWords(towards), claimWords(other));
}

function claimWords(towards: "for" | "against"): string {
  return `${towards} the claim`;
}

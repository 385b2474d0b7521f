import type { SingleResult } from "../../judge/verdict.ts";
import { digitsOf, formatCount, formatInterval, formatNumber } from "../../judge/wording.ts";

/** A result with an effect. */
export type MeasuredResult = Exclude<SingleResult, { status: "not-measured" }>;

export function isMeasured(result: SingleResult): result is MeasuredResult {
  return result.status !== "not-measured";
}

/** "ratio 27.3 (13.4 to 55.8), 5 seeds"; the reason where there is none. */
export function effectWords(result: SingleResult): string {
  if (!isMeasured(result)) return result.reason;
  const { scale, estimate, interval, n } = result.effect;
  const digits = digitsOf(scale);
  const range = interval ? ` (${formatInterval(interval, [], digits)})` : "";
  return `${scale} ${formatNumber(estimate, [], digits)}${range}, ${formatCount(n, nounOf(result))}`;
}

/** What n counts: seeds, or trials where several arms are taken together. */
function nounOf({ values }: MeasuredResult): "seed" | "trial" {
  return new Set(values.map(({ seed }) => seed)).size < values.length ? "trial" : "seed";
}

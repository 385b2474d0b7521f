import { digitsOf, formatInterval, formatNumber } from "../../judge/wording.ts";
import type { TrendPoint } from "./claim-trend.ts";

/** "ratio 27.3" and "13.4 to 55.8"; null where there is none. */
export function effectInWords(effect: TrendPoint["effect"]): { effect: string | null; interval: string | null } {
  if (!effect) return { effect: null, interval: null };
  const digits = digitsOf(effect.scale);
  return {
    effect: `${effect.scale} ${formatNumber(effect.estimate, [], digits)}`,
    interval: effect.interval ? formatInterval(effect.interval, [], digits) : null,
  };
}

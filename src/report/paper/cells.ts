import { formatNumber } from "../../judge/wording.ts";
import type { PublishedValue } from "../../spec/run.types.ts";
import { mean, standardDeviation } from "../../stats/sample.ts";
import type { PlacedEntry } from "./published-match.ts";

/** What stands where there is no number. */
const NONE = "–";

/** Whether tables have it in percent. */
export function isShare({ entry }: PlacedEntry): boolean {
  return /fraction of samples/.test(entry.quantity);
}

/** As printed: all numbers of an entry with the decimals of the longest, which a number alone does not keep. */
export function publishedText(placed: PlacedEntry | undefined, value: PublishedValue | undefined): string {
  if (!placed || !value) return NONE;
  const factor = isShare(placed) ? 100 : 1;
  const all = Object.values(placed.entry.arms).flatMap(({ mean, std }) => [mean, std ?? mean]);
  const decimals = Math.max(...all.map((number) => decimalsIn(factor * number)));
  const text = (number: number) => (factor * number).toFixed(decimals);
  return `${text(value.mean)}${value.std === undefined ? "" : ` ± ${text(value.std)}`}`;
}

function decimalsIn(value: number): number {
  const [, decimals = ""] = String(Number(value.toPrecision(7))).split(".");
  return /e/.test(decimals) ? 8 : decimals.length;
}

/** Mean ± standard deviation of what the trials gave. */
export function ourText(placed: PlacedEntry | undefined, values: readonly number[]): string {
  if (!placed || values.length === 0) return NONE;
  const factor = isShare(placed) ? 100 : 1;
  const centre = factor * mean(values);
  const decimals = decimalsOf(centre);
  const text = (value: number) => (Math.abs(value) < 1e15 ? value.toFixed(decimals) : formatNumber(value));
  return values.length < 2 ? text(centre) : `${text(centre)} ± ${text(factor * standardDeviation(values))}`;
}

/** Two, as the paper prints; more where that would leave less than two digits, none where there are thousands. */
function decimalsOf(value: number): number {
  const magnitude = Math.abs(value);
  if (magnitude >= 1000) return 0;
  return magnitude === 0 ? 2 : Math.min(8, Math.max(2, 1 - Math.floor(Math.log10(magnitude))));
}

/** "5", or "4–5" where the columns differ. */
export function countText(counts: readonly number[]): string {
  if (counts.length === 0) return NONE;
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(least) : `${least}–${most}`;
}

/** Counts, times and sizes as a reader expects them. */
import { formatNumber } from "../../judge/wording.ts";

/** 134,794. */
export function formatWhole(count: number): string {
  return count.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/** Four significant digits; the tables of single values. */
export function formatValue(value: number | undefined): string {
  return value === undefined ? "–" : formatNumber(value, [], 4);
}

/** "every epoch", "every 5 epochs". */
export function formatEvery(epochs: number): string {
  return epochs === 1 ? "every epoch" : `every ${epochs} epochs`;
}

/** 0.9803 as "98.03 %": two decimals, as the paper's tables have. */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** "46 s", "3 min 20 s", "2 h 5 min". */
export function formatDuration(seconds: number): string {
  if (seconds < 59.5) return `${formatNumber(seconds, [], seconds < 10 ? 2 : 3)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds) % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** "23 November 2026, 02:30 UTC"; what is no date stays as it is. */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const date = time.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return `${date}, ${time.toISOString().slice(11, 16)} UTC`;
}

/** In GiB. */
export function formatMemory(bytes: number): string {
  return `${formatNumber(bytes / 2 ** 30, [], 3)} GiB`;
}

/** "SB", "SB and LB", "SB, LB and 3 more". */
export function listWords(words: readonly string[], most = 5): string {
  const shown = words.length > most ? [...words.slice(0, most - 1), `${words.length - most + 1} more`] : [...words];
  const last = shown.pop() ?? "none";
  return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}

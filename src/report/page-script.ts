import { createHash } from "node:crypto";
import { FILTER_SCRIPT } from "./scripts/filter.ts";
import { SORT_SCRIPT } from "./scripts/sort.ts";
import { TIPS_SCRIPT } from "./scripts/tips.ts";

/**
 * The page's one script: filters and sorts the table of verdicts, and shows tooltips. Without it the page says the same.
 * It makes elements and texts, never markup, so nothing of the record can become code.
 */
export const PAGE_SCRIPT = [FILTER_SCRIPT, SORT_SCRIPT, TIPS_SCRIPT].join("\n");

/** What the page may do: its own styles, its one script by hash, data: images; no network, frames, forms or base. */
export function contentPolicy(script: string): string {
  const hash = createHash("sha256").update(script).digest("base64");
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

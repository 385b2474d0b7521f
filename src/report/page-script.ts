import { FILTER_SCRIPT } from "./scripts/filter.ts";
import { SORT_SCRIPT } from "./scripts/sort.ts";
import { TIPS_SCRIPT } from "./scripts/tips.ts";

/**
 * The page's one script: filters and sorts the table of verdicts, and shows tooltips. Without it the page says the same.
 * It makes elements and texts, never markup, so nothing of the record can become code.
 */
export const PAGE_SCRIPT = [FILTER_SCRIPT, SORT_SCRIPT, TIPS_SCRIPT].join("\n");

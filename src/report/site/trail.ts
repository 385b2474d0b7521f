import type { RunSummary } from "../history/run-summary.ts";
import type { TrailLink } from "../trail-link.ts";
import { INDEX, linkFrom, type Place, suitePlace } from "./places.ts";

/** The link from a page of the site to its index. */
export function indexLink(page: Place): TrailLink {
  return { text: "All suites", href: linkFrom(page, INDEX) };
}

/** From a page about runs of a suite: to the index, and to the suite's history. */
export function trailTo(page: Place, { id, title }: RunSummary["suite"]): TrailLink[] {
  return [indexLink(page), { text: `History of ${title}`, href: linkFrom(page, suitePlace(id, 1)) }];
}

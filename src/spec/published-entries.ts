import type { PublishedBaseline } from "./baseline.types.ts";
import { ClaimbenchError } from "./error.ts";
import { didYouMean } from "./nearest.ts";
import type { RunRecord, Suite } from "./run.types.ts";

/**
 * The published entries that a suite's claims point at, by pointer.
 *
 * @throws ClaimbenchError `unknown-published-value` for a pointer to nothing.
 */
export function publishedEntries(suite: Suite, baseline: PublishedBaseline | undefined): RunRecord["published"] {
  const entries: RunRecord["published"] = {};
  for (const { id, published } of suite.claims) {
    for (const pointer of published) {
      const [paper = "", path = ""] = pointer.split("#/");
      const values = paper === baseline?.paper.id ? baseline.values : {};
      const entry = Object.hasOwn(values, path) ? values[path] : undefined;
      if (!entry) {
        throw new ClaimbenchError(
          "unknown-published-value",
          `claim ${id} points at ${pointer}, which is not in baselines/${paper}.json${didYouMean(path, Object.keys(values))}`,
        );
      }
      entries[pointer] = entry;
    }
  }
  return entries;
}

import { posix } from "node:path";
import { pathSegment, pathSegments } from "../../run/records/path-segments.ts";
import type { RunSummary } from "../history/run-summary.ts";

/** Of a page within the site, with slashes: "suites/keskar-2017/sharp-minima/index.html". */
export type Place = string;

export const INDEX: Place = "index.html";

/** @param part of a history that takes several pages, from 1. */
export function suitePlace(suite: string, part: number): Place {
  return posix.join("suites", ...pathSegments(suite), part === 1 ? "index.html" : `page-${part}.html`);
}

export function runPlace(run: RunOfSite): Place {
  return posix.join(runFolder(run), "index.html");
}

/** Of a run whose report would be too long with its downloads. Not run.json, or it would be taken for a run of its own. */
export function recordPlace(run: RunOfSite): Place {
  return posix.join(runFolder(run), "record.json");
}

type RunOfSite = Pick<RunSummary, "suite" | "id" | "sha256">;

/** Runs of different machines may have started in the same second. */
function runFolder({ suite, id, sha256 }: RunOfSite): string {
  return posix.join("runs", ...pathSegments(suite.id), `${pathSegment(id)}-${sha256.slice(0, 8)}`);
}

export function comparisonPlace({ id, profile }: RunSummary["suite"]): Place {
  return posix.join("compare", ...pathSegments(id), `${profile ?? "all"}.html`);
}

/** As one page links to another. */
export function linkFrom(page: Place, to: Place): string {
  return posix.relative(posix.dirname(page), to).split("/").map(encodeURIComponent).join("/");
}

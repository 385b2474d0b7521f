import { posix } from "node:path";
import type { RunSummary } from "../history/run-summary.ts";

/** Of a page within the site, with slashes: "suites/keskar-2017/sharp-minima/index.html". */
export type Place = string;

export const INDEX: Place = "index.html";

/** @param part of a history that takes several pages, from 1. */
export function suitePlace(suite: string, part: number): Place {
  return posix.join("suites", ...segments(suite), part === 1 ? "index.html" : `page-${part}.html`);
}

/** Runs of different machines may have started in the same second. */
export function runPlace({ suite, id, sha256 }: Pick<RunSummary, "suite" | "id" | "sha256">): Place {
  return posix.join("runs", ...segments(suite.id), `${segments(id).join("-")}-${sha256.slice(0, 8)}`, "index.html");
}

export function comparisonPlace({ id, profile }: RunSummary["suite"]): Place {
  return posix.join("compare", ...segments(id), `${profile ?? "all"}.html`);
}

/** As one page links to another. */
export function linkFrom(page: Place, to: Place): string {
  return posix.relative(posix.dirname(page), to).split("/").map(encodeURIComponent).join("/");
}

/** Records may come from anywhere: what leads out of a folder, or hides in it, becomes a plain name. */
function segments(id: string): string[] {
  return id.split("/").map((segment) => segment.replace(/[^\w.-]+/g, "_").replace(/^\.+/, "_") || "_");
}

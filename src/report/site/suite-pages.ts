import { formatCount } from "../../judge/wording.ts";
import { contentPolicy } from "../content-policy.ts";
import { type Block, sectionsOf, seriesBlocks } from "../history/blocks.ts";
import type { HistorySeries } from "../history/series.ts";
import { seriesView } from "../history/series-view.ts";
import { styleSheet, template } from "../templates.ts";
import { comparisonPlace, linkFrom, type Place, runPlace, suitePlace } from "./places.ts";
import { indexLink } from "./trail.ts";

/** A page of the site. */
export interface SitePage {
  readonly place: Place;
  readonly html: string;
}

/** Of a page, in bytes, without its style. */
const MOST_BYTES = 1_500_000;

/**
 * The history of one suite, as many pages as it takes.
 *
 * @param history series of the suite, one or more.
 * @param compared places of comparisons that there are.
 */
export function renderSuitePages(history: readonly HistorySeries[], compared: ReadonlySet<string>): SitePage[] {
  const { suite } = history[0] as HistorySeries;
  const first = suitePlace(suite.id, 1);
  // All pages of a suite lie in one folder.
  const views = history.map((series) => seriesView(series, (run) => linkFrom(first, runPlace(run))));
  const pages = divided(views.flatMap(seriesBlocks));
  const runs = history.reduce((sum, series) => sum + series.runs.length, 0);
  const comparisons = [
    ...new Map(history.map((series) => [comparisonPlace(series.suite), series.suite.profile])),
  ].filter(([place]) => compared.has(place));
  return pages.map((blocks, i) => ({
    place: suitePlace(suite.id, i + 1),
    html: template("history-page")({
      style: styleSheet("history"),
      policy: contentPolicy(),
      trail: [
        indexLink(first),
        ...comparisons.map(([place, profile]) => ({ text: comparisonText(profile), href: linkFrom(first, place) })),
        ...(pages.length === 1
          ? []
          : pages.map((_, at) => ({ text: `Page ${at + 1}`, href: linkFrom(first, suitePlace(suite.id, at + 1)) }))),
      ],
      title: pages.length === 1 ? suite.title : `${suite.title}, page ${i + 1} of ${pages.length}`,
      lead: `${formatCount(runs, "run")}. Runs are joined only where profile and class of hardware are the same.`,
      contents: null,
      sections: sectionsOf(blocks, views, pages.slice(0, i).flat()),
      foot: null,
    }),
  }));
}

function comparisonText(profile: string | null): string {
  return profile === null ? "Machines compared" : `Machines compared, profile ${profile}`;
}

function divided(blocks: readonly Block[]): Block[][] {
  const pages: Block[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const block of blocks) {
    const own = Buffer.byteLength(block.html);
    if (bytes + own > MOST_BYTES) {
      pages.push([]);
      bytes = 0;
    }
    pages.at(-1)?.push(block);
    bytes += own;
  }
  return pages;
}

import { formatCount } from "../../judge/wording.ts";
import { contentPolicy } from "../content-policy.ts";
import { styleSheet, template } from "../templates.ts";
import { anchorOf, type Block, sectionsOf, seriesBlocks } from "./blocks.ts";
import type { HistorySeries } from "./series.ts";
import { type SeriesView, seriesView } from "./series-view.ts";

/** Of a page, in bytes; one that is longer opens slowly. */
const MOST_BYTES = 1_800_000;

/** A history as one page that needs nothing beside it; what would make it too long is left out, and said to be. */
export function renderHistoryPage(history: readonly HistorySeries[]): string {
  const views = history.map((series) =>
    withSuite(
      series,
      seriesView(series, () => null),
    ),
  );
  const blocks = views.flatMap(seriesBlocks);
  const shown = fitting(blocks);
  const left = blocks.length - shown.length;
  const runs = history.reduce((sum, series) => sum + series.runs.length, 0);
  return template("history-page")({
    style: styleSheet("history"),
    policy: contentPolicy(),
    trail: [],
    title: titleOf(history),
    lead:
      history.length === 0
        ? "There are no finished runs."
        : `${formatCount(runs, "run")}. Runs are joined only where suite, profile and class of hardware are the same.`,
    contents:
      views.length < 2
        ? null
        : views
            .map(({ heading }, i) => ({ text: heading, href: `#${anchorOf(i)}` }))
            .filter((_, i) => shown.some(({ series }) => series === i)),
    sections: sectionsOf(shown, views, []),
    foot:
      left === 0
        ? null
        : [
            `${formatCount(left, "part")} of this history would make the page too long: choose suites or a claim, or make a site.`,
          ],
  });
}

/** Here series of several suites stand below each other. */
function withSuite({ suite }: HistorySeries, view: SeriesView): SeriesView {
  return { ...view, heading: `${suite.title}: ${view.heading}` };
}

function titleOf(history: readonly HistorySeries[]): string {
  const titles = [...new Set(history.map(({ suite }) => suite.title))];
  return titles.length === 1 ? `History of ${titles[0]}` : `History of ${formatCount(titles.length, "suite")}`;
}

function fitting(blocks: readonly Block[]): Block[] {
  let bytes = 0;
  return blocks.filter(({ html }) => {
    bytes += Buffer.byteLength(html);
    return bytes <= MOST_BYTES;
  });
}

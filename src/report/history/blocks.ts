import { template } from "../templates.ts";
import type { SeriesView } from "./series-view.ts";

/** A part of a page that is not divided. */
export interface Block {
  /** Place of its series in the history. */
  readonly series: number;
  readonly html: string;
}

const CLAIMS_TOGETHER = 24;
const RUNS_TOGETHER = 250;

/** Of a series, what a page may show together; long ones are divided so that they can be put on several pages. */
export function seriesBlocks(view: SeriesView, series: number): Block[] {
  const claims = parts(view.claims, CLAIMS_TOGETHER).map(({ items, range, part }) =>
    template("history-claims")({ claims: items, range, anchor: `claims-${series + 1}-${part}` }),
  );
  const arms =
    view.arms.length === 0
      ? []
      : [template("history-arms")({ arms: view.arms, armNote: view.armNote, anchor: `times-${series + 1}` })];
  const runs = parts(view.runs, RUNS_TOGETHER).map(({ items, range, part }) =>
    template("history-runs")({ runs: items, range, anchor: `runs-${series + 1}-${part}` }),
  );
  return [...claims, ...arms, ...runs].map((html) => ({ series, html }));
}

/** The sections of a page: a series that is divided has a heading on each of its pages. */
export function sectionsOf(blocks: readonly Block[], views: readonly SeriesView[], before: readonly Block[]): string[] {
  const begun = new Set(before.map(({ series }) => series));
  return [...new Set(blocks.map(({ series }) => series))].flatMap((series) => {
    const view = views[series];
    if (!view) return [];
    const { heading, hardwareClass, extent } = view;
    const own = blocks.filter((block) => block.series === series).map(({ html }) => html);
    const continued = begun.has(series);
    return [
      template("history-series")({ heading, hardwareClass, extent, continued, anchor: anchorOf(series), blocks: own }),
    ];
  });
}

export function anchorOf(series: number): string {
  return `series-${series + 1}`;
}

/** "1–24 of 60", where there is more than one part. */
function parts<T>(
  items: readonly T[],
  together: number,
): { items: readonly T[]; range: string | null; part: number }[] {
  const count = Math.ceil(items.length / together);
  return Array.from({ length: count }, (_, i) => {
    const from = i * together;
    const own = items.slice(from, from + together);
    const range = count === 1 ? null : `${from + 1}–${from + own.length} of ${items.length}`;
    return { items: own, range, part: i + 1 };
  });
}

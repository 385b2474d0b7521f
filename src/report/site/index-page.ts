import { formatCount } from "../../judge/wording.ts";
import { contentPolicy } from "../content-policy.ts";
import { type HistorySeries, newestOf } from "../history/series.ts";
import { verdictCounts } from "../history/verdict-counts.ts";
import { styleSheet, template } from "../templates.ts";
import { formatTime } from "../words/quantities.ts";
import { verdictWords } from "../words/verdict-words.ts";
import { comparisonPlace, INDEX, linkFrom, runPlace, suitePlace } from "./places.ts";

/** @param compared places of comparisons that there are. */
export function renderIndexPage(history: readonly HistorySeries[], compared: ReadonlySet<string>): string {
  const runs = history.reduce((sum, series) => sum + series.runs.length, 0);
  const suites = new Set(history.map(({ suite }) => suite.id)).size;
  return template("history-page")({
    style: styleSheet("history"),
    policy: contentPolicy(),
    trail: [],
    title: "Claims checked",
    lead:
      history.length === 0
        ? "There are no finished runs."
        : `${formatCount(runs, "run")} of ${formatCount(suites, "suite")}.`,
    contents: null,
    sections:
      history.length === 0 ? [] : [template("site-index")({ rows: history.map((each) => rowOf(each, compared)) })],
    foot: null,
  });
}

function rowOf(series: HistorySeries, compared: ReadonlySet<string>): object {
  const { suite, machine, runs, claims } = series;
  const newest = newestOf(series);
  const { counts, findings } = verdictCounts(newest.claims);
  const comparison = comparisonPlace(suite);
  return {
    suite: suite.id,
    title: suite.title,
    profile: suite.profile,
    href: linkFrom(INDEX, suitePlace(suite.id, 1)),
    machine,
    run: { text: formatTime(newest.startedAt), href: linkFrom(INDEX, runPlace(newest)) },
    counts: counts.map(({ status, count }) => ({ count, verdict: verdictWords(status) })),
    findings: findings > 0 ? formatCount(findings, "finding") : null,
    changed: claims.filter(({ changes }) => changes.at(-1)?.run === newest).length,
    runs: formatCount(runs.length, "run"),
    comparison: compared.has(comparison) ? linkFrom(INDEX, comparison) : null,
  };
}

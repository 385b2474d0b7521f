import { formatRegion } from "../../judge/region.ts";
import { formatCount } from "../../judge/wording.ts";
import { regionEnds } from "../charts/region-ends.ts";
import type { FigureView } from "../figure.ts";
import { formatDuration, formatTime } from "../words/quantities.ts";
import { type VerdictWords, verdictWords } from "../words/verdict-words.ts";
import type { ArmTrend } from "./arm-trend.ts";
import type { ClaimTrend } from "./claim-trend.ts";
import { effectInWords } from "./effect-words.ts";
import type { RunSummary } from "./run-summary.ts";
import { type HistorySeries, newestOf, timeOf } from "./series.ts";
import { type TimeAxis, timeAxis } from "./time-axis.ts";
import { type ChartPoint, trendChart } from "./trend-chart.ts";
import { verdictCounts } from "./verdict-counts.ts";
import { verdictStrip } from "./verdict-strip.ts";

/** A series as a page shows it, charts drawn. */
export interface SeriesView {
  readonly heading: string;
  readonly hardwareClass: string;
  /** "12 runs, 1 March 2026 to …". */
  readonly extent: string;
  readonly claims: readonly ClaimTrendView[];
  readonly arms: readonly FigureView[];
  /** What the charts of the arms do not show, in words. */
  readonly armNote: string | null;
  /** Newest first. */
  readonly runs: readonly RunRow[];
}

export interface ClaimTrendView {
  readonly claim: string;
  readonly registry: string | null;
  readonly statement: string;
  readonly verdict: VerdictWords;
  readonly marks: readonly string[];
  /** SVG. */
  readonly strip: string;
  readonly effect: string | null;
  readonly interval: string | null;
  /** The newest change. */
  readonly change: ChangeView | null;
  /** "3 changes in 40 runs"; null for fewer than two. */
  readonly changes: string | null;
  readonly figure: FigureView | null;
}

export interface ChangeView {
  readonly from: VerdictWords;
  readonly to: VerdictWords;
  readonly run: RunLink;
  readonly program: string;
  readonly differences: string | null;
}

/** A run, and its page where there is one. */
export interface RunLink {
  readonly text: string;
  readonly href: string | null;
}

export interface RunRow {
  readonly run: RunLink;
  readonly time: string;
  readonly counts: readonly { readonly count: number; readonly verdict: VerdictWords }[];
  readonly findings: string | null;
  /** Claims whose verdict is another than the run's before. */
  readonly changed: number;
  readonly duration: string;
  readonly program: string;
}

/** Where the page of a run is, as the page that is made links to it; null where it has none. */
export type LinkToRun = (run: RunSummary) => string | null;

export function seriesView(series: HistorySeries, link: LinkToRun): SeriesView {
  const { suite, machine, hardwareClass, runs, claims, arms } = series;
  const axis = timeAxis(runs.map(timeOf));
  return {
    heading: suite.profile === null ? machine : `Profile ${suite.profile} on ${machine}`,
    hardwareClass,
    extent: extentOf(series),
    claims: claims.map((trend) => claimView(trend, axis, link)),
    arms: arms.flatMap((trend) => armFigure(trend, axis)),
    armNote: arms.some(({ points }) => points.length < runs.length)
      ? "Runs that took an arm's trials from the store have no times of their own."
      : null,
    runs: runRows(series, link),
  };
}

function extentOf(series: HistorySeries): string {
  const { runs } = series;
  const newest = newestOf(series);
  const when =
    runs.length === 1
      ? formatTime(newest.startedAt)
      : `${formatTime(runs[0].startedAt)} to ${formatTime(newest.startedAt)}`;
  return `${formatCount(runs.length, "run")}, ${when}${runs.length > 1 ? "; the newest with" : ","} claimbench ${newest.program}.`;
}

function claimView(trend: ClaimTrend, axis: TimeAxis, link: LinkToRun): ClaimTrendView {
  const { claim, newest, current, points, changes } = trend;
  const change = changes.at(-1);
  const { effect, interval } = effectInWords(points.at(-1)?.effect ?? null);
  return {
    claim,
    registry: newest.registry,
    statement: newest.statement,
    verdict: verdictWords(newest.status),
    marks: [
      ...(newest.finding ? ["finding, not gated"] : []),
      ...(newest.surrogate ? ["surrogate data"] : []),
      ...(current ? [] : ["not in the newest run"]),
    ],
    strip: verdictStrip(points.map(({ status }) => status)),
    effect,
    interval,
    change: change
      ? {
          from: verdictWords(change.from),
          to: verdictWords(change.to),
          run: { text: change.run.id, href: link(change.run) },
          program: change.run.program,
          differences: change.differences.length === 0 ? null : change.differences.join("; "),
        }
      : null,
    changes: changes.length > 1 ? `${changes.length} changes in ${formatCount(points.length, "run")}` : null,
    figure: claimFigure(trend, axis),
  };
}

function claimFigure({ claim, followed, further, points, changes }: ClaimTrend, axis: TimeAxis): FigureView | null {
  if (!followed) return null;
  const { label, region, minimum, negated, effect } = followed;
  const logarithmic = effect.scale === "ratio";
  const drawn = trendChart({
    points: points.map(({ run, status, effect: each }): ChartPoint => {
      return { time: timeOf(run), value: each?.estimate ?? null, interval: each?.interval ?? null, status, line: "" };
    }),
    axis,
    logarithmic,
    region: region && regionEnds(region),
    minimum,
    changes: changes.map(({ run, from, to }) => ({
      time: timeOf(run),
      text: `${verdictWords(from).symbol} → ${verdictWords(to).symbol}`,
    })),
    label: `${claim}: ${effect.scale} of ${label} over ${formatCount(points.length, "run")}${logarithmic ? ", logarithmic" : ""}`,
  });
  if (!drawn) return null;
  const notes = [
    `${label}${logarithmic ? " (logarithmic)" : ""}.`,
    ...(region === null
      ? []
      : [
          `Asked: ${negated ? "not " : ""}${formatRegion(region)}${minimum === null ? "" : `, at least ${minimum} (dotted)`}.`,
        ]),
    ...(drawn.cut ? ["Intervals are cut at the chart's edge."] : []),
    ...(further > 0 ? [`The claim has ${formatCount(further, "more effect")}.`] : []),
  ];
  return { title: claim, chart: drawn.svg, note: notes.join(" ") };
}

function armFigure({ arm, points }: ArmTrend, axis: TimeAxis): FigureView[] {
  const drawn = trendChart({
    points: points.map(({ run, seconds }): ChartPoint => {
      const { median, least, most, layout } = seconds;
      return { time: timeOf(run), value: median, interval: { lower: least, upper: most }, status: null, line: layout };
    }),
    axis,
    logarithmic: false,
    region: null,
    minimum: null,
    changes: [],
    label: `Seconds of a trial of ${arm} over ${formatCount(points.length, "run")}`,
  });
  const newest = points.at(-1)?.seconds;
  if (!drawn || !newest) return [];
  const layouts = new Set(points.map(({ seconds }) => seconds.layout)).size > 1;
  const notes = [
    `Newest: ${formatDuration(newest.median)}, ${formatCount(newest.trials, "trial")}, workers × threads ${newest.layout}.`,
    ...(layouts ? ["The line breaks where workers or threads changed."] : []),
    ...(drawn.cut ? ["Ranges are cut at the chart's edge."] : []),
  ];
  return [{ title: `${arm}, seconds of a trial`, chart: drawn.svg, note: notes.join(" ") }];
}

function runRows({ runs, claims }: HistorySeries, link: LinkToRun): RunRow[] {
  const changed = new Map<RunSummary, number>();
  for (const { changes } of claims) {
    for (const { run } of changes) changed.set(run, (changed.get(run) ?? 0) + 1);
  }
  return runs.toReversed().map((run) => {
    const { counts, findings } = verdictCounts(run.claims);
    return {
      run: { text: run.id, href: link(run) },
      time: formatTime(run.startedAt),
      counts: counts.map(({ status, count }) => ({ count, verdict: verdictWords(status) })),
      findings: findings === 0 ? null : formatCount(findings, "finding"),
      changed: changed.get(run) ?? 0,
      duration: formatDuration(run.durationSeconds),
      program: run.program,
    };
  });
}

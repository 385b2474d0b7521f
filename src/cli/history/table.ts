import pc from "picocolors";
import type { VerdictStatus } from "../../judge/verdict.ts";
import { digitsOf, formatCount, formatNumber } from "../../judge/wording.ts";
import type { ArmTrend } from "../../report/history/arm-trend.ts";
import type { ClaimTrend } from "../../report/history/claim-trend.ts";
import { type HistorySeries, newestOf } from "../../report/history/series.ts";
import { formatDuration } from "../../report/words/quantities.ts";
import { verdictWords } from "../../report/words/verdict-words.ts";
import { shortened, sparkline } from "./sparkline.ts";

/** Verdicts and values that a line shows; the newest are at its right. */
const MOST_SHOWN = 16;
const LONGEST_NAME = 44;

type Paint = Readonly<Record<VerdictStatus | "dim" | "bold", (text: string) => string>>;

/** A block a series: a line a claim, a line a change of its verdict, a line an arm. */
export function renderHistory(history: readonly HistorySeries[], columns: number, colour: boolean): string {
  const colours = pc.createColors(colour);
  const paint: Paint = {
    pass: colours.green,
    fail: colours.red,
    inconclusive: colours.yellow,
    "not-measured": colours.magenta,
    dim: colours.dim,
    bold: colours.bold,
  };
  return history.map((series) => renderSeries(series, Math.max(60, columns), paint)).join("\n");
}

function renderSeries(series: HistorySeries, width: number, paint: Paint): string {
  const { suite, machine, hardwareClass, runs, claims, arms } = series;
  const newest = newestOf(series);
  const names = [...claims.map(({ claim }) => claim), ...arms.map(({ arm }) => arm)];
  const nameWidth = Math.min(LONGEST_NAME, Math.max(...names.map(({ length }) => length)));
  const shown = Math.min(MOST_SHOWN, runs.length);
  const name = (text: string) => shortened(text, nameWidth).padEnd(nameWidth);
  return [
    `${paint.bold(suite.id)}${suite.profile === null ? "" : `, profile ${suite.profile}`}`,
    `${machine}${machine.includes(hardwareClass) ? "" : paint.dim(`  ${hardwareClass}`)}`,
    `${formatCount(runs.length, "run")}, ${timesOf(series)}${runs.length > 1 ? "; the newest with" : ","} claimbench ${newest.program}`,
    "",
    ...claims.flatMap((trend) => claimLines(trend, { name, shown, width, paint })),
    ...(arms.length === 0 ? [] : ["", paint.dim("Seconds of a trial, training and measuring: median (least to most)")]),
    ...arms.map((trend) => armLine(trend, name, shown)),
    "",
  ].join("\n");
}

function timesOf({ runs }: HistorySeries): string {
  const [first, last] = [runs[0].startedAt.slice(0, 10), (runs.at(-1) ?? runs[0]).startedAt.slice(0, 10)];
  return first === last ? first : `${first} to ${last}`;
}

interface Layout {
  readonly name: (text: string) => string;
  readonly shown: number;
  readonly width: number;
  readonly paint: Paint;
}

function claimLines(trend: ClaimTrend, { name, shown, width, paint }: Layout): string[] {
  const { claim, newest, current, points, followed, changes } = trend;
  const verdicts = points.slice(-shown).map(({ status }) => paint[status](verdictWords(status).symbol));
  const values = points.slice(-shown).map(({ effect }) => effect?.estimate ?? null);
  const room = " ".repeat(Math.max(0, shown - verdicts.length));
  const line = `${name(claim)}  ${room}${verdicts.join("")}  ${room}${sparkline(values, followed?.effect.scale === "ratio")}  `;
  const used = name("").length + 2 * shown + 6;
  const marks = [
    ...(newest.finding ? ["finding"] : []),
    ...(newest.surrogate ? ["surrogate data"] : []),
    ...(current ? [] : ["not in the newest run"]),
  ];
  const told = `${latestEffect(trend)}${marks.length > 0 ? ` (${marks.join("; ")})` : ""}`;
  const change = changes.at(-1);
  return [
    `${line}${used + told.length > width ? `\n    ${told}` : told}`,
    ...(change === undefined ? [] : changeLines(trend, paint)),
  ];
}

function latestEffect({ points, newest }: ClaimTrend): string {
  const { effect } = points.at(-1) ?? {};
  if (!effect) return verdictWords(newest.status).words;
  const digits = digitsOf(effect.scale);
  const number = (value: number) => formatNumber(value, [], digits);
  const { interval } = effect;
  const range = interval ? ` [${number(interval.lower)}, ${number(interval.upper)}]` : "";
  return `${effect.scale} ${number(effect.estimate)}${range}, n = ${effect.n}`;
}

function changeLines({ changes, points }: ClaimTrend, paint: Paint): string[] {
  const last = changes.at(-1);
  if (!last) return [];
  const { from, to, run, differences } = last;
  const word = (status: VerdictStatus) => {
    const { symbol, words } = verdictWords(status);
    return paint[status](`${symbol} ${words}`);
  };
  const since = run === points.at(-1)?.run ? "in the newest run," : "since run";
  return [
    `    ${word(to)}, was ${word(from)}, ${since} ${run.id}, claimbench ${run.program}`,
    ...(differences.length === 0 ? [] : [paint.dim(`      with it changed: ${differences.join("; ")}`)]),
    ...(changes.length > 1
      ? [paint.dim(`      ${changes.length} changes in ${formatCount(points.length, "run")}`)]
      : []),
  ];
}

function armLine({ arm, points }: ArmTrend, name: Layout["name"], shown: number): string {
  const values = points.slice(-shown).map(({ seconds }) => seconds.median);
  const room = " ".repeat(Math.max(0, shown - values.length));
  const newest = points.at(-1)?.seconds;
  if (!newest) return name(arm);
  const { median, least, most, trials } = newest;
  const range = trials === 1 ? "" : ` (${formatDuration(least)} to ${formatDuration(most)}, ${trials} trials)`;
  return `${name(arm)}  ${room}${sparkline(values, false)}  ${formatDuration(median)}${range}`;
}

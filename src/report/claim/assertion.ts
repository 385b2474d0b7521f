import { quantityOf } from "../../judge/criterion.ts";
import type { PublishedComparison } from "../../judge/published.ts";
import { counterpartOf } from "../../judge/published-counterpart.ts";
import type { AssertionVerdict, ClaimVerdict, Judged, SingleResult } from "../../judge/verdict.ts";
import { digitsOf, formatInterval, formatNumber } from "../../judge/wording.ts";
import { operandsOf } from "../../spec/operands.ts";
import type { PublishedEntry, ResolvedAssertion } from "../../spec/run.types.ts";
import { type IntervalChart, type IntervalRow, intervalChart } from "../charts/interval.ts";
import { regionEnds } from "../charts/region-ends.ts";
import { numeric, type TableView, tableView } from "../table.ts";
import { effectWords, isMeasured, type MeasuredResult } from "../words/measured-result.ts";
import { formatValue } from "../words/quantities.ts";
import { referenceWords } from "../words/reference-words.ts";
import { sentence } from "../words/sentence.ts";
import { type VerdictWords, verdictWords } from "../words/verdict-words.ts";
import { ORIGINS } from "./published.ts";
import { seedEffects } from "./seed-effects.ts";

/** One assertion of a claim, as its section shows it. */
export interface AssertionView {
  /** Whether its verdict needs telling apart from the claim's: of several assertions. */
  readonly own: boolean;
  readonly expression: string;
  readonly verdict: VerdictWords;
  readonly reason: string;
  /** SVG; null where nothing was measured or nothing fits the axis. */
  readonly chart: string | null;
  readonly results: readonly ResultView[];
  readonly settle: string | null;
  /** What the chart cannot show, in words. */
  readonly remarks: readonly string[];
  readonly values: TableView | null;
}

export interface ResultView {
  readonly verdict: VerdictWords;
  readonly maximiser: string | null;
  readonly effect: string;
}

/** @param place names the assertion within the page, such as "sharper[none], assertion 2". */
export function assertionView(
  verdict: AssertionVerdict,
  claim: ClaimVerdict,
  published: readonly PublishedComparison[],
  place: string,
): AssertionView {
  const measured = verdict.results.filter(isMeasured);
  const settles = [...new Set(measured.flatMap(({ settle }) => settle ?? []))];
  const theirs = published.filter(
    ({ pointer, entry }) => counterpartOf(pointer, entry, claim.assertions)?.verdict === verdict,
  );
  const { chart, remarks } = chartOf(verdict.judged, measured, theirs);
  return {
    own: claim.assertions.length > 1,
    expression: verdict.expression,
    verdict: verdictWords(verdict.status),
    reason: sentence(verdict.reason),
    chart,
    results: verdict.results.map((result) => ({
      verdict: verdictWords(result.status),
      maximiser: nameOf(result),
      effect: effectWords(result),
    })),
    settle: settles.length === 0 ? null : sentence(settles.join("; ")),
    remarks,
    values: measured.length === 0 ? null : valuesTable(verdict.assertion, verdict.judged, measured, place),
  };
}

function chartOf(
  { scale, region, minimum, subject }: Judged,
  measured: readonly MeasuredResult[],
  published: readonly PublishedComparison[],
): { chart: string | null; remarks: string[] } {
  const logarithmic = scale === "ratio";
  const drawn = measured.filter(({ effect }) => effect.scale === scale);
  const remarks =
    drawn.length < measured.length
      ? ["Without positive values there is no ratio to draw; the difference stands in the text."]
      : [];
  const rows: IntervalRow[] = drawn.map((result) => ({
    label: `${verdictWords(result.status).symbol} ${nameOf(result) ?? "ours"}  ${formatNumber(result.effect.estimate, [], digitsOf(scale))}`,
    estimate: result.effect.estimate,
    interval: result.effect.interval,
    seeds: seedEffects(result),
    tip: effectWords(result),
    colour: `var(--${result.status})`,
    mark: "ours",
  }));
  for (const { publishedEffect, entry } of published) {
    if (publishedEffect === undefined) continue;
    const row = publishedRow(publishedEffect, scale, entry.origin);
    if (logarithmic && (row.interval?.lower ?? row.estimate) <= 0) {
      remarks.push(`The published ${row.estimate} does not fit a logarithmic axis.`);
    } else rows.push(row);
  }
  if (drawn.length === 0) return { chart: null, remarks };
  const edges = regionEnds(region);
  for (const bound of [edges.from, edges.to, minimum]) {
    if (logarithmic && bound !== undefined && bound <= 0)
      remarks.push(`The bound ${bound} does not fit a logarithmic axis.`);
  }
  const axis = `${subject}${logarithmic ? ", logarithmic" : ""}`;
  const chart: IntervalChart = {
    rows,
    logarithmic,
    axis,
    region: edges,
    ...(minimum === undefined ? {} : { minimum }),
    label: `${axis}: ${rows.map(({ label }) => label).join("; ")}`,
  };
  return { chart: intervalChart(chart), remarks };
}

function publishedRow(
  value: number | readonly [number, number],
  scale: MeasuredResult["effect"]["scale"],
  origin: PublishedEntry["origin"],
): IntervalRow {
  const how = ORIGINS[origin];
  const digits = digitsOf(scale);
  const base = { colour: "var(--published)", mark: "published" } as const;
  if (typeof value === "number") {
    const number = formatNumber(value, [], digits);
    return {
      ...base,
      label: `◆ paper (${how})  ${number}`,
      tip: `paper: ${number}`,
      estimate: value,
      interval: null,
    };
  }
  const [lower, upper] = value;
  const range = formatInterval({ lower, upper }, [], digits);
  return {
    ...base,
    label: `▬ paper (${how})  ${range}`,
    tip: `paper: ${range}`,
    estimate: lower,
    interval: { lower, upper },
  };
}

/** What tells a result from its neighbours. */
function nameOf({ label, maximiser }: SingleResult): string | null {
  return label === undefined ? (maximiser ?? null) : [label, maximiser].filter(Boolean).join(", ");
}

function valuesTable(
  assertion: ResolvedAssertion,
  { scale, subject }: Judged,
  measured: readonly MeasuredResult[],
  place: string,
): TableView {
  const several = measured.some((result) => nameOf(result) !== null);
  const paired = measured.some(({ values }) => values.some(({ second }) => second !== undefined));
  const comparison = scale === "ratio" || scale === "difference" ? scale : null;
  const [first, second] = paired ? operandNames(assertion) : [subject, ""];
  const columns = [
    "Seed",
    ...(several ? ["Of"] : []),
    numeric(first),
    ...(paired ? [numeric(second), ...(comparison ? [numeric(comparison)] : [])] : []),
  ];
  const rows = measured.flatMap((result) =>
    result.values.map((pair) => [
      String(pair.seed),
      // In one line: a name such as "SB < LB" is one word.
      ...(several ? [(nameOf(result) ?? "–").replaceAll(" ", "\u00a0")] : []),
      formatValue(pair.first),
      ...(paired
        ? [formatValue(pair.second), ...(comparison ? [compared(pair.first, pair.second, comparison)] : [])]
        : []),
    ]),
  );
  return tableView(`Values by seed: ${place}`, columns, rows);
}

/** Of the two that are compared; where many pairs are, what they have in common. */
function operandNames(assertion: ResolvedAssertion): [first: string, second: string] {
  const [first, second, ...more] = operandsOf(assertion);
  if (!first || !second) return ["first", "second"];
  if (more.length === 0) return [referenceWords(first), referenceWords(second)];
  const [one, other] = [quantityOf(first), quantityOf(second)];
  return one === other ? [`${one}, right`, `${other}, left`] : [one, other];
}

function compared(first: number, second: number | undefined, comparison: "ratio" | "difference"): string {
  if (second === undefined) return "–";
  if (comparison === "difference") return formatValue(first - second);
  return first > 0 && second > 0 ? formatValue(first / second) : "none: not positive";
}

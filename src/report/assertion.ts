import type { PublishedComparison } from "../judge/published.ts";
import { counterpartOf } from "../judge/published-counterpart.ts";
import type { AssertionVerdict, ClaimVerdict } from "../judge/verdict.ts";
import { digitsOf, formatInterval, formatNumber } from "../judge/wording.ts";
import type { ResolvedAssertion } from "../spec/run.types.ts";
import { plainName } from "./arms.ts";
import { type IntervalChart, type IntervalRow, intervalChart } from "./charts/interval.ts";
import { effectWords, isMeasured, type MeasuredResult } from "./measured-result.ts";
import { formatValue } from "./quantities.ts";
import { sentence } from "./sentence.ts";
import { numeric, type TableView, tableView } from "./table.ts";
import { type VerdictWords, verdictWords } from "./verdict-words.ts";

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
  const { chart, remarks } = chartOf(verdict.assertion, measured, theirs);
  return {
    own: claim.assertions.length > 1,
    expression: verdict.expression,
    verdict: verdictWords(verdict.status),
    reason: sentence(verdict.reason),
    chart,
    results: verdict.results.map((result) => ({
      verdict: verdictWords(result.status),
      maximiser: result.maximiser ?? null,
      effect: effectWords(result),
    })),
    settle: settles.length === 0 ? null : sentence(settles.join("; ")),
    remarks,
    values: measured.length === 0 ? null : valuesTable(verdict.assertion, measured, place),
  };
}

/** "LB / SB", "SB − LB", "SB". */
export function comparedArms({ kind, ...assertion }: ResolvedAssertion): string {
  const first = plainName(assertion.first.arm);
  const second = assertion.second;
  if (second === undefined || typeof second === "number") return first;
  return `${first} ${kind === "ratio" ? "/" : "−"} ${plainName(second.arm)}`;
}

function chartOf(
  assertion: ResolvedAssertion,
  measured: readonly MeasuredResult[],
  published: readonly PublishedComparison[],
): { chart: string | null; remarks: string[] } {
  const logarithmic = assertion.kind === "ratio";
  const scale = logarithmic ? "ratio" : comparedArms(assertion).includes(" − ") ? "difference" : "mean";
  const drawn = measured.filter(({ effect }) => effect.scale === scale);
  const remarks =
    drawn.length < measured.length
      ? ["Without positive values there is no ratio to draw; the difference stands in the text."]
      : [];
  const rows: IntervalRow[] = drawn.map(({ status, maximiser, effect }) => ({
    label: `${verdictWords(status).symbol} ${maximiser ?? "ours"}  ${formatNumber(effect.estimate, [], digitsOf(scale))}`,
    estimate: effect.estimate,
    interval: effect.interval,
    colour: `var(--${status})`,
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
  const { region, minimum } = boundsOf(assertion);
  for (const bound of [region.from, region.to, minimum]) {
    if (logarithmic && bound !== undefined && bound <= 0)
      remarks.push(`The bound ${bound} does not fit a logarithmic axis.`);
  }
  const axis = `${comparedArms(assertion)}, ${assertion.first.measurement}${logarithmic ? ", logarithmic" : ""}`;
  const chart: IntervalChart = {
    rows,
    logarithmic,
    axis,
    region,
    ...(minimum === undefined ? {} : { minimum }),
    label: `${axis}: ${rows.map(({ label }) => label).join("; ")}`,
  };
  return { chart: intervalChart(chart), remarks };
}

function publishedRow(
  value: number | readonly [number, number],
  scale: MeasuredResult["effect"]["scale"],
  origin: string,
): IntervalRow {
  const how = origin === "reading" ? "read off a figure" : origin;
  const digits = digitsOf(scale);
  const base = { colour: "var(--published)", mark: "published" } as const;
  if (typeof value === "number") {
    return { ...base, label: `◆ paper (${how})  ${formatNumber(value, [], digits)}`, estimate: value, interval: null };
  }
  const [lower, upper] = value;
  const label = `▬ paper (${how})  ${formatInterval({ lower, upper }, [], digits)}`;
  return { ...base, label, estimate: lower, interval: { lower, upper } };
}

/** Where the assertion wants the whole interval, and the estimate it asks for. */
function boundsOf(assertion: ResolvedAssertion): Pick<IntervalChart, "region"> & { minimum?: number } {
  switch (assertion.kind) {
    case "within":
      return { region: { from: assertion.lowest, to: assertion.highest } };
    case "ratio":
    case "difference":
      return {
        region: { from: assertion.above },
        ...(assertion.atLeast === undefined ? {} : { minimum: assertion.atLeast }),
      };
    case "greater":
    case "less": {
      const bound = typeof assertion.second === "number" ? assertion.second : 0;
      const above = assertion.kind === "greater";
      const region = above ? { from: bound } : { to: bound };
      return assertion.atLeast === undefined
        ? { region }
        : { region, minimum: bound + (above ? 1 : -1) * assertion.atLeast };
    }
  }
}

function valuesTable(assertion: ResolvedAssertion, measured: readonly MeasuredResult[], place: string): TableView {
  const second = typeof assertion.second === "number" ? undefined : assertion.second;
  const several = measured.some(({ maximiser }) => maximiser !== undefined);
  const comparison = assertion.kind === "ratio" ? "ratio" : "difference";
  const name = ({ arm, measurement }: { arm: string; measurement: string }) => `${plainName(arm)} ${measurement}`;
  const columns = [
    "Seed",
    ...(several ? ["Maximiser"] : []),
    numeric(name(assertion.first)),
    ...(second ? [numeric(name(second)), numeric(comparison)] : []),
  ];
  const rows = measured.flatMap(({ values, maximiser }) =>
    values.map((pair) => [
      String(pair.seed),
      ...(several ? [maximiser ?? "–"] : []),
      formatValue(pair.first),
      ...(second ? [formatValue(pair.second), compared(pair.first, pair.second, comparison)] : []),
    ]),
  );
  return tableView(`Values by seed: ${place}`, columns, rows);
}

function compared(first: number, second: number | undefined, comparison: "ratio" | "difference"): string {
  if (second === undefined) return "–";
  if (comparison === "difference") return formatValue(first - second);
  return first > 0 && second > 0 ? formatValue(first / second) : "none: not positive";
}

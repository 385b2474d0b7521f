import type { PublishedComparison } from "../../judge/published.ts";
import { counterpartOf } from "../../judge/published-counterpart.ts";
import type { ClaimVerdict, SeedValues, SingleResult } from "../../judge/verdict.ts";
import { digitsOf, formatInterval, formatNumber } from "../../judge/wording.ts";
import { operandsOf } from "../../spec/operands.ts";
import type { PublishedEntry, PublishedValue, ResolvedAssertion, SampleReference } from "../../spec/run.types.ts";
import { mean, standardDeviation } from "../../stats/sample.ts";
import { plainName } from "../arms.ts";
import { numeric, type TableView, tableView } from "../table.ts";
import { isMeasured } from "../words/measured-result.ts";
import { formatValue } from "../words/quantities.ts";
import { sentence } from "../words/sentence.ts";

/** A published entry beside ours. */
export interface PublishedView {
  readonly quantity: string;
  readonly source: string;
  /** In the baseline: entries of several networks share their quantity. */
  readonly place: string;
  readonly wording: string;
  readonly note: string | null;
  readonly table: TableView;
}

/** How a number was got. */
export const ORIGINS: Record<PublishedEntry["origin"], string> = {
  stated: "as printed",
  reading: "read off the figure",
  calculated: "calculated from printed values",
};

export function publishedView(comparison: PublishedComparison, verdict: ClaimVerdict): PublishedView {
  const { entry, pointer, wording } = comparison;
  return {
    quantity: entry.quantity,
    source: `${entry.source}, ${ORIGINS[entry.origin]}`,
    place: placeOf(pointer),
    wording: sentence(wording),
    note: entry.note === undefined ? null : sentence(entry.note),
    table: comparisonTable(comparison, verdict),
  };
}

/** "table3/F1/0.001" of "keskar-2017#/table3/F1/0.001". */
function placeOf(pointer: string): string {
  return pointer.slice(pointer.indexOf("#/") + 2);
}

function comparisonTable(
  { entry, pointer, ours, publishedEffect }: PublishedComparison,
  verdict: ClaimVerdict,
): TableView {
  const arms = Object.keys(entry.arms);
  const counterpart = counterpartOf(pointer, entry, verdict.assertions);
  const effect = entry.effect
    ? effectName(entry.effect, counterpart?.kind === "effect" && counterpart.reversed)
    : undefined;
  const theirEffect = entry.effect && counterpart?.kind !== "arm" ? publishedEffect : undefined;
  const found = ours ? findResult(verdict, ours) : undefined;
  const ourEffect = ours && counterpart?.kind === "effect" ? effectText(ours) : "–";
  const maximiser = found?.result.maximiser === undefined ? "" : `, ${found.result.maximiser}`;
  return tableView(
    `${entry.quantity} (${placeOf(pointer)}): the paper's and ours, ${verdict.claim}`,
    ["", ...arms.map(numeric), ...(effect === undefined ? [] : [numeric(effect)])],
    [
      [
        "Paper",
        ...arms.map((arm) => publishedText(entry.arms[arm])),
        ...(effect === undefined ? [] : [publishedEffectText(theirEffect)]),
      ],
      ...(found
        ? [
            [
              `Ours${maximiser}`,
              ...arms.map((arm) => ourText(arm, found)),
              ...(effect === undefined ? [] : [ourEffect]),
            ],
          ]
        : []),
    ],
  );
}

interface Found {
  readonly assertion: ResolvedAssertion;
  readonly result: Extract<SingleResult, { effect: unknown }>;
}

/** The result that a comparison's effect came from. */
function findResult({ assertions }: ClaimVerdict, effect: PublishedComparison["ours"]): Found | undefined {
  for (const { assertion, results } of assertions) {
    for (const result of results) if (isMeasured(result) && result.effect === effect) return { assertion, result };
  }
  return undefined;
}

/** "LB / SB". */
function effectName({ kind, of }: NonNullable<PublishedEntry["effect"]>, reversed: boolean): string {
  const [first, second] = reversed ? of.toReversed() : of;
  return `${first} ${kind === "ratio" ? "/" : "−"} ${second}`;
}

function publishedText(value: PublishedValue | undefined): string {
  if (!value) return "–";
  return summaryText(String(value.mean), value.std === undefined ? undefined : String(value.std), value.n);
}

function ourText(arm: string, { assertion, result }: Found): string {
  const [first, second] = operandsOf(assertion);
  const values = first && operandOf(arm, first, second, result.values);
  if (!values || values.length === 0) return "–";
  const spread = values.length < 2 ? undefined : formatNumber(standardDeviation(values), [], 2);
  return summaryText(formatValue(mean(values)), spread, values.length);
}

function operandOf(
  arm: string,
  first: SampleReference,
  second: SampleReference | undefined,
  values: readonly SeedValues[],
): number[] | undefined {
  if (plainName(first.arm) === arm) return values.map((pair) => pair.first);
  if (second === undefined || plainName(second.arm) !== arm) return undefined;
  return values.flatMap((pair) => pair.second ?? []);
}

function summaryText(centre: string, spread: string | undefined, n: number | undefined): string {
  return `${centre}${spread === undefined ? "" : ` ± ${spread}`}${n === undefined ? "" : ` (n = ${n})`}`;
}

function publishedEffectText(value: PublishedComparison["publishedEffect"]): string {
  if (value === undefined) return "–";
  return typeof value === "number" ? formatNumber(value) : `${formatNumber(value[0])} to ${formatNumber(value[1])}`;
}

function effectText({ scale, estimate, interval }: NonNullable<PublishedComparison["ours"]>): string {
  const digits = digitsOf(scale);
  return `${formatNumber(estimate, [], digits)}${interval ? ` (${formatInterval(interval, [], digits)})` : ""}`;
}

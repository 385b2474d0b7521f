import type { ClaimVerdict } from "../../judge/verdict.ts";
import type { RunRecord } from "../../spec/run.types.ts";
import type { ClaimView } from "../claim/claim.ts";
import { type ClaimLink, claimLinks } from "../claim/claim-links.ts";
import { ORIGINS } from "../claim/published.ts";
import { dataWords } from "../words/data-words.ts";
import { measurementWords } from "../words/measurement-words.ts";
import { formatWhole, listWords } from "../words/quantities.ts";
import { parameterCounts } from "../words/scale-words.ts";
import { capitalise } from "../words/sentence.ts";
import { isShare } from "./cells.ts";
import { isOfNetwork, measurementOf, type PlacedEntry, placeEntry } from "./published-match.ts";
import { armOf, type ColumnGroup, hasColumn, type NetworkRows, networkRows, type Ours, oursOf } from "./rows.ts";

/** The paper's tables with ours in them, as far as the record has arms and measurements that match. */
export interface PaperTablesView {
  readonly tables: readonly PaperTableView[];
  /** What "ours" was trained on, one line a row label. */
  readonly scales: readonly { readonly label: string; readonly text: string }[];
  /** Tables that the claims point at and that nothing of this run can stand in. */
  readonly absent: readonly string[];
}

interface PaperTableView {
  readonly anchor: string;
  /** "Table 3, p. 6". */
  readonly source: string;
  /** How the numbers were got: "as printed". */
  readonly tag: string;
  /** "sharpness φ, full space". */
  readonly quantities: string;
  readonly caption: string;
  readonly groups: readonly { readonly text: string; readonly span: number }[];
  readonly columns: readonly string[];
  readonly networks: readonly NetworkRows[];
  /** That ours is not of the paper's kind of network, and what the baseline notes of the entries. */
  readonly notes: readonly string[];
  readonly claims: readonly ClaimLink[];
}

/** A table's entries, and for each of its networks the rows of ours that stand beside it. */
interface MatchedTable {
  readonly name: string;
  readonly entries: readonly PlacedEntry[];
  readonly oursOf: (network: string) => readonly Ours[];
  /** Whether ours is of the paper's kind of network, and stands beside no other. */
  readonly isKin: boolean;
}

/** @returns null where no claim points at a table. */
export function paperTablesView(
  record: RunRecord,
  verdicts: readonly ClaimVerdict[],
  claims: readonly ClaimView[],
): PaperTablesView | null {
  const placed = Object.entries(record.published).flatMap(([pointer, entry]) => placeEntry(pointer, entry) ?? []);
  if (placed.length === 0) return null;
  const ours = oursOf(record);
  const names = [...new Set(placed.map(({ table }) => table))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  const found = names.map((name) => ({ name, of: placed.filter(({ table }) => table === name) }));
  const matched = found.map(({ name, of }) => matchTable(name, of, ours));
  const present = matched.filter(({ entries }) => entries.length > 0);
  const shown = new Set(present.flatMap(({ entries, oursOf }) => entries.flatMap(({ network }) => oursOf(network))));
  return {
    tables: present.map((table) => {
      const pointers = new Set(table.entries.map(({ pointer }) => pointer));
      const links = claimLinks(record, verdicts, claims, (pointer) => pointers.has(pointer));
      return paperTableView(record, table, links);
    }),
    scales: ours.filter((row) => shown.has(row)).map((row) => ({ label: row.label, text: scaleOf(record, row) })),
    absent: found
      .filter((_, i) => matched[i]?.entries.length === 0)
      .map(({ name, of }) => `${name} (${listWords(networksOf(of))}): this run measured none of its columns.`),
  };
}

/** Nets of the paper's kind stand beside theirs; only where a table finds none, whatever trained arms of its names does. */
function matchTable(name: string, entries: readonly PlacedEntry[], ours: readonly Ours[]): MatchedTable {
  const beside = (network: string, kin: boolean) =>
    ours.filter(
      (row) =>
        (!kin || isOfNetwork(row.networkName, network)) &&
        entries.some((placed) => placed.network === network && hasColumn(row, placed)),
    );
  const isKin = networksOf(entries).some((network) => beside(network, true).length > 0);
  return {
    name,
    isKin,
    entries: entries.filter((placed) => beside(placed.network, isKin).some((row) => hasColumn(row, placed))),
    oursOf: (network) => beside(network, isKin),
  };
}

function networksOf(entries: readonly PlacedEntry[]): string[] {
  return [...new Set(entries.map(({ network }) => network))];
}

function paperTableView(record: RunRecord, table: MatchedTable, claims: readonly ClaimLink[]): PaperTableView {
  const { name, entries } = table;
  const columns: ColumnGroup[] = [...new Set(entries.map(({ column }) => column))].map((key) => ({
    key,
    arms: [...new Set(entries.filter(({ column }) => column === key).flatMap(({ entry }) => Object.keys(entry.arms)))],
  }));
  const heads = columns.flatMap(({ key }) => {
    const placed = entries.find(({ column }) => column === key);
    return placed ? [headOf(placed, table.oursOf(placed.network))] : [];
  });
  const quantities = listWords([...new Set(heads.map(({ quantity }) => quantity))]);
  const networks = networksOf(entries);
  const sources = entries.map(({ entry }) => entry.source);
  return {
    anchor: `paper-${name.toLowerCase().replace(/\W+/g, "-")}`,
    source: sources.find((source) => source !== name) ?? name,
    tag: [...new Set(entries.map(({ entry }) => ORIGINS[entry.origin]))].join(", "),
    quantities,
    caption: `${name} of the paper beside ours: ${quantities}. Mean ± standard deviation over n trials.`,
    groups: columns.map(({ arms }, i) => ({ text: heads[i]?.text ?? "", span: arms.length })),
    columns: columns.flatMap(({ arms }) => arms),
    networks: networks.map((network) => {
      const own = entries.filter((placed) => placed.network === network);
      return networkRows(record, network, own, columns, table.oursOf(network));
    }),
    notes: [
      ...(table.isKin
        ? []
        : [`No network of this run is of the paper's kind (${listWords(networks)}): ours is another.`]),
      ...entries.flatMap(({ network, column, entry }) => {
        const of = epsilonText(column) ?? column.replaceAll("-", " ");
        return entry.note === undefined ? [] : [`${network}, ${of}: ${entry.note}`];
      }),
    ],
    claims,
  };
}

/** What a column holds, and its heading. */
function headOf(placed: PlacedEntry, ours: readonly Ours[]): { quantity: string; text: string } {
  const quantity = quantityOf(placed, ours);
  const epsilon = epsilonText(placed.column);
  const symbol = quantity.startsWith("sharpness") ? "φ" : capitalise(quantity);
  return {
    quantity,
    text: epsilon === undefined ? `${symbol}${isShare(placed) ? ", %" : ""}` : `${symbol}, ${epsilon}`,
  };
}

function epsilonText(column: string): string | undefined {
  return Number.isNaN(Number(column)) ? undefined : `ε = ${column}`;
}

/** In the words of our measurement, which are shorter than the baseline's. */
function quantityOf(placed: PlacedEntry, ours: readonly Ours[]): string {
  for (const row of ours) {
    for (const name of Object.keys(placed.entry.arms)) {
      const arm = armOf(row, placed, name);
      const measurement = arm?.measure[measurementOf(placed, arm) ?? ""];
      if (measurement) return measurementWords(measurement);
    }
  }
  return placed.entry.quantity;
}

function scaleOf(record: RunRecord, { arms }: Ours): string {
  const names = arms.map(({ name }) => name);
  const sizes = parameterCounts(record, names).map((count) => `${formatWhole(count)} parameters`);
  const data = [...new Set(arms.map((arm) => dataWords(arm.data)))];
  const batches = [...new Set(arms.map(({ regime }) => String(regime.batch)))];
  return `${[...sizes, ...data, `batch ${listWords(batches, 8)}`].join("; ")}.`;
}

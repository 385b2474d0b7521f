import type { Arm, RunRecord } from "../../spec/run.types.ts";
import { comparableArms, plainName, variantOf } from "../arms.ts";
import { countText, ourText, publishedText } from "./cells.ts";
import { epsilonOf, measurementOf, type PlacedEntry } from "./published-match.ts";

/** One of the paper's networks: its own row, and ours. */
export interface NetworkRows {
  readonly name: string;
  readonly rows: readonly {
    readonly whose: string;
    readonly paper: boolean;
    readonly cells: readonly string[];
    readonly n: string;
  }[];
}

/** Arms of one network, variant and data set: what can be a row of ours. */
export interface Ours {
  readonly label: string;
  readonly networkName: string;
  readonly arms: readonly [Arm, ...Arm[]];
}

/** Columns of one quantity: an arm each. */
export interface ColumnGroup {
  /** Of the entries' places. */
  readonly key: string;
  readonly arms: readonly string[];
}

export function oursOf({ suite }: RunRecord): Ours[] {
  const groups = comparableArms(suite.arms);
  return groups.map((arms) => {
    const [{ name, networkName, data }] = arms;
    const variant = variantOf(name);
    const alone = groups.filter(([other]) => other.networkName === networkName).length === 1;
    const told = alone || variant === "" ? networkName : `${networkName} [${variant}]`;
    return { label: "surrogate" in data ? `${told}, surrogate data` : told, networkName, arms };
  });
}

/** The arm of a row that an entry has by this name, if it measured the entry's quantity. */
export function armOf({ arms }: Ours, placed: PlacedEntry, name: string): Arm | undefined {
  return arms.find((arm) => plainName(arm.name) === name && measurementOf(placed, arm) !== undefined);
}

/** Whether a row has anything to stand beside an entry. */
export function hasColumn(ours: Ours, placed: PlacedEntry): boolean {
  return Object.keys(placed.entry.arms).some((name) => armOf(ours, placed, name) !== undefined);
}

/** @param entries of the network. @param ours the rows that may stand beside them. */
export function networkRows(
  record: RunRecord,
  network: string,
  entries: readonly PlacedEntry[],
  columns: readonly ColumnGroup[],
  ours: readonly Ours[],
): NetworkRows {
  const cells = columns.flatMap(({ key, arms }) =>
    arms.map((arm) => ({ placed: entries.find(({ column }) => column === key), arm })),
  );
  const theirs = cells.map(({ placed, arm }) => placed?.entry.arms[arm]);
  const paper = {
    whose: `Paper, ${network}`,
    paper: true,
    cells: cells.map(({ placed }, i) => publishedText(placed, theirs[i])),
    n: countText(theirs.flatMap((value) => value?.n ?? [])),
  };
  const own = ours.flatMap((row) =>
    maximisersOf(record, row, entries).map((maximiser) => {
      const values = cells.map(({ placed, arm }) => (placed ? valuesOf(record, row, placed, arm, maximiser) : []));
      return {
        whose: `Ours, ${row.label}${maximiser === undefined ? "" : `, ${maximiser}`}`,
        paper: false,
        cells: cells.map(({ placed }, i) => ourText(placed, values[i] ?? [])),
        n: countText(values.flatMap((each) => (each.length === 0 ? [] : [each.length]))),
      };
    }),
  );
  return { name: network, rows: [paper, ...own] };
}

/** The maximisers of the row's sharpness, the paper's own first as the suites list it; one row where there is none. */
function maximisersOf({ samples }: RunRecord, row: Ours, entries: readonly PlacedEntry[]): (string | undefined)[] {
  const found = new Set<string>();
  for (const placed of entries) {
    for (const name of Object.keys(placed.entry.arms)) {
      const arm = armOf(row, placed, name);
      const measurement = arm?.measure[measurementOf(placed, arm) ?? ""];
      if (measurement?.metric === "sharpness") for (const each of measurement.maximiser) found.add(each);
    }
  }
  const measured = [...found].filter((each) => samples.some(({ maximiser }) => maximiser === each));
  return measured.length === 0 ? [undefined] : measured;
}

/** What the completed trials gave, in the record's order. */
function valuesOf(
  { samples, trials }: RunRecord,
  row: Ours,
  placed: PlacedEntry,
  name: string,
  maximiser: string | undefined,
): number[] {
  const arm = armOf(row, placed, name);
  const measurement = arm && measurementOf(placed, arm);
  if (!arm || measurement === undefined) return [];
  const epsilon = epsilonOf(placed);
  const completed = new Set(
    trials.flatMap((each) => (each.arm === arm.name && each.state === "completed" ? [each.seed] : [])),
  );
  return samples.flatMap((sample) =>
    "value" in sample &&
    sample.arm === arm.name &&
    sample.measurement === measurement &&
    sample.at === undefined &&
    sample.part === undefined &&
    (epsilon === undefined || (sample.epsilon === epsilon && sample.maximiser === maximiser)) &&
    completed.has(sample.seed)
      ? [sample.value]
      : [],
  );
}

import type { RunRecord } from "../../spec/run.types.ts";
import type { ArmGroup, ArmView } from "../arms.ts";
import { accuracyKey, type ChartKey } from "../chart-key.ts";
import { type DependenceChart, type DependencePoint, dependence } from "../charts/dependence.ts";
import { type EdgeScale, edgeScale } from "../charts/edge-scale.ts";
import { axisScale } from "../charts/scale.ts";
import type { FigureView } from "../figure.ts";
import { type Spread, spreadOf, spreadWords } from "../spread.ts";
import { numeric, type TableView, tableView } from "../table.ts";
import { type Measurement, measurementWords } from "../words/measurement-words.ts";
import { formatShare, formatValue } from "../words/quantities.ts";
import { capitalise } from "../words/sentence.ts";
import { type FactorFamily, factorFamilies } from "./factor-families.ts";

/** How test accuracy and sharpness depend on the one number by which arms differ. */
export interface DependenceView {
  readonly heading: string;
  readonly note: string;
  readonly rows: readonly DependenceRow[];
  readonly table: TableView;
}

/** Charts on one scale, to be seen side by side. */
interface DependenceRow {
  readonly heading: string | null;
  readonly figures: readonly FigureView[];
}

/** What is drawn over the factor. */
interface Quantity {
  /** Where a figure of the paper may show the same. */
  readonly key?: ChartKey;
  readonly title: string;
  readonly of: (arm: ArmView) => Spread | undefined;
  readonly format: (value: number) => string;
}

export function dependenceViews(record: RunRecord, group: ArmGroup): DependenceView[] {
  return factorFamilies(record, group).map((family) => dependenceView(record, group, family));
}

function dependenceView(record: RunRecord, group: ArmGroup, family: FactorFamily): DependenceView {
  const heading = family.factor === "batch" ? "By batch size" : "By the start of a warm start";
  const place = `${heading}, ${group.heading}`;
  const accuracy: Quantity = {
    key: accuracyKey(group, family.factor),
    title: "Test accuracy, last epoch",
    of: (arm) => spreadOf(accuraciesOf(record, arm).map((share) => 100 * share)),
    format: (value) => formatShare(value / 100),
  };
  const sharpness = sharpnessOf(record, family);
  const rows = [
    { heading: null, quantities: [accuracy], scaleOf: percentScale },
    ...sharpness.map(({ title, quantities }) => ({ heading: title, quantities, scaleOf: edgeScale })),
  ].flatMap((row) => rowOf(family, row, place));
  const range = "Marks are means over the seeds, bars lead from the lowest to the highest.";
  const lines = family.references.map(({ arm, role }) => `${arm.label}, ${role}`).join("; ");
  return {
    heading,
    note: lines === "" ? range : `${range} Level lines: ${lines}.`,
    rows,
    table: dependenceTable(
      family,
      [
        accuracy,
        ...sharpness.flatMap(({ title, quantities }) =>
          quantities.map((each) => ({ ...each, title: `${title}, ${each.title}` })),
        ),
      ],
      place,
    ),
  };
}

function rowOf(
  family: FactorFamily,
  {
    heading,
    quantities,
    scaleOf,
  }: { heading: string | null; quantities: readonly Quantity[]; scaleOf: (values: readonly number[]) => EdgeScale },
  place: string,
): DependenceRow[] {
  const drawn = quantities
    .map((quantity) => ({
      quantity,
      points: family.members.flatMap(({ arm, at }): DependencePoint[] => {
        const spread = quantity.of(arm);
        return spread ? [{ arm, at, spread }] : [];
      }),
      references: family.references.flatMap(({ arm }) => {
        const spread = quantity.of(arm);
        return spread ? [{ arm, value: spread.mean }] : [];
      }),
    }))
    .filter(({ points }) => points.length > 0);
  if (drawn.length === 0) return [];
  // One scale for all: a maximiser that finds next to nothing shows beside one that does not.
  const scale = scaleOf(
    drawn.flatMap(({ points, references }) => [
      ...points.flatMap(({ spread }) => [spread.lowest, spread.mean, spread.highest]),
      ...references.map(({ value }) => value),
    ]),
  );
  const axis = factorAxis(family);
  const figures = drawn.map(({ quantity, points, references }): FigureView => {
    const words = points.map(({ arm, spread }) => `${arm.label} ${quantity.format(spread.mean)}`).join("; ");
    const label = `${heading === null ? "" : `${heading}, `}${quantity.title}, ${place}. Means: ${words}.`;
    return {
      ...(quantity.key === undefined ? {} : { key: quantity.key }),
      title: quantity.title,
      chart: dependence({ points, references, ...axis, scale, label }),
      note: extremesWords(quantity, points),
    };
  });
  return [{ heading, figures }];
}

function factorAxis({ factor, words, members }: FactorFamily): Pick<DependenceChart, "factor" | "factorScale"> {
  if (factor === "batch") return { factor: "batch size, logarithmic", factorScale: "log" };
  const positive = members.map(({ at }) => at).filter((at) => at > 0);
  const spansMuch = Math.max(...positive) > 10 * Math.min(...positive);
  return spansMuch
    ? { factor: `${words}, compressed`, factorScale: "symlog" }
    : { factor: words, factorScale: "linear" };
}

function extremesWords({ format }: Quantity, points: readonly DependencePoint[]): string {
  const sorted = points.toSorted((a, b) => a.spread.mean - b.spread.mean);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (!least || !most) return "";
  return `From ${format(least.spread.mean)} (${least.arm.label}) to ${format(most.spread.mean)} (${most.arm.label}).`;
}

function accuraciesOf({ trials }: RunRecord, { name }: ArmView): number[] {
  return trials.flatMap((trial) => {
    const last = trial.arm === name && trial.state === "completed" ? trial.curve.at(-1) : undefined;
    return last ? [last.testAccuracy] : [];
  });
}

/** The measurements of φ, each at one ε, with a quantity a maximiser. */
function sharpnessOf(
  { suite, samples }: RunRecord,
  { members }: FactorFamily,
): { title: string; quantities: Quantity[] }[] {
  const found = new Map<string, Extract<Measurement, { metric: "sharpness" }>>();
  for (const { arm } of members) {
    for (const [name, measurement] of Object.entries(
      suite.arms.find((each) => each.name === arm.name)?.measure ?? {},
    )) {
      if (measurement.metric === "sharpness" && !found.has(name)) found.set(name, measurement);
    }
  }
  return [...found].flatMap(([name, measurement]) =>
    measurement.epsilon.map((epsilon) => ({
      title: `${capitalise(measurementWords(measurement))}, ε = ${epsilon}`,
      quantities: measurement.maximiser.map(
        (maximiser): Quantity => ({
          title: maximiser,
          of: (arm) =>
            spreadOf(
              samples.flatMap((sample) =>
                sample.arm === arm.name &&
                sample.measurement === name &&
                sample.epsilon === epsilon &&
                sample.maximiser === maximiser &&
                sample.at === undefined &&
                "value" in sample
                  ? [sample.value]
                  : [],
              ),
            ),
          format: formatValue,
        }),
      ),
    })),
  );
}

function percentScale(values: readonly number[]): EdgeScale {
  const { tickFormat, ...scale } = axisScale(values, "linear");
  return { ...scale, tickFormat: (tick) => `${tickFormat(tick)} %`, place: (value) => value, isAtEdge: () => false };
}

function dependenceTable(family: FactorFamily, quantities: readonly Quantity[], place: string): TableView {
  const beside = family.references.map(({ arm }) => ({ arm, at: undefined }));
  return tableView(
    `${place}: mean over the seeds (lowest to highest)`,
    ["Arm", numeric(capitalise(family.words)), ...quantities.map(({ title }) => numeric(title))],
    [...family.members, ...beside].map(({ arm, at }) => [
      arm.label,
      at === undefined ? "–" : String(at),
      ...quantities.map(({ of, format }) => spreadWords(of(arm), format)),
    ]),
  );
}

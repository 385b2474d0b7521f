import type { CurvePoint, RunRecord } from "../../spec/run.types.ts";
import type { ArmGroup, ArmView } from "../arms.ts";
import { curveKey } from "../chart-key.ts";
import { type CurveLine, learningCurve } from "../charts/learning-curve.ts";
import type { FigureView } from "../figure.ts";
import { numeric, type TableView, tableView } from "../table.ts";
import { formatShare, formatValue, formatWhole } from "../words/quantities.ts";

/** The learning curves of arms that share an axis. */
export interface LearningCurvesView {
  readonly figures: readonly FigureView[];
  readonly table: TableView;
}

type Quantity = "trainLoss" | "trainAccuracy" | "testLoss" | "testAccuracy";

const QUANTITIES: readonly { key: Quantity; title: string; kind: "loss" | "accuracy" }[] = [
  { key: "trainLoss", title: "Training loss", kind: "loss" },
  { key: "trainAccuracy", title: "Training accuracy", kind: "accuracy" },
  { key: "testLoss", title: "Test loss", kind: "loss" },
  { key: "testAccuracy", title: "Test accuracy", kind: "accuracy" },
];
// A chart has about 300 pixels for its epochs, a table a few screenfuls of rows.
const MOST_POINTS = 150;
const MOST_ROWS = 12;
const ROWS_IN_ALL = 60;
const LEAST_ROWS = 4;

interface ArmCurves {
  readonly arm: ArmView;
  readonly seeds: readonly (readonly CurvePoint[])[];
  readonly median: readonly CurvePoint[];
}

/** @returns null where no trial has a curve. */
export function learningCurvesView({ trials }: RunRecord, group: ArmGroup): LearningCurvesView | null {
  const { heading, arms } = group;
  const curves = arms.map((arm): ArmCurves => {
    const seeds = trials.flatMap((trial) =>
      trial.arm === arm.name && "curve" in trial && trial.curve.length > 0 ? [trial.curve] : [],
    );
    return { arm, seeds, median: medianCurve(seeds) };
  });
  const drawn = curves.filter(({ median }) => median.length > 0);
  if (drawn.length === 0) return null;
  return {
    figures: QUANTITIES.map(({ key, title, kind }) => {
      const lines = drawn.map((curve) => curveLine(curve, key));
      const label = `${title} by epoch, ${heading}. ${lines.map((line) => endWords(line, kind)).join("; ")}.`;
      return { key: curveKey(group, key), title, chart: learningCurve({ lines, kind, label }), note: null };
    }),
    table: curveTable(heading, drawn),
  };
}

function curveLine({ arm, seeds, median }: ArmCurves, key: Quantity): CurveLine {
  const values = (points: readonly CurvePoint[]) =>
    thinOut(points, MOST_POINTS).map((point) => ({ epoch: point.epoch, value: point[key] }));
  return { arm, seeds: seeds.map(values), median: values(median) };
}

function endWords({ arm, median }: CurveLine, kind: "loss" | "accuracy"): string {
  const end = median.at(-1);
  if (!end) return `${arm.label} has none`;
  return `${arm.label} ends at ${kind === "loss" ? formatValue(end.value) : formatShare(end.value)} (median) after epoch ${end.epoch}`;
}

/** Median over the seeds that reached an epoch. */
function medianCurve(curves: readonly (readonly CurvePoint[])[]): CurvePoint[] {
  const byEpoch = new Map<number, CurvePoint[]>();
  for (const point of curves.flat()) byEpoch.set(point.epoch, [...(byEpoch.get(point.epoch) ?? []), point]);
  return [...byEpoch]
    .sort(([a], [b]) => a - b)
    .map(([epoch, points]) => {
      const of = (key: Quantity | "updates") => median(points.map((point) => point[key]));
      return {
        epoch,
        updates: of("updates"),
        trainLoss: of("trainLoss"),
        trainAccuracy: of("trainAccuracy"),
        testLoss: of("testLoss"),
        testAccuracy: of("testAccuracy"),
      };
    });
}

/** @param values at least one. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

function curveTable(heading: string, curves: readonly ArmCurves[]): TableView {
  const rows = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor(ROWS_IN_ALL / curves.length)));
  return tableView(
    `Learning curves, ${heading}: median over the seeds`,
    ["Arm", ...["Epoch", "Updates", "Training loss", "Training accuracy", "Test loss", "Test accuracy"].map(numeric)],
    curves.flatMap(({ arm, median }) =>
      thinOut(median, rows).map((point) => [
        arm.label,
        String(point.epoch),
        formatWhole(point.updates),
        formatValue(point.trainLoss),
        formatShare(point.trainAccuracy),
        formatValue(point.testLoss),
        formatShare(point.testAccuracy),
      ]),
    ),
  );
}

/** At most so many points, evenly chosen, the first and the last among them. */
function thinOut<Point>(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const step = (points.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => points[Math.round(i * step)] as Point);
}

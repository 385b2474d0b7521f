import type { RunRecord } from "../../spec/run.types.ts";
import type { ArmGroup } from "../arms.ts";
import type { ChartKey } from "../chart-key.ts";
import { type Spread, spreadOf, spreadWords } from "../spread.ts";
import { numeric, type TableView, tableView } from "../table.ts";
import type { Panel, PanelLine, PanelPoint } from "./panel-chart.ts";
import type { Reading } from "./readings.ts";

/** A figure of the paper, drawn of a record's samples. */
export interface DrawnFigure {
  readonly panels: readonly Panel[];
  readonly table: TableView;
  /** Anchors of the groups of arms that have a panel in it. */
  readonly groups: readonly string[];
  /** Charts of what was measured that it shows whole. */
  readonly charts: readonly ChartKey[];
  /** Names of the arms it shows. */
  readonly arms: readonly string[];
  /** The readings in it. */
  readonly readings: readonly Reading[];
  /** How ours is drawn, and where it is not drawn as the paper's. */
  readonly remark: string;
}

/** @returns null where the record has nothing to draw. */
export type DrawFigure = (
  record: RunRecord,
  groups: readonly ArmGroup[],
  readings: readonly Reading[],
) => DrawnFigure | null;

/** The colour of the paper's values everywhere in the report. */
export const PAPER_COLOUR = "var(--published)";

/** Values of the seeds at each position, as the points of their mean. */
export function meanPoints(values: readonly { readonly x: number; readonly value: number }[]): PanelPoint[] {
  return [...new Set(values.map(({ x }) => x))]
    .sort((a, b) => a - b)
    .flatMap((x) => {
      const spread = spreadOf(values.filter((each) => each.x === x).map(({ value }) => value));
      return spread ? [spreadPoint(x, spread)] : [];
    });
}

export function spreadPoint(x: number, { mean, lowest, highest, n }: Spread): PanelPoint {
  return n === 1 ? { x, value: mean } : { x, value: mean, lowest, highest };
}

/** All that an axis must hold. */
export function extentOf(lines: readonly PanelLine[], axis: PanelLine["axis"]): number[] {
  return lines
    .filter((line) => line.axis === axis)
    .flatMap(({ points, seeds }) =>
      [...points, ...seeds.flat()].flatMap(({ value, lowest, highest }) => [
        value,
        ...(lowest === undefined ? [] : [lowest]),
        ...(highest === undefined ? [] : [highest]),
      ]),
    );
}

/** One line of a figure as a column of its table. */
export interface FigureColumn {
  readonly title: string;
  readonly points: readonly PanelPoint[];
  readonly format: (value: number) => string;
}

/** A row each position that any of the columns has. */
export function figureTable(caption: string, position: string, columns: readonly FigureColumn[]): TableView {
  const positions = [...new Set(columns.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  return tableView(
    caption,
    [position, ...columns.map(({ title }) => numeric(title))],
    positions.map((x) => [
      String(x),
      ...columns.map(({ points, format }) => {
        const point = points.find((each) => each.x === x);
        if (!point) return "–";
        const { value, lowest = value, highest = value } = point;
        return spreadWords({ mean: value, lowest, highest, n: point.lowest === undefined ? 1 : 2 }, format);
      }),
    ]),
  );
}

/** "training loss from 0.01 to 12"; the ends of a line, for those who do not see it. */
export function lineWords(name: string, points: readonly PanelPoint[], format: (value: number) => string): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return `${name}: none`;
  return `${name}: ${format(first.value)} at ${String(first.x)}, ${format(last.value)} at ${String(last.x)}`;
}

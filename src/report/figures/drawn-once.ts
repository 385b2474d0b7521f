import type { FigureView } from "../figure.ts";
import type { MeasuredView } from "../measured/measured.ts";
import type { PaperFiguresView } from "./paper-figures.ts";

/** What was measured, less the charts that stand as figures of the paper already. */
export interface MeasuredOnceView extends MeasuredView {
  /** Those figures. */
  readonly redrawn: readonly { readonly anchor: string; readonly words: string }[];
}

export function measuredOnce(measured: readonly MeasuredView[], paper: PaperFiguresView | null): MeasuredOnceView[] {
  const figures = paper?.figures ?? [];
  const numbers = new Map(figures.flatMap(({ number, charts }) => charts.map((chart) => [chart, number])));
  const numberOf = ({ key }: FigureView) => (key === undefined ? undefined : numbers.get(key));
  const left = (charts: readonly FigureView[]) => charts.filter((chart) => numberOf(chart) === undefined);
  return measured.map((view) => ({
    ...view,
    curves: view.curves && { ...view.curves, figures: left(view.curves.figures) },
    dependences: view.dependences.map((each) => ({
      ...each,
      rows: each.rows.map((row) => ({ ...row, figures: left(row.figures) })).filter((row) => row.figures.length > 0),
    })),
    alongTraining: view.alongTraining.map((each) => ({ ...each, figures: left(each.figures) })),
    paths: view.paths.map((path) => {
      const [number] = path.figures.flatMap((chart) => numberOf(chart) ?? []);
      return number === undefined
        ? path
        : { ...path, figures: left(path.figures), note: `Drawn above, as Figure ${number} of the paper.` };
    }),
    redrawn: figures
      .filter(({ groups }) => groups.includes(view.anchor))
      .map(({ anchor, number, subject }) => ({ anchor, words: `Figure ${number}: ${subject}` })),
  }));
}

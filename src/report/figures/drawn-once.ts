import type { MeasuredView } from "../measured/measured.ts";
import type { PaperFiguresView, PaperFigureView } from "./paper-figures.ts";

/** What was measured, less the charts that stand as figures of the paper already. */
export interface MeasuredOnceView extends MeasuredView {
  /** Those figures. */
  readonly redrawn: readonly { readonly anchor: string; readonly words: string }[];
}

const TAKERS: Readonly<Record<number, (view: MeasuredView) => MeasuredView>> = {
  2: (view) => {
    // Beside further arms the accuracies are another picture.
    if (!view.curves || view.key.some(({ label }) => !["SB", "LB"].includes(label))) return view;
    const figures = view.curves.figures.filter(({ title }) => !/^(Training|Test) accuracy$/.test(title));
    return { ...view, curves: { ...view.curves, figures } };
  },
  3: (view) => withoutPath(view, "Linear path from SB to LB", 3),
  4: (view) => withoutAccuracy(view, "By batch size"),
  5: (view) => withoutAccuracy(view, "By the start of a warm start"),
  6: (view) => ({
    ...view,
    alongTraining: view.alongTraining.map((each) =>
      /^Sharpness φ, full space, ε = /.test(each.heading) ? { ...each, figures: [] } : each,
    ),
  }),
  7: (view) => withoutPath(view, "Curvilinear path from SB to LB", 7),
};

export function measuredOnce(measured: readonly MeasuredView[], paper: PaperFiguresView | null): MeasuredOnceView[] {
  return measured.map((view) => {
    const figures = paper?.figures.filter(({ panels }) => panels.some(({ title }) => title === view.heading)) ?? [];
    const left = figures.reduce((rest, { number }) => TAKERS[number]?.(rest) ?? rest, view);
    return { ...left, redrawn: figures.map(linkOf) };
  });
}

function linkOf({ anchor, title }: PaperFigureView): MeasuredOnceView["redrawn"][number] {
  return { anchor, words: title.replace(" of the paper, redrawn", "") };
}

function withoutPath(view: MeasuredView, heading: string, figure: number): MeasuredView {
  return {
    ...view,
    paths: view.paths.map((path) =>
      path.heading === heading
        ? { ...path, figures: [], note: `Drawn above, as Figure ${figure} of the paper.` }
        : path,
    ),
  };
}

/** The sharpness by each maximiser stays: the figure has one of them. */
function withoutAccuracy(view: MeasuredView, heading: string): MeasuredView {
  return {
    ...view,
    dependences: view.dependences.map((each) =>
      each.heading === heading ? { ...each, rows: each.rows.filter((row) => row.heading !== null) } : each,
    ),
  };
}

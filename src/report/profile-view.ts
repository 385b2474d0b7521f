import type { ProfileLine, ProfilePoint } from "./charts/profile.ts";
import type { FigureView } from "./figure.ts";
import type { TableView } from "./table.ts";

/** Quantities that run along something: a path, the training, the batch size, eigenvalues. */
export interface ProfileView {
  readonly heading: string;
  readonly remark: string;
  readonly figures: readonly FigureView[];
  readonly table: TableView;
}

/** Lines over seeds, with their median where every seed has the same positions. */
export function lineOf(
  { label, colour, dash }: Pick<ProfileLine, "label" | "colour" | "dash">,
  seeds: readonly (readonly ProfilePoint[])[],
): ProfileLine {
  const byPlace = new Map<number, ProfilePoint[]>();
  for (const points of seeds) {
    for (const [i, point] of points.entries()) byPlace.set(i, [...(byPlace.get(i) ?? []), point]);
  }
  const median = [...byPlace.values()].map((points) => ({
    x: middle(points.map(({ x }) => x)),
    y: middle(points.map(({ y }) => y)),
  }));
  return { label, colour, dash, seeds, median };
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(at)] ?? Number.NaN) + (sorted[Math.ceil(at)] ?? Number.NaN)) / 2;
}

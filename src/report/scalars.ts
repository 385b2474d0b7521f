import type { RunRecord } from "../spec/run.types.ts";
import type { ArmGroup, ArmView } from "./arms.ts";
import { fittingScale } from "./charts/edge-scale.ts";
import { pairedDots } from "./charts/paired-dots.ts";
import { type FigureView, missingWords } from "./figure.ts";
import { type Measurement, measurementWords } from "./measurement-words.ts";
import { formatValue } from "./quantities.ts";
import { numeric, type TableView, tableView } from "./table.ts";

/** The measurements that are one number a trial, on arms that are compared. */
export interface ScalarsView {
  readonly figures: readonly FigureView[];
  readonly table: TableView;
}

interface Scalar {
  readonly name: string;
  readonly title: string;
  readonly values: readonly { readonly arm: ArmView; readonly seed: number; readonly value: number }[];
}

/** @returns null where the suite measures none. */
export function scalarsView(record: RunRecord, group: ArmGroup): ScalarsView | null {
  const scalars = scalarsOf(record, group);
  if (scalars.length === 0) return null;
  return {
    figures: scalars.filter(({ values }) => values.length > 0).map((scalar) => scalarFigure(record, group, scalar)),
    table: scalarTable(record, group, scalars),
  };
}

function scalarsOf({ suite, samples }: RunRecord, { arms }: ArmGroup): Scalar[] {
  const found = new Map<string, Measurement>();
  for (const { name } of arms) {
    for (const [key, measurement] of Object.entries(suite.arms.find((arm) => arm.name === name)?.measure ?? {})) {
      if (measurement.metric !== "sharpness" && !isCurve(measurement) && !found.has(key)) found.set(key, measurement);
    }
  }
  return [...found].flatMap(([name, measurement]) => {
    const own = samples.filter((sample) => sample.measurement === name && sample.at === undefined);
    // Sharpness of several ε and maximisers has no room here; it is in the claims.
    const single = own.filter(({ epsilon }) => epsilon === undefined);
    const parts = [...new Set(single.map(({ part }) => part))];
    return parts.map((part) => ({
      name: part === undefined ? name : `${name}, ${part}`,
      title: part === undefined ? measurementWords(measurement) : `${measurementWords(measurement)}: ${part}`,
      values: single.flatMap((sample) => {
        const arm = arms.find((each) => each.name === sample.arm);
        return arm && sample.part === part && "value" in sample
          ? [{ arm, seed: sample.seed, value: sample.value }]
          : [];
      }),
    }));
  });
}

/** What has a figure of its own. */
function isCurve(measurement: Measurement): boolean {
  return measurement.metric === "path" || ("at" in measurement && measurement.at === "every-epoch");
}

function scalarFigure({ suite }: RunRecord, { arms, heading }: ArmGroup, { title, values }: Scalar): FigureView {
  const scale = fittingScale(values.map(({ value }) => value));
  const missing = arms.flatMap(({ name, label }) =>
    suite.seeds
      .filter((seed) => !values.some(({ arm, seed: other }) => arm.name === name && other === seed))
      .map((seed) => ({ label, seed })),
  );
  const chart = pairedDots({
    panels: [{ heading: null, values }],
    seeds: suite.seeds,
    scale,
    width: 290,
    axis: scale.type === "log" ? "logarithmic" : "",
    label: `${title} of each arm at each seed, ${heading}; the values are in the table below.`,
  });
  return { title: title.charAt(0).toUpperCase() + title.slice(1), chart, note: missingWords(missing) };
}

function scalarTable({ suite }: RunRecord, { arms, heading }: ArmGroup, scalars: readonly Scalar[]): TableView {
  return tableView(
    `Other measurements, ${heading}`,
    ["Arm", numeric("Seed"), ...scalars.map(({ name }) => numeric(name))],
    arms.flatMap(({ name, label }) =>
      suite.seeds.map((seed) => [
        label,
        String(seed),
        ...scalars.map(({ values }) =>
          formatValue(values.find((each) => each.arm.name === name && each.seed === seed)?.value),
        ),
      ]),
    ),
  );
}

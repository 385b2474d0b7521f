import type { MeasuredSample, RunRecord } from "../../spec/run.types.ts";
import type { ArmGroup, ArmView } from "../arms.ts";
import { fittingScale } from "../charts/edge-scale.ts";
import { pairedDots } from "../charts/paired-dots.ts";
import { type FigureView, missingWords } from "../figure.ts";
import { numeric, type TableView, tableView } from "../table.ts";
import { type Measurement, partWords } from "../words/measurement-words.ts";
import { formatValue } from "../words/quantities.ts";
import { capitalise } from "../words/sentence.ts";

/** The measurements that are one number a trial, or a few, on arms that are compared. */
export interface ScalarsView {
  readonly figures: readonly FigureView[];
  readonly table: TableView;
}

/** One of a measurement's values, by each of its maximisers where it has any. */
interface Scalar {
  readonly name: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

interface Panel {
  readonly maximiser: string | undefined;
  readonly values: readonly { readonly arm: ArmView; readonly seed: number; readonly value: number }[];
}

/** @returns null where the suite measures none. */
export function scalarsView(record: RunRecord, group: ArmGroup): ScalarsView | null {
  const scalars = scalarsOf(record, group);
  if (scalars.length === 0) return null;
  return {
    figures: scalars
      .filter(({ panels }) => panels.some(({ values }) => values.length > 0))
      .map((scalar) => scalarFigure(record, group, scalar)),
    table: scalarTable(record, group, scalars),
  };
}

function scalarsOf({ suite, samples }: RunRecord, { arms }: ArmGroup): Scalar[] {
  const found = new Map<string, Measurement>();
  for (const { name } of arms) {
    for (const [key, measurement] of Object.entries(suite.arms.find((arm) => arm.name === name)?.measure ?? {})) {
      if (!hasOwnFigures(measurement) && !found.has(key)) found.set(key, measurement);
    }
  }
  return [...found].flatMap(([name, measurement]) => {
    const own = samples.flatMap((sample) => {
      const arm = arms.find((each) => each.name === sample.arm);
      return arm && sample.measurement === name && sample.at === undefined && "value" in sample
        ? [{ arm, sample }]
        : [];
    });
    // What was measured nowhere keeps its rows.
    if (own.length === 0) {
      return [
        { name, title: capitalise(partWords(measurement, undefined)), panels: [{ maximiser: undefined, values: [] }] },
      ];
    }
    const kinds = new Map(own.map(({ sample: { part, epsilon } }) => [`${part} ${epsilon}`, { part, epsilon }]));
    return [...kinds.values()].map(({ part, epsilon }): Scalar => {
      const here = own.filter(({ sample }) => sample.part === part && sample.epsilon === epsilon);
      const ofEpsilon = epsilon === undefined ? "" : `, ε = ${epsilon}`;
      return {
        name: `${part === undefined ? name : `${name}, ${part}`}${ofEpsilon}`,
        title: capitalise(`${partWords(measurement, part)}${ofEpsilon}`),
        panels: panelsOf(here),
      };
    });
  });
}

function panelsOf(values: readonly { readonly arm: ArmView; readonly sample: MeasuredSample }[]): Panel[] {
  const maximisers = [...new Set(values.map(({ sample }) => sample.maximiser))];
  return maximisers.map((maximiser) => ({
    maximiser,
    values: values
      .filter(({ sample }) => sample.maximiser === maximiser)
      .map(({ arm, sample: { seed, value } }) => ({ arm, seed, value })),
  }));
}

/** In a section that is about nothing else. */
function hasOwnFigures(measurement: Measurement): boolean {
  if (measurement.metric === "sharpness" || measurement.metric === "path") return true;
  return "at" in measurement && measurement.at === "every-epoch";
}

function scalarFigure({ suite }: RunRecord, { arms, heading }: ArmGroup, { title, panels }: Scalar): FigureView {
  const scale = fittingScale(panels.flatMap(({ values }) => values.map(({ value }) => value)));
  const missing = panels.flatMap(({ maximiser, values }) =>
    arms.flatMap(({ name, label }) =>
      suite.seeds
        .filter((seed) => !values.some(({ arm, seed: other }) => arm.name === name && other === seed))
        .map((seed) => ({ label: maximiser === undefined ? label : `${label} (${maximiser})`, seed })),
    ),
  );
  const chart = pairedDots({
    panels: panels.map(({ maximiser, values }) => ({ heading: maximiser ?? null, values })),
    seeds: suite.seeds,
    scale,
    width: 290,
    axis: scale.type === "log" ? "logarithmic" : "",
    label: `${title} of each arm at each seed, ${heading}; the values are in the table below.`,
  });
  return { title, chart, note: missingWords(missing) };
}

function scalarTable({ suite }: RunRecord, { arms, heading }: ArmGroup, scalars: readonly Scalar[]): TableView {
  return tableView(
    `Other measurements, ${heading}`,
    ["Measurement", "Arm", ...suite.seeds.map((seed) => numeric(`seed ${seed}`))],
    scalars.flatMap(({ name, panels }) =>
      panels.flatMap(({ maximiser, values }) =>
        arms.map((arm) => [
          maximiser === undefined ? name : `${name}, ${maximiser}`,
          arm.label,
          ...suite.seeds.map((seed) =>
            formatValue(values.find((each) => each.arm === arm && each.seed === seed)?.value),
          ),
        ]),
      ),
    ),
  );
}

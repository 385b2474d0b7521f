import type { MeasuredSample, RunRecord, Sample } from "../../spec/run.types.ts";
import type { ArmGroup, ArmView } from "../arms.ts";
import { againstLoss } from "../charts/against-loss.ts";
import { edgeScale } from "../charts/edge-scale.ts";
import { pairedDots } from "../charts/paired-dots.ts";
import { type FigureView, missingWords } from "../figure.ts";
import { numeric, type TableView, tableView } from "../table.ts";
import { type Measurement, measurementWords } from "../words/measurement-words.ts";
import { formatValue } from "../words/quantities.ts";
import { capitalise } from "../words/sentence.ts";

/** One sharpness measurement at one ε, on arms that are compared. */
export interface SharpnessView {
  readonly heading: string;
  readonly figures: readonly FigureView[];
  readonly table: TableView;
}

type Sharpness = Extract<Measurement, { metric: "sharpness" }>;

interface Value {
  readonly arm: ArmView;
  readonly seed: number;
  readonly maximiser: string;
  readonly sample: Sample;
}

export function sharpnessViews(record: RunRecord, group: ArmGroup): SharpnessView[] {
  return sharpnessOf(record, group).flatMap(([name, measurement]) =>
    measurement.epsilon.map((epsilon) => sharpnessView(record, group, name, measurement, epsilon)),
  );
}

/** By name; the arms of a group share their measurements, and where they do not the first counts. */
function sharpnessOf({ suite }: RunRecord, { arms }: ArmGroup): [string, Sharpness][] {
  const found = new Map<string, Sharpness>();
  for (const { name } of arms) {
    for (const [key, measurement] of Object.entries(suite.arms.find((arm) => arm.name === name)?.measure ?? {})) {
      if (measurement.metric === "sharpness" && !found.has(key)) found.set(key, measurement);
    }
  }
  return [...found];
}

function sharpnessView(
  record: RunRecord,
  group: ArmGroup,
  name: string,
  measurement: Sharpness,
  epsilon: number,
): SharpnessView {
  const { maximiser: maximisers } = measurement;
  const values = valuesOf(record, group, name, epsilon);
  const measured = values.flatMap((value) => ("value" in value.sample ? [{ ...value, sample: value.sample }] : []));
  const heading = `${capitalise(measurementWords(measurement))}, ε = ${epsilon}`;
  const place = `${heading} (${name}), ${group.heading}`;
  return {
    heading,
    figures:
      measured.length === 0
        ? []
        : [bySeed(record, group, maximisers, measured, place), ...overLoss(maximisers, measured, place)],
    table: valuesTable(values, place),
  };
}

type MeasuredValue = Value & { readonly sample: MeasuredSample };

function bySeed(
  { suite }: RunRecord,
  { arms }: ArmGroup,
  maximisers: readonly string[],
  values: readonly MeasuredValue[],
  place: string,
): FigureView {
  const panels = maximisers.map((maximiser) => ({
    heading: maximiser,
    values: values
      .filter((each) => each.maximiser === maximiser)
      .map(({ arm, seed, sample }) => ({ arm, seed, value: sample.value })),
  }));
  const missing = maximisers.flatMap((maximiser) =>
    arms.flatMap(({ name, label }) =>
      suite.seeds
        .filter(
          (seed) =>
            !values.some((each) => each.arm.name === name && each.seed === seed && each.maximiser === maximiser),
        )
        .map((seed) => ({ label: maximisers.length > 1 ? `${label} (${maximiser})` : label, seed })),
    ),
  );
  const chart = pairedDots({
    panels,
    seeds: suite.seeds,
    scale: edgeScale(values.map(({ sample }) => sample.value)),
    axis: "φ, logarithmic",
    width: 360,
    label: `${place}: φ of each arm at each seed, logarithmic. ${rangeWords(arms, values)}.`,
  });
  const atEdge = values.filter(({ sample }) => sample.value <= 0);
  const notes = [edgeWords(atEdge), missingWords(missing)].filter((note) => note !== null);
  return { title: "φ at each seed", chart, note: notes.length === 0 ? null : notes.join(" ") };
}

function overLoss(maximisers: readonly string[], values: readonly MeasuredValue[], place: string): FigureView[] {
  const points = values.flatMap(({ arm, maximiser, sample }) => {
    const loss = sample.detail?.loss;
    return loss === undefined ? [] : [{ arm, panel: maximiser, seed: sample.seed, loss, value: sample.value }];
  });
  if (points.length === 0) return [];
  const chart = againstLoss({
    panels: maximisers,
    points,
    headings: true,
    label: `${place}: φ over the training loss at the minimiser, one dot a trial, both logarithmic.`,
  });
  return [{ title: "φ against the training loss it was measured at", chart, note: null }];
}

function valuesOf({ samples }: RunRecord, { arms }: ArmGroup, name: string, epsilon: number): Value[] {
  return samples.flatMap((sample) => {
    const arm = arms.find((each) => each.name === sample.arm);
    // A trial that gave nothing has one absent sample for a measurement, without ε.
    const here = sample.epsilon === epsilon || (sample.epsilon === undefined && "absent" in sample);
    // Along the training it has a figure of its own.
    return arm && here && sample.measurement === name && sample.at === undefined
      ? [{ arm, seed: sample.seed, maximiser: sample.maximiser ?? "all", sample }]
      : [];
  });
}

function valuesTable(values: readonly Value[], place: string): TableView {
  const draws = values.some(({ sample }) => "value" in sample && sample.detail?.draws !== undefined);
  return tableView(
    place,
    [
      "Arm",
      numeric("Seed"),
      "Maximiser",
      numeric("φ"),
      numeric("f(x)"),
      numeric("‖∇f(x)‖₂"),
      numeric("Evaluations"),
      "Stop",
      ...(draws ? ["φ of each draw"] : []),
    ],
    values.map(({ arm, seed, maximiser, sample }) => {
      const first = [arm.label, String(seed), maximiser];
      if (!("value" in sample)) return [...first, "none", "–", "–", "–", sample.absent];
      const { loss, gradientNorm, evaluations, stop, draws: each } = sample.detail ?? {};
      return [
        ...first,
        formatValue(sample.value),
        formatValue(loss),
        formatValue(gradientNorm),
        evaluations === undefined ? "–" : String(evaluations),
        stop ?? "–",
        ...(draws ? [each?.map((value) => formatValue(value)).join(", ") ?? "–"] : []),
      ];
    }),
  );
}

function rangeWords(arms: readonly ArmView[], values: readonly MeasuredValue[]): string {
  return arms
    .map(({ name, label }) => {
      const own = values.filter(({ arm }) => arm.name === name).map(({ sample }) => sample.value);
      return own.length === 0
        ? `${label} has no value`
        : `${label} from ${formatValue(Math.min(...own))} to ${formatValue(Math.max(...own))}`;
    })
    .join("; ");
}

function edgeWords(values: readonly MeasuredValue[]): string | null {
  if (values.length === 0) return null;
  const words = values.map(
    ({ arm, seed, maximiser, sample }) => `${arm.label} at seed ${seed} (${maximiser}) is ${formatValue(sample.value)}`,
  );
  const shown = words.slice(0, 4);
  const left = words.length - shown.length;
  return `Hollow, at the edge: ${shown.join("; ")}${left > 0 ? `; and ${left} more` : ""}.`;
}

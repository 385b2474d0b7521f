import type { MeasuredSample, RunRecord } from "../../spec/run.types.ts";
import { mean } from "../../stats/sample.ts";
import type { ArmGroup, ArmView } from "../arms.ts";
import { alongTrainingKey } from "../chart-key.ts";
import { type ArmSeries, alongTraining } from "../charts/along-training.ts";
import type { FigureView } from "../figure.ts";
import { spreadOf, spreadWords } from "../spread.ts";
import { numeric, type TableView, tableView } from "../table.ts";
import { type Measurement, measurementWords } from "../words/measurement-words.ts";
import { formatValue } from "../words/quantities.ts";
import { capitalise } from "../words/sentence.ts";

/** One measurement along the training, on arms that are compared. */
export interface AlongTrainingView {
  readonly heading: string;
  readonly figures: readonly FigureView[];
  readonly table: TableView;
}

interface Point {
  readonly arm: ArmView;
  readonly seed: number;
  readonly epoch: number;
  readonly loss: number | undefined;
  readonly value: number;
  readonly maximiser: string | undefined;
}

export function alongTrainingViews(record: RunRecord, group: ArmGroup): AlongTrainingView[] {
  const measurements = new Map<string, Measurement>();
  for (const { name } of group.arms) {
    for (const [key, measurement] of Object.entries(
      record.suite.arms.find((arm) => arm.name === name)?.measure ?? {},
    )) {
      if ("everyEpochs" in measurement && !measurements.has(key)) measurements.set(key, measurement);
    }
  }
  return [...measurements].flatMap(([name, measurement]) => {
    const samples = record.samples.filter(
      (sample): sample is MeasuredSample => sample.measurement === name && sample.at !== undefined && "value" in sample,
    );
    const epsilons = [...new Set(samples.map(({ epsilon }) => epsilon))];
    return epsilons.flatMap((epsilon) => {
      const points = pointsOf(
        record,
        group,
        samples.filter((sample) => sample.epsilon === epsilon),
      );
      return points.length === 0 ? [] : [seriesView(group, name, measurement, epsilon, points)];
    });
  });
}

function pointsOf({ trials }: RunRecord, { arms }: ArmGroup, samples: readonly MeasuredSample[]): Point[] {
  return samples.flatMap(({ arm: name, seed, at: epoch, maximiser, value, detail }) => {
    const arm = arms.find((each) => each.name === name);
    if (!arm || epoch === undefined) return [];
    const trial = trials.find((each) => each.arm === name && each.seed === seed);
    const curve = trial && "curve" in trial ? trial.curve : [];
    const loss = detail?.loss ?? curve.find((point) => point.epoch === epoch)?.trainLoss;
    return [{ arm, seed, epoch, loss, value, maximiser }];
  });
}

function seriesView(
  group: ArmGroup,
  name: string,
  measurement: Measurement,
  epsilon: number | undefined,
  points: readonly Point[],
): AlongTrainingView {
  const quantity = measurement.metric === "sharpness" ? "φ" : capitalise(measurementWords(measurement));
  const ofEpsilon = epsilon === undefined ? "" : `, ε = ${epsilon}`;
  const heading = `${capitalise(measurementWords(measurement))}${ofEpsilon}, along the training`;
  const place = `${heading} (${name}), ${group.heading}`;
  const maximisers = [...new Set(points.map(({ maximiser }) => maximiser))];
  const drawn = maximisers.includes("scaled") ? "scaled" : maximisers[0];
  const series = group.arms.flatMap((arm) =>
    armSeries(
      arm,
      points.filter((point) => point.arm === arm && point.maximiser === drawn),
    ),
  );
  const by = drawn === undefined ? "" : `, ${drawn} maximiser`;
  const figures: FigureView[] =
    series.length === 0
      ? []
      : [
          {
            key: alongTrainingKey(group, name, epsilon),
            title: `${quantity} against the training loss${by}`,
            chart: alongTraining({ series, label: `${place}${by}. ${series.map(seriesWords).join("; ")}.` }),
            note: "Time runs to the right: the loss falls. A large mark is the mean over the seeds at an epoch, where at least half of them got so far; a small one is a seed.",
          },
        ];
  return { heading, figures, table: seriesTable(group, maximisers, points, place) };
}

/** @returns one, or none without a training loss. */
function armSeries(arm: ArmView, points: readonly Point[]): ArmSeries[] {
  const placed = points.flatMap(({ epoch, seed, loss, value }) =>
    loss === undefined ? [] : [{ epoch, seed, loss, value }],
  );
  if (placed.length === 0) return [];
  const seeds = new Set(placed.map(({ seed }) => seed)).size;
  const means = epochsOf(placed).flatMap((epoch) => {
    const here = placed.filter((point) => point.epoch === epoch);
    if (2 * here.length < seeds) return [];
    return [{ loss: mean(here.map(({ loss }) => loss)), value: mean(here.map(({ value }) => value)) }];
  });
  return [{ arm, seeds: placed, means }];
}

function seriesWords({ arm, means }: ArmSeries): string {
  const [first, last] = [means[0], means.at(-1)];
  if (!first || !last) return `${arm.label} has no mean`;
  const words = ({ loss, value }: typeof first) => `${formatValue(value)} at loss ${formatValue(loss)}`;
  return `${arm.label} from ${words(first)} to ${words(last)}`;
}

function seriesTable(
  { arms }: ArmGroup,
  maximisers: readonly (string | undefined)[],
  points: readonly Point[],
  place: string,
): TableView {
  return tableView(
    `${place}: mean over the seeds (lowest to highest)`,
    [
      "Arm",
      numeric("Epoch"),
      numeric("Seeds"),
      numeric("Training loss"),
      ...maximisers.map((maximiser) => numeric(maximiser ?? "Value")),
    ],
    arms.flatMap((arm) => {
      const own = points.filter((point) => point.arm === arm);
      return epochsOf(own).map((epoch) => {
        const here = own.filter((point) => point.epoch === epoch);
        return [
          arm.label,
          String(epoch),
          String(new Set(here.map(({ seed }) => seed)).size),
          spreadWords(spreadOf(here.flatMap(({ loss }) => loss ?? []))),
          ...maximisers.map((maximiser) =>
            spreadWords(spreadOf(here.filter((point) => point.maximiser === maximiser).map(({ value }) => value))),
          ),
        ];
      });
    }),
  );
}

function epochsOf(points: readonly { readonly epoch: number }[]): number[] {
  return [...new Set(points.map(({ epoch }) => epoch))].sort((a, b) => a - b);
}

import type { MeasuredSample, RunRecord } from "../spec/run.types.ts";
import type { ArmGroup, ArmView } from "./arms.ts";
import { edgeScale, fittingScale } from "./charts/edge-scale.ts";
import { type ProfilePoint, profileChart } from "./charts/profile.ts";
import { dependences } from "./dependence.ts";
import type { FigureView } from "./figure.ts";
import { type Measurement, measurementWords } from "./measurement-words.ts";
import { lineOf, type ProfileView } from "./profile-view.ts";
import { formatValue } from "./quantities.ts";
import { numeric, tableView } from "./table.ts";

export function profileViews(record: RunRecord, group: ArmGroup): ProfileView[] {
  const found = group.arms.flatMap((arm) => measurementsOf(record, arm).map((each) => ({ arm, ...each })));
  const views: ProfileView[] = dependences(record, group);
  for (const { arm, name, measurement } of found) {
    if (measurement.metric === "path") views.push(...pathView(record, group, arm, name, measurement));
  }
  const first = new Map(found.map(({ name, measurement }) => [name, measurement]));
  for (const [name, measurement] of first) {
    if (measurement.metric === "sharpness" && measurement.everyEpochs !== undefined) {
      views.push(...measurement.epsilon.map((epsilon) => alongView(record, group, name, measurement, epsilon)));
    }
    if (measurement.metric === "spectrum") views.push(spectrumView(record, group, name));
  }
  return views.filter(({ figures }) => figures.length > 0);
}

function measurementsOf({ suite }: RunRecord, { name }: ArmView): { name: string; measurement: Measurement }[] {
  const measure = suite.arms.find((arm) => arm.name === name)?.measure ?? {};
  return Object.entries(measure).map(([id, measurement]) => ({ name: id, measurement }));
}

function samplesOf(record: RunRecord, arm: ArmView, name: string): MeasuredSample[] {
  return record.samples.flatMap((sample) =>
    sample.arm === arm.name && sample.measurement === name && "value" in sample ? [sample] : [],
  );
}

/** Samples of each seed. */
function bySeed(samples: readonly MeasuredSample[]): MeasuredSample[][] {
  const seeds = new Map<number, MeasuredSample[]>();
  for (const sample of samples) seeds.set(sample.seed, [...(seeds.get(sample.seed) ?? []), sample]);
  return [...seeds.values()];
}

function pathView(
  record: RunRecord,
  { heading }: ArmGroup,
  arm: ArmView,
  name: string,
  measurement: Extract<Measurement, { metric: "path" }>,
): ProfileView[] {
  const samples = samplesOf(record, arm, name);
  const from = measurement.from.replace(/\[.*$/, "");
  const linesOf = (quantity: "loss" | "accuracy") =>
    (["train", "test"] as const).map((on) =>
      lineOf(
        { label: on, colour: on === "train" ? arm.colour : "var(--ink)", dash: on === "train" ? "" : "4 3" },
        bySeed(samples.filter(({ part }) => part === `${on}-${quantity}`)).map((points) =>
          points.map(({ at = 0, value }) => ({ x: at, y: value })),
        ),
      ),
    );
  const rules = [
    { x: 0, label: from },
    { x: 1, label: arm.label },
  ];
  const title = `${measurementWords(measurement)} to ${arm.label}`;
  const figure = (quantity: "loss" | "accuracy"): FigureView[] => {
    const lines = linesOf(quantity).filter(({ median }) => median.length > 0);
    const points = lines.flatMap(({ seeds }) => seeds.flat());
    if (points.length === 0) return [];
    const y = quantity === "loss" ? edgeScale(points.map((point) => point.y)) : fittingScale(points.map((p) => p.y));
    const x = { scale: fittingScale(points.map((point) => point.x)), label: "α" };
    const label = `${title}: ${quantity} over α, training and test, ${heading}; the values are in the table below.`;
    const words = quantity === "loss" ? "Loss in nats, logarithmic" : "Accuracy";
    return [{ title: words, chart: profileChart({ lines, x, y: { scale: y }, rules, label }), note: null }];
  };
  const [train, test] = linesOf("loss");
  const [trainAccuracy, testAccuracy] = linesOf("accuracy");
  if (!train || train.median.length === 0) return [];
  return [
    {
      heading: capitalise(title),
      remark: `α = 0 is ${from}, α = 1 ${arm.label}; a thin line a seed, the thick one their median.`,
      figures: [...figure("loss"), ...figure("accuracy")],
      table: tableView(
        `${capitalise(title)}, ${heading}: medians over the seeds`,
        ["α", "Training loss", "Test loss", "Training accuracy", "Test accuracy"].map(numeric),
        train.median.map(({ x, y }, i) => [
          String(x),
          ...[y, ...[test, trainAccuracy, testAccuracy].map((line) => line?.median[i]?.y)].map(formatValue),
        ]),
      ),
    },
  ];
}

function alongView(
  record: RunRecord,
  { arms, heading }: ArmGroup,
  name: string,
  measurement: Extract<Measurement, { metric: "sharpness" }>,
  epsilon: number,
): ProfileView {
  const title = `${measurementWords(measurement)} along training, ε = ${epsilon}`;
  const rows: string[][] = [];
  const figures = measurement.maximiser.flatMap((maximiser): FigureView[] => {
    const lines = arms.flatMap((arm) => {
      const along = samplesOf(record, arm, name).filter(
        (sample) => sample.epsilon === epsilon && sample.maximiser === maximiser && sample.at !== undefined,
      );
      if (along.length === 0) return [];
      const line = lineOf(
        arm,
        bySeed(along).map((points) =>
          points
            .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))
            .map(({ value, detail }) => ({ x: detail?.loss ?? Number.NaN, y: value })),
        ),
      );
      const epochs = [...new Set(along.map(({ at = 0 }) => at))].toSorted((a, b) => a - b);
      rows.push(
        ...line.median.map(({ x, y }, i) => [
          arm.label,
          maximiser,
          String(epochs[i] ?? "–"),
          formatValue(x),
          formatValue(y),
        ]),
      );
      return [line];
    });
    const points = lines.flatMap(({ seeds }) => seeds.flat());
    if (points.length === 0) return [];
    const label = `${title}, ${maximiser} maximiser: φ over the training loss, ${heading}; the values are in the table below.`;
    const x = {
      scale: edgeScale(points.map((point) => point.x)),
      reverse: true,
      label: "f(x), training loss in nats, falling",
    };
    const y = { scale: edgeScale(points.map((point) => point.y)) };
    return [{ title: `φ, ${maximiser}`, chart: profileChart({ lines, x, y, label }), note: null }];
  });
  return {
    heading: capitalise(title),
    remark: "Both axes are logarithmic; training goes from left to right. Its start is the first point.",
    figures,
    table: tableView(
      `${capitalise(title)}, ${heading}: medians over the seeds`,
      ["Arm", "Maximiser", numeric("Epoch"), numeric("Training loss"), numeric("φ")],
      rows,
    ),
  };
}

function spectrumView(record: RunRecord, { arms, heading }: ArmGroup, name: string): ProfileView {
  const rows: string[][] = [];
  const lines = arms.flatMap((arm) => {
    const seeds = samplesOf(record, arm, name).flatMap(({ part, detail }) => {
      const { nodes = [], weights = [] } = detail ?? {};
      return part === "largest" && nodes.length > 0 ? [sharesAbove(nodes, weights)] : [];
    });
    if (seeds.length === 0) return [];
    const [first = []] = seeds;
    for (const { x, y } of first.slice(0, 12)) rows.push([arm.label, formatValue(x), formatValue(y)]);
    // Every seed has eigenvalues of its own: no median, but the first seed's line is drawn thick.
    return [{ label: arm.label, colour: arm.colour, dash: arm.dash, seeds, median: first }];
  });
  const points = lines.flatMap(({ seeds }) => seeds.flat());
  const label = `Share of the Hessian's eigenvalues that are larger, by arm, ${heading}.`;
  const x = { scale: edgeScale(points.map((point) => point.x)), label: "eigenvalue, logarithmic" };
  const y = { scale: edgeScale(points.map((point) => point.y)) };
  return {
    heading: "Spectrum of the Hessian",
    remark:
      "How large a share of the eigenvalues is at least so large; positive ones only. The thick line is the first seed.",
    figures:
      points.length === 0
        ? []
        : [{ title: "Share of eigenvalues, logarithmic", chart: profileChart({ lines, x, y, label }), note: null }],
    table: tableView(
      `Spectrum, ${heading}: the largest nodes of the first seed`,
      ["Arm", numeric("Eigenvalue"), numeric("Share at least as large")],
      rows,
    ),
  };
}

/** From the largest eigenvalue down: what share is at least as large. */
function sharesAbove(nodes: readonly number[], weights: readonly number[]): ProfilePoint[] {
  const sorted = nodes.map((x, i) => ({ x, weight: weights[i] ?? 0 })).toSorted((a, b) => b.x - a.x);
  let sum = 0;
  return sorted.flatMap(({ x, weight }) => {
    sum += weight;
    return x > 0 ? [{ x, y: sum }] : [];
  });
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

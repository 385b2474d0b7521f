import type { CompletedTrial, CurvePoint, MeasuredSample, RunRecord } from "../spec/run.types.ts";
import type { Measurement } from "../spec/suite.types.ts";
import { type ArmGroup, type ArmView, groupArms } from "./arms.ts";
import { learningCurves } from "./charts/learning-curves.ts";
import { seedDots } from "./charts/seed-dots.ts";
import { sharpnessAgainstLoss } from "./charts/sharpness-loss.ts";
import { formatValue } from "./quantities.ts";
import { numeric, type TableView, tableView } from "./table.ts";

/** Charts of what was measured, for arms that share a network. */
export interface MeasuredView {
  readonly heading: string;
  readonly anchor: string;
  readonly figures: readonly FigureView[];
}

export interface FigureView {
  readonly title: string;
  /** SVG elements, side by side where there is room. */
  readonly charts: readonly string[];
  readonly caption: string;
  readonly table: TableView;
}

export function measuredViews(record: RunRecord): MeasuredView[] {
  return groupArms(record).flatMap((group) => {
    const figures = [
      ...curveFigures(record, group),
      ...sharpnessFigures(record, group),
      ...scalarFigures(record, group),
    ];
    return figures.length === 0 ? [] : [{ heading: group.heading, anchor: group.anchor, figures }];
  });
}

function curveFigures(record: RunRecord, group: ArmGroup): FigureView[] {
  const trials = record.trials.filter((trial): trial is CompletedTrial => trial.state === "completed");
  const lines = (of: (point: CurvePoint) => number) =>
    group.arms.flatMap((arm) =>
      trials
        .filter((trial) => trial.arm === arm.name)
        .map(({ seed, curve }) => ({
          arm,
          seed,
          points: curve.filter(({ epoch }) => epoch > 0).map((point) => ({ epoch: point.epoch, value: of(point) })),
        })),
    );
  if (lines((point) => point.testLoss).length === 0) return [];
  const chart = (axis: string, logarithmic: boolean, of: (point: CurvePoint) => number) =>
    learningCurves({
      lines: lines(of),
      logarithmic,
      axis,
      label: `${group.heading}: ${axis} by epoch, ${group.arms.map(({ label }) => label).join(" and ")}`,
    });
  const rows = group.arms.flatMap((arm) =>
    trials
      .filter((trial) => trial.arm === arm.name)
      .map(({ seed, curve }) => {
        const end = curve.at(-1);
        return [
          arm.label,
          String(seed),
          ...[end?.epoch, end?.updates].map(String),
          ...[end?.trainLoss, end?.trainAccuracy, end?.testLoss, end?.testAccuracy].map(formatValue),
        ];
      }),
  );
  return [
    {
      title: "Learning curves",
      charts: [
        chart("training loss", true, ({ trainLoss }) => trainLoss),
        chart("test loss", true, ({ testLoss }) => testLoss),
        chart("training accuracy", false, ({ trainAccuracy }) => trainAccuracy),
        chart("test accuracy", false, ({ testAccuracy }) => testAccuracy),
      ],
      caption: "A thin line is a trial, a bold one the median over seeds. Losses are mean cross-entropies in nats.",
      table: tableView(
        `${group.heading}: the end of each learning curve`,
        [
          "Arm",
          ...["Seed", "Epoch", "Updates", "Training loss", "Training accuracy", "Test loss", "Test accuracy"].map(
            numeric,
          ),
        ],
        rows,
      ),
    },
  ];
}

function sharpnessFigures(record: RunRecord, group: ArmGroup): FigureView[] {
  return measurementsOf(record, group).flatMap(([id, measurement]) => {
    if (measurement.metric !== "sharpness") return [];
    const samples = samplesOf(record, group, id);
    if (samples.length === 0) return [];
    const panels = measurement.epsilon.flatMap((epsilon) =>
      measurement.maximiser.map((maximiser) => ({ epsilon, maximiser })),
    );
    const panelSamples = panels.map((panel) => ({
      ...panel,
      samples: samples.filter(({ sample }) => sample.epsilon === panel.epsilon && sample.maximiser === panel.maximiser),
    }));
    const zeros = samples.filter(({ sample }) => sample.value <= 0);
    const where =
      measurement.space === "full" ? "in the full space" : `in ${measurement.space.random} random dimensions`;
    const last =
      panelSamples.find(({ epsilon, maximiser }) => epsilon === measurement.epsilon[0] && maximiser === "scaled") ??
      panelSamples[0];
    const againstLoss = (last?.samples ?? []).flatMap(({ arm, sample }) =>
      sample.detail?.loss === undefined ? [] : [{ arm, loss: sample.detail.loss, sharpness: sample.value }],
    );
    return [
      {
        title: `Sharpness φ ${where}`,
        charts: [
          ...panelSamples.map(({ epsilon, maximiser, samples: shown }) =>
            seedDots({
              dots: shown.map(({ arm, sample }) => ({ arm, seed: sample.seed, value: sample.value })),
              logarithmic: true,
              title: `φ, ε ${epsilon}, ${maximiser}`,
              label: `${group.heading}: sharpness ${where} by arm and seed, epsilon ${epsilon}, ${maximiser} maximiser`,
            }),
          ),
          ...(againstLoss.length > 0
            ? [
                sharpnessAgainstLoss(
                  againstLoss,
                  `${group.heading}: sharpness ${where} against the training loss, epsilon ${last?.epsilon}, ${last?.maximiser} maximiser`,
                ),
              ]
            : []),
        ],
        caption: [
          "A line joins the arms of one seed.",
          againstLoss.length > 0
            ? `Last: φ at ε ${last?.epsilon} (${last?.maximiser}) against the loss it was measured at; φ tends to fall as training converges.`
            : "",
          zeros.length > 0
            ? `Not on the logarithmic axes: ${zeros.map(({ arm, sample }) => `${arm.label} seed ${sample.seed} (${formatValue(sample.value)}, ε ${sample.epsilon}, ${sample.maximiser})`).join(", ")}.`
            : "",
        ]
          .filter(Boolean)
          .join(" "),
        table: tableView(
          `${group.heading}: samples of ${id}`,
          [
            "Arm",
            ...["Seed", "ε"].map(numeric),
            "Maximiser",
            ...["φ", "f(x)", "‖∇f(x)‖", "Evaluations"].map(numeric),
            "Search ended by",
          ],
          samples.map(({ arm, sample: { seed, epsilon, maximiser, value, detail } }) => [
            arm.label,
            String(seed),
            String(epsilon ?? ""),
            maximiser ?? "",
            formatValue(value),
            formatValue(detail?.loss),
            formatValue(detail?.gradientNorm),
            String(detail?.evaluations ?? "–"),
            detail?.stop ?? "–",
          ]),
        ),
      },
    ];
  });
}

/** The other measurements, one small chart each. */
function scalarFigures(record: RunRecord, group: ArmGroup): FigureView[] {
  const scalars = measurementsOf(record, group)
    .filter(([, { metric }]) => metric !== "sharpness")
    .map(([id]) => ({ id, samples: samplesOf(record, group, id) }))
    .filter(({ samples }) => samples.length > 0);
  if (scalars.length === 0) return [];
  return [
    {
      title: "Other measurements",
      charts: scalars.map(({ id, samples }) => {
        const values = samples.map(({ sample }) => sample.value);
        const logarithmic = values.every((value) => value > 0) && Math.max(...values) > 20 * Math.min(...values);
        return seedDots({
          dots: samples.map(({ arm, sample }) => ({ arm, seed: sample.seed, value: sample.value })),
          logarithmic,
          title: id,
          label: `${group.heading}: ${id} by arm and seed`,
        });
      }),
      caption: "A line joins the arms of one seed.",
      table: tableView(
        `${group.heading}: samples of the other measurements`,
        ["Measurement", "Arm", numeric("Seed"), numeric("Value")],
        scalars.flatMap(({ id, samples }) =>
          samples.map(({ arm, sample }) => [id, arm.label, String(sample.seed), formatValue(sample.value)]),
        ),
      ),
    },
  ];
}

function measurementsOf({ suite }: RunRecord, group: ArmGroup): [string, Measurement][] {
  const found = new Map<string, Measurement>();
  for (const { name, measure } of suite.arms) {
    if (!group.arms.some((arm) => arm.name === name)) continue;
    for (const [id, measurement] of Object.entries(measure)) if (!found.has(id)) found.set(id, measurement);
  }
  return [...found];
}

function samplesOf({ samples }: RunRecord, group: ArmGroup, id: string): { arm: ArmView; sample: MeasuredSample }[] {
  return group.arms.flatMap((arm) =>
    samples
      .filter(
        (sample): sample is MeasuredSample => "value" in sample && sample.arm === arm.name && sample.measurement === id,
      )
      .map((sample) => ({ arm, sample })),
  );
}

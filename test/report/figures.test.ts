import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { groupArms } from "../../src/report/arms.ts";
import { drawAlongPath } from "../../src/report/figures/along-path.ts";
import { drawByEpoch } from "../../src/report/figures/by-epoch.ts";
import { drawByBatchSize, drawByWarmStart } from "../../src/report/figures/by-factor.ts";
import { drawByLoss } from "../../src/report/figures/by-loss.ts";
import type { DrawFigure, DrawnFigure } from "../../src/report/figures/drawn-figure.ts";
import type { Panel, PanelLine } from "../../src/report/figures/panel-chart.ts";
import { readingsOf } from "../../src/report/figures/readings.ts";
import type { MeasuredSample, PublishedEntry, RunRecord, Sample } from "../../src/spec/run.types.ts";
import { exampleRecord } from "./example-record.ts";
import { measurementsRecord } from "./measurements-record.ts";

const baseline = JSON.parse(readFileSync(new URL("../../baselines/keskar-2017.json", import.meta.url), "utf8")) as {
  values: Record<string, PublishedEntry>;
};
const record = measurementsRecord();
const [firstSeed = 0] = record.suite.seeds;

function drawn(draw: DrawFigure, figure: number, of: RunRecord = record): DrawnFigure {
  const networks = of.suite.arms.map(({ networkName }) => networkName);
  const found = draw(of, groupArms(of), readingsOf(of, figure, networks));
  if (!found) throw new Error(`figure ${figure} is not drawn`);
  return found;
}

function lineOf({ lines }: Panel, name: string): PanelLine {
  const found = lines.find((line) => line.name === name);
  if (!found) throw new Error(`no line ${name} among ${lines.map((line) => line.name).join(", ")}`);
  return found;
}

function valuesOf(where: (sample: MeasuredSample) => boolean): number[] {
  return record.samples.flatMap((sample: Sample) => ("value" in sample && where(sample) ? [sample.value] : []));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** As the baseline has them: "alpha -1" by its number. */
function published(path: string, word: string): { x: number; value: number }[] {
  return Object.entries(baseline.values[path]?.arms ?? {})
    .filter(([name]) => name.startsWith(word))
    .map(([name, value]) => ({ x: Number(name.slice(word.length)), value: value.mean }));
}

test.each([
  [3, "linear"],
  [7, "curvilinear"],
] as const)("Figure %i has the samples of the %s path, seed by seed and on the mean", (figure, shape) => {
  const { panels, arms } = drawn(drawAlongPath(figure, shape), figure);
  expect(panels).toHaveLength(1);
  const [panel] = panels as [Panel];
  for (const [name, part, axis] of [
    ["training loss", "train-loss", "left"],
    ["test loss", "test-loss", "left"],
    ["training accuracy", "train-accuracy", "right"],
    ["test accuracy", "test-accuracy", "right"],
  ] as const) {
    const line = lineOf(panel, name);
    expect(line.axis).toBe(axis);
    expect(line.points.map(({ x }) => x)).toEqual([...new Set(line.points.map(({ x }) => x))].sort((a, b) => a - b));
    expect(line.points).toHaveLength(25);
    for (const { x, value } of line.points) {
      const own = valuesOf((each) => each.measurement === shape && each.part === part && each.at === x);
      expect(own).toHaveLength(record.suite.seeds.length);
      expect(value).toBeCloseTo(mean(own), 12);
    }
    expect(line.seeds).toHaveLength(record.suite.seeds.length);
    expect(line.seeds[0]?.map(({ value }) => value)).toEqual(
      valuesOf((each) => each.measurement === shape && each.part === part && each.seed === firstSeed),
    );
  }
  expect(panel.marked.map(({ x, text }) => [x, text])).toEqual([
    [0, "SB"],
    [1, "LB"],
  ]);
  expect(arms).toEqual(["SB[curvature]", "LB[curvature]"]);
});

test("over Figure 3 lie the readings of the network of ours, over Figure 7 those there are, not joined", () => {
  const [third] = drawn(drawAlongPath(3, "linear"), 3).panels as [Panel];
  const ofF1 = lineOf(third, "paper, F1");
  expect(ofF1).toMatchObject({ paper: true, axis: "left", joined: true });
  expect(ofF1.points).toEqual(published("figure3/F1/train-loss", "alpha "));
  expect(third.lines.filter(({ paper }) => paper)).toHaveLength(1);
  const [seventh] = drawn(drawAlongPath(7, "curvilinear"), 7).panels as [Panel];
  const ofC1 = lineOf(seventh, "paper, C1");
  expect(ofC1.joined).toBe(false);
  expect(ofC1.points).toEqual(published("figure7/C1/train-loss", "alpha "));
});

test("Figure 4 has the last test accuracies and the scaled φ of each batch size, and the paper's in panels of their own", () => {
  const { panels } = drawn(drawByBatchSize, 4);
  expect(panels.map(({ title }) => title)).toEqual([
    "F1",
    "The paper's F2, read off its figure",
    "The paper's C1, read off its figure",
  ]);
  const [ours, , ofC1] = panels as [Panel, Panel, Panel];
  const accuracy = lineOf(ours, "test accuracy");
  const phi = lineOf(ours, "φ");
  expect(accuracy.points.map(({ x }) => x)).toEqual([8, 16, 32, 64, 128, 256, 512, 1024, 2048]);
  for (const [i, { x, value, lowest, highest }] of accuracy.points.entries()) {
    const arm = x === 32 ? "SB" : `B${x}`;
    const last = record.trials.flatMap((trial) =>
      trial.arm === arm && trial.state === "completed" ? [trial.curve.at(-1)?.testAccuracy ?? Number.NaN] : [],
    );
    expect(value).toBeCloseTo(mean(last), 12);
    expect([lowest, highest]).toEqual([Math.min(...last), Math.max(...last)]);
    const scaled = valuesOf((each) => each.arm === arm && each.maximiser === "scaled" && each.epsilon === 0.001);
    expect(phi.points[i]?.value).toBeCloseTo(mean(scaled), 10);
  }
  expect(lineOf(ofC1, "test accuracy").points).toEqual(published("figure4/C1/test-accuracy", "batch "));
  expect(lineOf(ofC1, "φ").points).toEqual(published("figure4/C1/0.001", "batch "));
  expect(lineOf(ofC1, "φ").paper).toBe(true);
});

test("readings of the network that was trained lie over ours", () => {
  const arms = record.suite.arms.map((arm) => ({ ...arm, networkName: "C1-small" }));
  const { panels } = drawn(drawByBatchSize, 4, { ...record, suite: { ...record.suite, arms } });
  expect(panels.map(({ title }) => title)).toEqual(["C1-small"]);
  const paper = panels[0]?.lines.filter((line) => line.paper) ?? [];
  expect(paper.map(({ name, axis }) => [name, axis])).toEqual([
    ["paper, C1", "left"],
    ["paper, C1", "right"],
  ]);
  expect(paper[0]?.points).toEqual(published("figure4/C1/test-accuracy", "batch "));
});

test("Figure 5 has where the warm starts end, what they start from, and the cold start's level", () => {
  const { panels, table } = drawn(drawByWarmStart, 5);
  const [ours, ofF2] = panels as [Panel, Panel];
  const accuraciesOf = (arm: string, epoch: number) =>
    record.trials.flatMap((trial) =>
      trial.arm === arm && trial.state === "completed"
        ? [trial.curve.find((point) => point.epoch === epoch)?.testAccuracy ?? Number.NaN]
        : [],
    );
  const warm = lineOf(ours, "accuracy, LB");
  expect(warm.points.map(({ x }) => x)).toEqual([0, 1, 2, 5, 10, 30]);
  for (const { x, value } of warm.points) expect(value).toBeCloseTo(mean(accuraciesOf(`LB-warm-${x}[warm]`, 30)), 12);
  const iterate = lineOf(ours, "accuracy, SB");
  expect(iterate.points.map(({ x }) => x)).toEqual([1, 2, 5, 10, 30]);
  for (const { x, value } of iterate.points) expect(value).toBeCloseTo(mean(accuraciesOf("SB[warm]", x)), 12);
  for (const { value } of lineOf(ours, "LB, cold").points)
    expect(value).toBeCloseTo(mean(accuraciesOf("LB[warm]", 30)), 12);
  for (const { x, value } of lineOf(ours, "φ, LB").points) {
    const scaled = valuesOf((each) => each.arm === `LB-warm-${x}[warm]` && each.maximiser === "scaled");
    expect(value).toBeCloseTo(mean(scaled), 10);
  }
  expect(lineOf(ofF2, "accuracy, SB").points).toEqual(published("figure5/F2/test-accuracy", "SB-"));
  expect(lineOf(ofF2, "accuracy, LB").points).toEqual(published("figure5/F2/test-accuracy", "LB-warm-"));
  expect(lineOf(ofF2, "φ, LB").points).toEqual(published("figure5/F2/0.001", "LB-warm-"));
  const [untrained] = table.rows as [(typeof table.rows)[number]];
  const column = table.columns.findIndex(({ text }) => text === "Ours, accuracy, SB");
  expect([untrained[0]?.text, untrained[column]?.text]).toEqual(["0", "10.00 % (10.00 % to 10.00 %)"]);
});

test("Figure 6 has φ over the training loss it was measured at, and the readings of both networks", () => {
  const [panel] = drawn(drawByLoss, 6).panels as [Panel];
  for (const arm of ["SB", "LB"]) {
    const along = record.samples.filter(
      (sample): sample is MeasuredSample =>
        "value" in sample &&
        sample.arm === `${arm}[curvature]` &&
        sample.measurement === "sharpness" &&
        sample.maximiser === "scaled" &&
        sample.at !== undefined,
    );
    const line = lineOf(panel, arm);
    expect(line.points).toHaveLength(11);
    for (const [i, { x, value }] of line.points.entries()) {
      const here = along.filter(({ at }) => at === 3 * i);
      expect(x).toBeCloseTo(mean(here.map(({ detail }) => detail?.loss ?? Number.NaN)), 12);
      expect(value).toBeCloseTo(mean(here.map((sample) => sample.value)), 10);
    }
  }
  const losses = { F2: [1.7, 1, 0.1], C1: [1, 0.5, 0.1, 0.05] };
  for (const [network, all] of Object.entries(losses)) {
    for (const arm of ["SB", "LB"]) {
      expect(lineOf(panel, `${network} ${arm}`).points).toEqual(
        all.map((x) => ({ x, value: baseline.values[`figure6/${network}/loss-${x}`]?.arms[arm]?.mean })),
      );
    }
  }
});

test("Figure 2 has each trial's accuracies and their mean, and beside them where the paper's curves end", () => {
  const example = exampleRecord();
  const [panel] = drawn(drawByEpoch, 2, example).panels as [Panel];
  for (const [name, arm, key] of [
    ["SB training", "SB", "trainAccuracy"],
    ["LB test", "LB", "testAccuracy"],
  ] as const) {
    const curves = example.trials.flatMap((trial) => (trial.arm === arm && "curve" in trial ? [trial.curve] : []));
    const line = lineOf(panel, name);
    expect(line.seeds).toEqual(curves.map((curve) => curve.map((point) => ({ x: point.epoch, value: point[key] }))));
    for (const { x, value } of line.points) {
      const here = curves.flatMap((curve) => curve.filter(({ epoch }) => epoch === x).map((point) => point[key]));
      expect(value).toBeCloseTo(mean(here), 12);
    }
  }
  const theirs = panel.lines.filter(({ paper }) => paper).flatMap(({ points }) => points.map(({ value }) => value));
  const read = ["F2/train-accuracy", "F2/test-accuracy", "C1/train-accuracy", "C1/test-accuracy"].flatMap((path) =>
    ["SB", "LB"].map((arm) => baseline.values[`figure2/${path}`]?.arms[arm]?.mean),
  );
  expect(theirs.toSorted()).toEqual(read.toSorted());
  expect(panel.marked.map(({ text }) => text)).toEqual(["F2", "C1"]);
});

test("the record's own reading counts, where the baseline has changed since", () => {
  const pointer = "keskar-2017#/figure3/F1/train-loss";
  const entry: PublishedEntry = {
    quantity: "Training loss",
    source: "Figure 3",
    origin: "reading",
    arms: { "alpha 0": { mean: 0.25 } },
  };
  const [panel] = drawn(drawAlongPath(3, "linear"), 3, { ...record, published: { [pointer]: entry } }).panels as [
    Panel,
  ];
  expect(lineOf(panel, "paper, F1").points).toEqual([{ x: 0, value: 0.25 }]);
});

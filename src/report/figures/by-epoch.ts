import type { RunRecord } from "../../spec/run.types.ts";
import { type ArmView, plainName } from "../arms.ts";
import { curveKey } from "../chart-key.ts";
import { formatShare } from "../words/quantities.ts";
import {
  type DrawFigure,
  extentOf,
  type FigureColumn,
  figureTable,
  lineWords,
  meanPoints,
  PAPER_COLOUR,
} from "./drawn-figure.ts";
import { distanceAxis, linearAxis, type PanelAxis } from "./panel-axis.ts";
import type { Panel, PanelLine, PanelPoint } from "./panel-chart.ts";
import { networksOf, type Reading } from "./readings.ts";

const ARMS = ["SB", "LB"];
const PARTS = [
  { part: "trainAccuracy", column: "train-accuracy", name: "training", dashed: false },
  { part: "testAccuracy", column: "test-accuracy", name: "test", dashed: true },
] as const;
/** Of the readings: the last of the paper's hundred. */
const LAST_EPOCH = 99;
const MOST_ROWS = 12;
// Shares of the last epoch: room beside the curves for the readings.
const ASIDE = 0.14;
const APART = 0.018;

/** Figure 2: training and test accuracy over the epochs. */
export const drawByEpoch: DrawFigure = (record, groups, readings) => {
  const found = groups.flatMap((group) => {
    const arms = group.arms.filter(({ label }) => ARMS.includes(label));
    const ours = arms.flatMap((arm) => PARTS.map((part) => ({ arm, part, line: ourLine(record, arm, part) })));
    return ours.some(({ line }) => line.points.length > 0) ? [{ group, arms, ours }] : [];
  });
  if (found.length === 0) return null;
  const drawn = readings.filter(({ column }) => PARTS.some((part) => part.column === column));
  const networks = networksOf(drawn);
  const columns = found.flatMap(({ group, ours }) =>
    ours.map(
      ({ arm, part, line }): FigureColumn => ({
        title: `${found.length === 1 ? "Ours" : group.heading}, ${arm.label}, ${part.name}`,
        points: thinOut(line.points),
        format: formatShare,
      }),
    ),
  );
  return {
    panels: found.map(({ group, ours }): Panel => {
      const last = Math.max(1, ...ours.flatMap(({ line }) => line.points.map(({ x }) => x)));
      const lines = [...ours.map(({ line }) => line), ...theirLines(drawn, networks, last)].filter(
        ({ points }) => points.length > 0,
      );
      const words = ours.map(({ line }) => lineWords(line.name, line.points, formatShare));
      return {
        title: group.heading,
        x: epochAxis(last, networks),
        left: distanceAxis("accuracy, by its distance from 100 %", extentOf(lines, "left")),
        right: null,
        lines,
        marked: networks.map((network, i) => ({ x: asideOf(last, i), text: network, colour: PAPER_COLOUR })),
        label: `Figure 2, ${group.heading}: accuracy over the epochs. ${words.join("; ")}.`,
      };
    }),
    table: figureTable("Figure 2 in numbers: mean over the seeds (lowest to highest)", "Epoch", [
      ...columns,
      ...drawn.flatMap(({ network, column, entry }) =>
        Object.entries(entry.arms).map(([arm, { mean }]) => ({
          title: `Paper, ${network}, ${arm}, ${PARTS.find((part) => part.column === column)?.name ?? column}`,
          points: [{ x: LAST_EPOCH, value: mean }],
          format: formatShare,
        })),
      ),
    ]),
    groups: found.map(({ group }) => group.anchor),
    // Beside further arms the accuracies are another picture.
    charts: found
      .filter(({ group, arms }) => arms.length === group.arms.length)
      .flatMap(({ group }) => PARTS.map(({ part }) => curveKey(group, part))),
    arms: found.flatMap(({ arms }) => arms.map(({ name }) => name)),
    readings: drawn,
    remark: `Training samples solid, test samples dashed; a thick line is the mean over the seeds, a thin one a seed.${
      networks.length === 0 ? "" : " Hollow, at the right: where the paper's curves end, training above test."
    }`,
  };
};

function ourLine({ trials }: RunRecord, arm: ArmView, { part, name, dashed }: (typeof PARTS)[number]): PanelLine {
  const seeds = trials.flatMap((trial): PanelPoint[][] =>
    trial.arm === arm.name && "curve" in trial && trial.curve.length > 0
      ? [trial.curve.map((point) => ({ x: point.epoch, value: point[part] }))]
      : [],
  );
  return {
    name: `${arm.label} ${name}`,
    axis: "left",
    colour: arm.colour,
    dashed,
    symbol: null,
    paper: false,
    joined: true,
    points: meanPoints(seeds.flat()),
    seeds: seeds.length < 2 ? [] : seeds,
  };
}

/** A mark each, as the curves themselves were not read. */
function theirLines(readings: readonly Reading[], networks: readonly string[], last: number): PanelLine[] {
  return readings.flatMap(({ network, entry }) =>
    Object.entries(entry.arms).flatMap(([name, { mean }]): PanelLine[] => {
      const arm = ARMS.indexOf(plainName(name));
      if (arm < 0) return [];
      return [
        {
          name: "",
          axis: "left",
          colour: arm === 0 ? "var(--arm-1)" : "var(--arm-2)",
          dashed: false,
          symbol: arm === 0 ? "circle" : "square",
          paper: true,
          joined: false,
          points: [{ x: asideOf(last, networks.indexOf(network)) + (arm === 0 ? -APART : APART) * last, value: mean }],
          seeds: [],
        },
      ];
    }),
  );
}

function asideOf(last: number, network: number): number {
  return last * (1 + ASIDE * (network + 1));
}

/** With room at the right for the readings of so many networks. */
function epochAxis(last: number, networks: readonly string[]): PanelAxis {
  const end = networks.length === 0 ? last : asideOf(last, networks.length - 0.5);
  const whole = linearAxis("", [0, last])
    .ticks.map(({ text }) => Number(text))
    .filter((tick) => tick <= last);
  const share = (epoch: number) => epoch / end;
  return {
    title: networks.length === 0 ? "epoch" : `epoch; ${networks.join(" and ")}: the paper's at epoch ${LAST_EPOCH}`,
    ticks: whole.filter(Number.isInteger).map((tick) => ({ at: share(tick), text: String(tick) })),
    share,
  };
}

/** At most so many, the first and the last among them. */
function thinOut(points: readonly PanelPoint[]): PanelPoint[] {
  if (points.length <= MOST_ROWS) return [...points];
  const step = (points.length - 1) / (MOST_ROWS - 1);
  const kept = new Set(Array.from({ length: MOST_ROWS }, (_, i) => Math.round(i * step)));
  return points.filter((_, i) => kept.has(i));
}

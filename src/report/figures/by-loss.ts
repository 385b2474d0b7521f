import type { RunRecord } from "../../spec/run.types.ts";
import { mean } from "../../stats/sample.ts";
import { type ArmView, plainName } from "../arms.ts";
import { alongTrainingKey } from "../chart-key.ts";
import { numeric, tableView } from "../table.ts";
import { formatValue } from "../words/quantities.ts";
import { type DrawFigure, extentOf, lineWords, PAPER_COLOUR } from "./drawn-figure.ts";
import { type DrawnSharpness, drawnSharpness, sharpnessSamples, sharpnessWords } from "./figure-sharpness.ts";
import { logAxis, type PanelAxis } from "./panel-axis.ts";
import type { Panel, PanelLine, PanelPoint } from "./panel-chart.ts";
import { networksOf, type Reading } from "./readings.ts";

const ARMS = ["SB", "LB"];
const SYMBOLS = ["circle", "square"] as const;

/** Figure 6: φ over the training loss, along the training. */
export const drawByLoss: DrawFigure = (record, groups, readings) => {
  const found = groups.flatMap((group) => {
    const arms = group.arms.filter(({ label }) => ARMS.includes(label));
    const sharpness = drawnSharpness(record, arms, ({ everyEpochs }) => everyEpochs !== undefined);
    const lines = arms.map((arm) => ourLine(record, arm, sharpness)).filter(({ points }) => points.length > 0);
    return sharpness && lines.length > 0 ? [{ group, arms, sharpness, lines }] : [];
  });
  const [first] = found;
  if (!first) return null;
  const drawn = readings.filter(({ column }) => lossOf(column) !== undefined && first.sharpness.epsilon === 0.001);
  const theirs = theirLines(drawn);
  const rows = (lines: readonly PanelLine[], whose: string) =>
    lines.flatMap(({ name, points }) =>
      points.map(({ x, value }) => [`${whose}${name}`, formatValue(x), formatValue(value)]),
    );
  return {
    panels: found.map(({ group, lines: ours }): Panel => {
      const lines = [...ours, ...theirs];
      const words = lines.map(({ name, points }) => lineWords(name, points, formatValue));
      return {
        title: group.heading,
        x: falling(
          logAxis("training loss in nats, logarithmic, falling", [
            ...lines.flatMap(({ points, seeds }) => [...points, ...seeds.flat()].map(({ x }) => x)),
          ]),
        ),
        left: logAxis("φ, logarithmic", extentOf(lines, "left")),
        right: null,
        lines,
        marked: [],
        label: `Figure 6, ${group.heading}: φ at a training loss. ${words.join("; ")}.`,
      };
    }),
    table: tableView(
      "Figure 6 in numbers: means over the seeds, epoch by epoch, and the readings",
      ["Line", numeric("Training loss"), numeric("φ")],
      [
        ...found.flatMap(({ group, lines }) => rows(lines, found.length === 1 ? "Ours, " : `${group.heading}, `)),
        ...rows(theirs, "Paper, "),
      ],
    ),
    groups: found.map(({ group }) => group.anchor),
    charts: found.map(({ group, sharpness }) => alongTrainingKey(group, sharpness.measurement, sharpness.epsilon)),
    arms: found.flatMap(({ arms }) => arms.map(({ name }) => name)),
    readings: drawn,
    remark: `Time runs to the right, as in the paper: the loss falls. A mark is the mean over the seeds at an epoch, where at least half of them got so far; a thin line is a seed.${theirs.length === 0 ? "" : " Hollow and dashed: the paper's."} ${sharpnessWords(first.sharpness)}`,
  };
};

function ourLine(record: RunRecord, arm: ArmView, sharpness: DrawnSharpness | undefined): PanelLine {
  const samples = sharpnessSamples(record, arm.name, sharpness).flatMap(({ seed, at, value, detail }) => {
    const loss = at === undefined ? undefined : (detail?.loss ?? lossAt(record, arm.name, seed, at));
    return at === undefined || loss === undefined ? [] : [{ seed, at, loss, value }];
  });
  const seeds = [...new Set(samples.map(({ seed }) => seed))];
  const epochs = [...new Set(samples.map(({ at }) => at))].sort((a, b) => a - b);
  const points = epochs.flatMap((epoch): PanelPoint[] => {
    const here = samples.filter(({ at }) => at === epoch);
    if (2 * here.length < seeds.length) return [];
    return [{ x: mean(here.map(({ loss }) => loss)), value: mean(here.map(({ value }) => value)) }];
  });
  return {
    name: arm.label,
    axis: "left",
    colour: arm.colour,
    dashed: false,
    symbol: arm.symbol,
    paper: false,
    joined: true,
    points,
    seeds:
      seeds.length < 2
        ? []
        : seeds.map((seed) =>
            samples
              .filter((sample) => sample.seed === seed)
              .sort((a, b) => a.at - b.at)
              .map(({ loss, value }) => ({ x: loss, value })),
          ),
  };
}

function lossAt({ trials }: RunRecord, arm: string, seed: number, epoch: number): number | undefined {
  const trial = trials.find((each) => each.arm === arm && each.seed === seed);
  return trial && "curve" in trial ? trial.curve.find((point) => point.epoch === epoch)?.trainLoss : undefined;
}

/** The readings at several losses, as lines of an arm each. */
function theirLines(readings: readonly Reading[]): PanelLine[] {
  return networksOf(readings).flatMap((network) =>
    ARMS.map((arm, i): PanelLine => {
      const points = readings
        .flatMap((reading): PanelPoint[] => {
          const loss = lossOf(reading.column);
          const value = Object.entries(reading.entry.arms).find(([name]) => plainName(name) === arm)?.[1].mean;
          return reading.network === network && loss !== undefined && value !== undefined ? [{ x: loss, value }] : [];
        })
        .sort((a, b) => b.x - a.x);
      return {
        name: `${network} ${arm}`,
        axis: "left",
        colour: PAPER_COLOUR,
        dashed: true,
        symbol: SYMBOLS[i] ?? "circle",
        paper: true,
        joined: true,
        points,
        seeds: [],
      };
    }).filter(({ points }) => points.length > 0),
  );
}

function lossOf(column: string): number | undefined {
  const loss = column.startsWith("loss-") ? Number(column.slice("loss-".length)) : Number.NaN;
  return Number.isFinite(loss) ? loss : undefined;
}

function falling(axis: PanelAxis): PanelAxis {
  return {
    title: axis.title,
    ticks: axis.ticks.map(({ at, text }) => ({ at: 1 - at, text })),
    share: (value) => 1 - axis.share(value),
  };
}

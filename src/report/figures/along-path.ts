import type { MeasuredSample, RunRecord } from "../../spec/run.types.ts";
import { type ArmGroup, type ArmView, plainName } from "../arms.ts";
import { pathKey } from "../chart-key.ts";
import type { Measurement } from "../words/measurement-words.ts";
import { formatShare, formatValue } from "../words/quantities.ts";
import {
  type DrawFigure,
  extentOf,
  type FigureColumn,
  figureTable,
  lineWords,
  meanPoints,
  PAPER_COLOUR,
} from "./drawn-figure.ts";
import { linearAxis, logAxis, percentAxis } from "./panel-axis.ts";
import type { Panel, PanelLine, PanelPoint } from "./panel-chart.ts";
import { pointsOf, type Reading } from "./readings.ts";

type Path = Extract<Measurement, { metric: "path" }>;

const PARTS = [
  { part: "train-loss", name: "training loss", axis: "left", dashed: false },
  { part: "test-loss", name: "test loss", axis: "left", dashed: true },
  { part: "train-accuracy", name: "training accuracy", axis: "right", dashed: false },
  { part: "test-accuracy", name: "test accuracy", axis: "right", dashed: true },
] as const;
const COLOURS = { left: "currentColor", right: "var(--arm-3)" } as const;

/** Loss and accuracy along the path between two minimisers: Figure 3, and Figure 7 where it is curved. */
export function drawAlongPath(figure: number, shape: Path["shape"]): DrawFigure {
  return (record, groups, readings) => {
    const curves = readings.filter(({ column }) => column === "train-loss");
    const theirs = curves.map((curve) => readingLine(curve));
    const found = groups.flatMap((group) => pathsOf(record, group, shape));
    const panels = found.flatMap(({ group, to, from, samples }): { panel: Panel; columns: FigureColumn[] }[] => {
      const ours = PARTS.map((part): PanelLine => ourLine(part, samples));
      const lines = [...ours.filter(({ points }) => points.length > 0), ...theirs];
      const columns = ours.map(({ name, points, axis }) => ({
        title: found.length === 1 ? `Ours, ${name}` : `${group.heading}, ${name}`,
        points,
        format: axis === "left" ? formatValue : formatShare,
      }));
      const words = columns.map(({ title, points, format }) => lineWords(title, points, format));
      const panel = {
        title: group.heading,
        x: linearAxis("α", [...lines.flatMap(({ points }) => points.map(({ x }) => x)), 0, 1]),
        left: logAxis("loss, nats", extentOf(lines, "left")),
        right: percentAxis("accuracy", extentOf(lines, "right")),
        lines,
        marked: [
          { x: 0, text: from?.label ?? "α = 0", colour: from?.colour ?? "currentColor" },
          { x: 1, text: to.label, colour: to.colour },
        ],
        label: `Figure ${figure}, ${group.heading}: loss and accuracy over α. ${words.join("; ")}.`,
      };
      return [{ panel, columns }];
    });
    if (panels.length === 0) return null;
    return {
      panels: panels.map(({ panel }) => panel),
      table: figureTable(`Figure ${figure} in numbers: mean over the seeds (lowest to highest)`, "α", [
        ...curves.map((curve) => ({
          title: `Paper, ${curve.network}, training loss`,
          points: pointsOf(curve, "alpha "),
          format: String,
        })),
        ...panels.flatMap(({ columns }) => columns),
      ]),
      groups: found.map(({ group }) => group.anchor),
      charts: found.map(({ to, measurement }) => pathKey(to.name, measurement)),
      arms: found.flatMap(({ to, from }) => [...(from ? [from.name] : []), to.name]),
      readings: curves,
      remark: `Training samples solid, test samples dashed; a thick line is the mean over the seeds, a thin one a pair of minimisers.${
        shape === "curvilinear"
          ? " At α = −1 and α = 2 the path passes the minimisers with their signs turned: both ends rise for that reason alone."
          : ""
      }`,
    };
  };
}

interface Found {
  readonly group: ArmGroup;
  readonly from: ArmView | undefined;
  readonly to: ArmView;
  /** Its name in the suite. */
  readonly measurement: string;
  readonly samples: readonly MeasuredSample[];
}

/** The paths of this shape from the small batch to the large one, with their samples. */
function pathsOf({ suite, samples }: RunRecord, group: ArmGroup, shape: Path["shape"]): Found[] {
  return group.arms
    .filter(({ name }) => plainName(name) === "LB")
    .flatMap((to) =>
      Object.entries(suite.arms.find(({ name }) => name === to.name)?.measure ?? {}).flatMap(([name, measurement]) => {
        if (measurement.metric !== "path" || measurement.shape !== shape) return [];
        if (plainName(measurement.from) !== "SB") return [];
        const own = samples.filter(
          (sample): sample is MeasuredSample =>
            "value" in sample &&
            sample.arm === to.name &&
            sample.measurement === name &&
            sample.at !== undefined &&
            PARTS.some(({ part }) => part === sample.part),
        );
        return own.length === 0
          ? []
          : [
              {
                group,
                to,
                measurement: name,
                from: group.arms.find((arm) => arm.name === measurement.from),
                samples: own,
              },
            ];
      }),
    );
}

function ourLine({ part, name, axis, dashed }: (typeof PARTS)[number], samples: readonly MeasuredSample[]): PanelLine {
  const own = samples.filter((sample) => sample.part === part);
  const points = (of: readonly MeasuredSample[]) =>
    of.flatMap(({ at, value }): PanelPoint[] => (at === undefined ? [] : [{ x: at, value }])).sort((a, b) => a.x - b.x);
  const seeds = [...new Set(own.map(({ seed }) => seed))];
  return {
    name,
    axis,
    colour: COLOURS[axis],
    dashed,
    symbol: null,
    paper: false,
    joined: true,
    points: meanPoints(points(own)),
    seeds: seeds.length < 2 ? [] : seeds.map((seed) => points(own.filter((sample) => sample.seed === seed))),
  };
}

// So few of Figure 7's points were read that a line between them would leave out the barrier.
const FEWEST_JOINED = 6;

function readingLine(curve: Reading): PanelLine {
  const points = pointsOf(curve, "alpha ");
  return {
    name: `paper, ${curve.network}`,
    axis: "left",
    colour: PAPER_COLOUR,
    dashed: true,
    symbol: "diamond",
    paper: true,
    joined: points.length >= FEWEST_JOINED,
    points,
    seeds: [],
  };
}

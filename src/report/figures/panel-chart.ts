import * as Plot from "@observablehq/plot";
import type { ArmView } from "../arms.ts";
import { drawSvg } from "../charts/svg.ts";
import { placeLabels } from "./label-places.ts";
import type { PanelAxis } from "./panel-axis.ts";

/** One panel of a figure: lines on one or two vertical axes. */
export interface Panel {
  /** Whose it is: the heading of our group of arms, or whose of the paper's. */
  readonly title: string;
  readonly x: PanelAxis;
  readonly left: PanelAxis;
  readonly right: PanelAxis | null;
  readonly lines: readonly PanelLine[];
  /** Positions on the x axis that have a name. */
  readonly marked: readonly { readonly x: number; readonly text: string; readonly colour: string }[];
  /** What it shows, for those who do not see it. */
  readonly label: string;
}

export interface PanelLine {
  /** Written beside the line; empty where it goes without. */
  readonly name: string;
  readonly axis: "left" | "right";
  readonly colour: string;
  readonly dashed: boolean;
  readonly symbol: ArmView["symbol"] | null;
  /** Read off the paper's figure: thin, its marks hollow. */
  readonly paper: boolean;
  /** Whether its points are joined; too few to tell a curve are not. */
  readonly joined: boolean;
  readonly points: readonly PanelPoint[];
  /** A thin line each. */
  readonly seeds: readonly (readonly PanelPoint[])[];
}

export interface PanelPoint {
  readonly x: number;
  readonly value: number;
  /** Over the seeds. */
  readonly lowest?: number;
  readonly highest?: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

const WIDTH = 360;
const HEIGHT = 290;
const TOP = 34;
const BOTTOM = 40;
const SIDE = 52;
const MARGIN = 14;
const INSET = 8;
/** Lower edge of the vertical axes' titles. */
const AXIS_TITLE = 16;

/** Both vertical axes have the colour of what is drawn on them, where all of that has one colour. */
export function drawPanel(panel: Panel): string {
  const { x, left, right, lines, marked, label } = panel;
  const width = { left: SIDE, right: right ? SIDE : MARGIN };
  const frame = { left: width.left + INSET, right: WIDTH - width.right - INSET, top: TOP, bottom: HEIGHT - BOTTOM };
  const across = (value: number) => frame.left + x.share(value) * (frame.right - frame.left);
  const up = (axis: PanelAxis, value: number) => frame.bottom - axis.share(value) * (frame.bottom - frame.top);
  const axisOf = (line: PanelLine) => (line.axis === "right" && right ? right : left);
  const place =
    (line: PanelLine) =>
    ({ x: at, value }: PanelPoint): Place => ({ x: across(at), y: up(axisOf(line), value) });
  const drawn = lines.map((line) => ({ line, places: line.points.map(place(line)) }));
  const markedNames = marked.map(({ x: at, text }) => ({ text, x: across(at), y: frame.top - 7 }));
  const labels = placeLabels(
    drawn.map(({ line, places }) => ({
      text: line.name,
      places,
      joined: line.joined,
      marks: line.symbol === null ? [] : [...places, ...barEnds(line).map(place(line))],
    })),
    { ...frame, top: AXIS_TITLE, bottom: frame.bottom + 2 },
    markedNames,
  );
  return drawSvg(
    {
      width: WIDTH,
      height: HEIGHT,
      margin: 0,
      x: { type: "linear", domain: [0, WIDTH], range: [0, WIDTH], axis: null },
      y: { type: "linear", domain: [0, HEIGHT], range: [0, HEIGHT], axis: null },
      marks: [
        ...left.ticks.map(({ at }) => rule(frame.left - INSET, frame.right + INSET, yOf(at, frame))),
        ...marked.flatMap(({ x: at, text, colour }) => [
          Plot.link([0], {
            x1: () => across(at),
            x2: () => across(at),
            y1: () => frame.top,
            y2: () => frame.bottom,
            stroke: colour,
            strokeWidth: 1.5,
            strokeOpacity: 0.7,
          }),
          words(across(at), frame.top - 7, text, "middle", { fill: colour, fontWeight: "600" }),
        ]),
        ...x.ticks.map(({ at, text }) =>
          words(frame.left + at * (frame.right - frame.left), frame.bottom + 12, text, "middle"),
        ),
        words(frame.left - INSET, HEIGHT - 8, x.title, "start"),
        ...verticalAxis(left, colourOf(lines, "left"), frame, "left"),
        ...(right ? verticalAxis(right, colourOf(lines, "right"), frame, "right") : []),
        ...lines.flatMap((line) =>
          line.seeds.map((seed) =>
            Plot.line(seed.map(place(line)), {
              x: "x",
              y: "y",
              stroke: line.colour,
              strokeWidth: 0.75,
              strokeOpacity: 0.3,
            }),
          ),
        ),
        ...drawn.flatMap(({ line, places }) => [
          Plot.line(line.joined ? places : [], {
            x: "x",
            y: "y",
            stroke: line.colour,
            strokeWidth: line.paper ? 1 : 2.25,
            ...(line.dashed ? { strokeDasharray: line.paper ? "2 3" : "5 3" } : {}),
          }),
          bars(line, place(line)),
          ...dots(line, places),
        ]),
        ...labels.flatMap(({ x: at, y, text }, i) => {
          const line = lines[i];
          return line
            ? [
                words(at, y, text, "middle", {
                  fill: line.colour,
                  fontWeight: line.paper ? "400" : "600",
                  stroke: "var(--page)",
                  strokeWidth: 3,
                }),
              ]
            : [];
        }),
      ],
    },
    label,
  );
}

type Frame = Readonly<Record<"left" | "right" | "top" | "bottom", number>>;

function yOf(share: number, { top, bottom }: Frame): number {
  return bottom - share * (bottom - top);
}

function rule(x1: number, x2: number, y: number): Plot.Markish {
  return Plot.link([0], { x1: () => x1, x2: () => x2, y1: () => y, y2: () => y, strokeOpacity: 0.12 });
}

function words(
  x: number,
  y: number,
  text: string,
  textAnchor: "start" | "middle" | "end",
  options: Plot.TextOptions = {},
): Plot.Markish {
  return Plot.text([text], { x: () => x, y: () => y, text: () => text, textAnchor, lineAnchor: "middle", ...options });
}

function verticalAxis({ title, ticks }: PanelAxis, fill: string, frame: Frame, side: "left" | "right"): Plot.Markish[] {
  const away = side === "left" ? frame.left - INSET - 6 : frame.right + INSET + 6;
  const textAnchor = side === "left" ? "end" : "start";
  return [
    words(side === "left" ? 2 : WIDTH - 2, 9, title, side === "left" ? "start" : "end", { fill, fontWeight: "600" }),
    ...ticks.map(({ at, text }) => words(away, yOf(at, frame), text, textAnchor, { fill })),
  ];
}

function colourOf(lines: readonly PanelLine[], axis: PanelLine["axis"]): string {
  const own = lines.filter((line) => line.axis === axis);
  const ours = own.some(({ paper }) => !paper) ? own.filter(({ paper }) => !paper) : own;
  const colours = new Set(ours.map(({ colour }) => colour));
  return colours.size === 1 ? ([...colours][0] ?? "currentColor") : "currentColor";
}

/** The lowest and the highest over the seeds, where those have no lines. */
function barEnds({ points, seeds }: PanelLine): PanelPoint[] {
  return points.flatMap(({ x, lowest, highest }) =>
    seeds.length > 0 || lowest === undefined || highest === undefined
      ? []
      : [
          { x, value: lowest },
          { x, value: highest },
        ],
  );
}

function bars(line: PanelLine, place: (point: PanelPoint) => Place): Plot.Markish {
  const ends = barEnds(line).map(place);
  return Plot.link(
    ends.filter((_, i) => i % 2 === 0).map((low, i) => ({ ...low, to: ends[2 * i + 1]?.y ?? low.y })),
    { x1: "x", x2: "x", y1: "y", y2: "to", stroke: line.colour, strokeWidth: 1.5, strokeOpacity: 0.6 },
  );
}

function dots({ symbol, colour, paper }: PanelLine, places: readonly Place[]): Plot.Markish[] {
  if (symbol === null) return [];
  const look = paper
    ? { fill: "var(--page)", stroke: colour, strokeWidth: 1.5, r: 3.5 }
    : { fill: colour, stroke: "var(--page)", strokeWidth: 0.75, r: 4 };
  return [Plot.dot([...places], { x: "x", y: "y", symbol, ...look })];
}

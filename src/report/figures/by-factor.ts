import type { RunRecord } from "../../spec/run.types.ts";
import type { ArmGroup } from "../arms.ts";
import { accuracyKey } from "../chart-key.ts";
import { type FactorFamily, factorFamilies } from "../measured/factor-families.ts";
import { isOfNetwork } from "../paper/published-match.ts";
import { spreadOf } from "../spread.ts";
import { formatShare, formatValue } from "../words/quantities.ts";
import { type DrawFigure, extentOf, type FigureColumn, figureTable, lineWords, spreadPoint } from "./drawn-figure.ts";
import { type DrawnSharpness, drawnSharpness, sharpnessSamples, sharpnessWords } from "./figure-sharpness.ts";
import { countPositions, logAxis, logPositions, percentAxis } from "./panel-axis.ts";
import type { Panel, PanelLine, PanelPoint } from "./panel-chart.ts";
import { networksOf, pointsOf, type Reading } from "./readings.ts";

/** What differs between Figure 4 and Figure 5. */
interface Subject {
  readonly figure: 4 | 5;
  readonly factor: FactorFamily["factor"];
  /** What stands before the position in the readings' names. */
  readonly word: string;
  /** Of the x axis. */
  readonly title: string;
  readonly positions: typeof logPositions;
  readonly accuracyName: string;
  readonly accuracyColour: string;
}

const BATCH: Subject = {
  figure: 4,
  factor: "batch",
  word: "batch ",
  title: "batch size, logarithmic",
  positions: logPositions,
  accuracyName: "test accuracy",
  accuracyColour: "var(--arm-3)",
};
const WARM: Subject = {
  figure: 5,
  factor: "warm-start",
  word: "LB-warm-",
  title: "epochs of SB before LB takes over, compressed",
  positions: countPositions,
  accuracyName: "accuracy, LB",
  accuracyColour: "var(--arm-2)",
};
const ITERATE = { word: "SB-", name: "accuracy, SB", colour: "var(--arm-1)" } as const;

/** Figure 4: test accuracy and sharpness over the batch size. */
export const drawByBatchSize: DrawFigure = (...args) => drawByFactor(BATCH, ...args);
/** Figure 5: where a large batch ends that starts from an iterate of the small one, over the epoch of that iterate. */
export const drawByWarmStart: DrawFigure = (...args) => drawByFactor(WARM, ...args);

function drawByFactor(
  subject: Subject,
  record: RunRecord,
  groups: readonly ArmGroup[],
  readings: readonly Reading[],
): ReturnType<DrawFigure> {
  const found = groups.flatMap((group) =>
    factorFamilies(record, group)
      .filter(({ factor }) => factor === subject.factor)
      .flatMap((family) => {
        const arms = family.members.map(({ arm }) => arm);
        const sharpness = drawnSharpness(record, arms);
        const lines = ourLines(subject, record, family, sharpness);
        return lines.some(({ points }) => points.length > 0) ? [{ group, family, sharpness, lines }] : [];
      }),
  );
  if (found.length === 0) return null;
  const sharpness = found.find((each) => each.sharpness)?.sharpness;
  const drawn = readings.filter(
    ({ column }) => column === "test-accuracy" || (sharpness && Number(column) === sharpness.epsilon),
  );
  const theirs = networksOf(drawn).map((network) => ({
    network,
    lines: theirLines(
      subject,
      drawn.filter((each) => each.network === network),
    ),
  }));
  const overlaid = ({ family }: (typeof found)[number]) => {
    const first = record.suite.arms.find(({ name }) => name === family.members[0]?.arm.name);
    return theirs.filter(({ network }) => first && isOfNetwork(first.networkName, network));
  };
  const beside = theirs.filter((each) => !found.some((own) => overlaid(own).includes(each)));
  const wholes = [
    ...found.map((own) => ({
      title: own.group.heading,
      lines: [...own.lines, ...overlaid(own).flatMap(({ network, lines }) => named(lines, network))],
    })),
    ...beside.map(({ network, lines }) => ({ title: `The paper's ${network}, read off its figure`, lines })),
  ];
  const untrained = wholes.some(({ lines }) =>
    lines.some((line) => withoutUntrained(line).points.length < line.points.length),
  )
    ? " What the small batch scores before its first epoch stands in the table only; the paper's count starts at its first stored iterate."
    : "";
  const phi = wholes.flatMap(({ lines }) => extentOf(lines, "right"));
  return {
    panels: wholes.map(({ title, lines }) => panelOf(subject, title, lines, phi)),
    table: figureTable(
      `Figure ${subject.figure} in numbers: mean over the seeds (lowest to highest)`,
      subject.factor === "batch" ? "Batch size" : "Epochs of SB",
      [
        ...found.flatMap(({ group, lines }) => columnsOf(lines, found.length === 1 ? "Ours" : group.heading)),
        ...theirs.flatMap(({ network, lines }) => columnsOf(lines, `Paper, ${network}`)),
      ],
    ),
    groups: found.map(({ group }) => group.anchor),
    // The sharpness by each maximiser stays: the figure has one of them.
    charts: found.map(({ group, family }) => accuracyKey(group, family.factor)),
    arms: found.flatMap(({ family }) => [...family.members, ...family.references].map(({ arm }) => arm.name)),
    readings: drawn,
    remark: `Marks are means over the seeds, bars lead from the lowest to the highest.${sharpness ? ` ${sharpnessWords(sharpness)}` : ""} All panels share the axis of φ; each has its own of accuracy.${untrained}`,
  };
}

function panelOf(subject: Subject, title: string, lines: readonly PanelLine[], phi: readonly number[]): Panel {
  const shown = lines.map(withoutUntrained).filter(({ points }) => points.length > 0);
  const right = shown.some(({ axis }) => axis === "right");
  const words = shown.map(({ name, points, axis }) => lineWords(name, points, formatOf(axis)));
  return {
    title,
    x: subject.positions(
      subject.title,
      shown.flatMap(({ points }) => points.map(({ x }) => x)),
    ),
    left: percentAxis("test accuracy", extentOf(shown, "left")),
    right: right ? logAxis("φ, logarithmic", phi) : null,
    lines: shown,
    marked: [],
    label: `Figure ${subject.figure}, ${title}: test accuracy and φ. ${words.join("; ")}.`,
  };
}

/** Before its first epoch a network guesses: drawn, that would press all else together. */
function withoutUntrained(line: PanelLine): PanelLine {
  if (line.name !== ITERATE.name || line.paper) return line;
  return { ...line, points: line.points.filter(({ x }) => x > 0) };
}

function ourLines(
  subject: Subject,
  record: RunRecord,
  { members, references }: FactorFamily,
  sharpness: DrawnSharpness | undefined,
): PanelLine[] {
  const over = (valuesOf: (arm: string) => readonly number[]) =>
    members.flatMap(({ arm, at }): PanelPoint[] => {
      const spread = spreadOf(valuesOf(arm.name));
      return spread ? [spreadPoint(at, spread)] : [];
    });
  const accuracy = over((arm) => accuraciesOf(record, arm, undefined));
  const atEnd = over((arm) =>
    sharpnessSamples(record, arm, sharpness)
      .filter(({ at }) => at === undefined)
      .map(({ value }) => value),
  );
  const source = references.find(({ arm }) => record.suite.arms.some(({ regime }) => regime.start?.arm === arm.name));
  const iterate = source
    ? members.flatMap(({ at }): PanelPoint[] => {
        const spread = spreadOf(accuraciesOf(record, source.arm.name, at));
        return spread ? [spreadPoint(at, spread)] : [];
      })
    : [];
  return [
    ...(source ? [lineOf(ITERATE.name, "left", ITERATE.colour, "circle", iterate)] : []),
    ...coldLines(subject, record, members, references, source),
    lineOf(subject.accuracyName, "left", subject.accuracyColour, "square", accuracy),
    lineOf(phiName(subject), "right", "currentColor", "triangle", atEnd),
  ];
}

/** The same training from a cold start, as a level. */
function coldLines(
  { accuracyColour }: Subject,
  record: RunRecord,
  members: FactorFamily["members"],
  references: FactorFamily["references"],
  source: FactorFamily["references"][number] | undefined,
): PanelLine[] {
  const positions = members.map(({ at }) => at);
  return references
    .filter((reference) => reference !== source)
    .flatMap(({ arm }) => {
      const spread = spreadOf(accuraciesOf(record, arm.name, undefined));
      if (!spread) return [];
      const points = [Math.min(...positions), Math.max(...positions)].map((x) => ({ x, value: spread.mean }));
      return [{ ...lineOf("LB, cold", "left", accuracyColour, "square", points), symbol: null, dashed: true }];
    });
}

function phiName({ figure }: Subject): string {
  return figure === 4 ? "φ" : "φ, LB";
}

function theirLines(subject: Subject, readings: readonly Reading[]): PanelLine[] {
  return readings.flatMap((reading) => {
    const own = pointsOf(reading, subject.word);
    if (reading.column !== "test-accuracy") {
      return [theirLine(phiName(subject), "right", "currentColor", "triangle", own)];
    }
    return [
      ...(subject.factor === "warm-start"
        ? [theirLine(ITERATE.name, "left", ITERATE.colour, "circle", pointsOf(reading, ITERATE.word))]
        : []),
      theirLine(subject.accuracyName, "left", subject.accuracyColour, "square", own),
    ];
  });
}

type LineFacts = Parameters<typeof lineOf>;

function lineOf(
  name: string,
  axis: PanelLine["axis"],
  colour: string,
  symbol: NonNullable<PanelLine["symbol"]>,
  points: readonly PanelPoint[],
): PanelLine {
  return { name, axis, colour, dashed: axis === "right", symbol, paper: false, joined: true, points, seeds: [] };
}

function theirLine(...facts: LineFacts): PanelLine {
  return { ...lineOf(...facts), paper: true };
}

/** Beside ours the paper's lines say whose they are. */
function named(lines: readonly PanelLine[], network: string): PanelLine[] {
  return lines.map((line) => ({ ...line, name: `paper, ${network}` }));
}

function columnsOf(lines: readonly PanelLine[], whose: string): FigureColumn[] {
  return lines
    .filter(({ points }) => points.length > 0)
    .map(({ name, points, axis }) => ({ title: `${whose}, ${name}`, points, format: formatOf(axis) }));
}

function formatOf(axis: PanelLine["axis"]): (value: number) => string {
  return axis === "left" ? formatShare : formatValue;
}

/** Test accuracies of the trials that completed: after an epoch, or at the end. */
function accuraciesOf({ trials }: RunRecord, arm: string, epoch: number | undefined): number[] {
  return trials.flatMap((trial) => {
    if (trial.arm !== arm || trial.state !== "completed") return [];
    const point = epoch === undefined ? trial.curve.at(-1) : trial.curve.find((each) => each.epoch === epoch);
    return point ? [point.testAccuracy] : [];
  });
}

import { formatSeeds } from "../../judge/wording.ts";
import type { MeasuredSample, RunRecord, Sample } from "../../spec/run.types.ts";
import { type ArmGroup, type ArmView, plainName } from "../arms.ts";
import { pathKey } from "../chart-key.ts";
import { type PathPoint, type ProfileLine, pathProfile } from "../charts/path-profile.ts";
import type { FigureView } from "../figure.ts";
import { spreadOf, spreadWords } from "../spread.ts";
import { numeric, type TableView, tableView } from "../table.ts";
import type { Measurement } from "../words/measurement-words.ts";
import { formatShare, formatValue } from "../words/quantities.ts";
import { capitalise } from "../words/sentence.ts";

/** What was found along the path between the minimisers of two arms. */
export interface PathView {
  readonly heading: string;
  readonly note: string;
  readonly figures: readonly FigureView[];
  readonly derived: Derived;
  readonly table: TableView;
}

/** Barrier and half-widths, seed by seed. */
interface Derived {
  readonly table: TableView | null;
  readonly absences: string | null;
}

type Path = Extract<Measurement, { metric: "path" }>;
type Kind = "loss" | "accuracy";

const TITLES: Record<Kind, string> = { loss: "Loss along the path", accuracy: "Accuracy along the path" };
const DERIVED: Record<string, string> = {
  "half-width": "half-width",
  barrier: "barrier between the ends, nats",
  "barrier-position": "α of the barrier",
};

export function pathViews(record: RunRecord, group: ArmGroup): PathView[] {
  return group.arms.flatMap((arm) =>
    Object.entries(record.suite.arms.find(({ name }) => name === arm.name)?.measure ?? {}).flatMap(
      ([name, measurement]) => (measurement.metric === "path" ? pathView(record, group, arm, name, measurement) : []),
    ),
  );
}

function pathView(record: RunRecord, group: ArmGroup, to: ArmView, name: string, measurement: Path): PathView[] {
  const all = record.samples.filter((sample) => sample.arm === to.name && sample.measurement === name);
  const samples = all.filter((sample) => "value" in sample);
  const along = samples.filter(({ at, part }) => at !== undefined && part !== undefined && !(part in DERIVED));
  if (along.length === 0) return [];
  const from = group.arms.find((arm) => arm.name === measurement.from);
  const ends = [
    { alpha: 0, label: from?.label ?? plainName(measurement.from), colour: from?.colour ?? "currentColor" },
    { alpha: 1, label: to.label, colour: to.colour },
  ] as const;
  const heading = `${capitalise(measurement.shape)} path from ${ends[0].label} to ${ends[1].label}`;
  const place = `${heading} (${name}), ${group.heading}`;
  const figures = (["loss", "accuracy"] as const).flatMap((kind): FigureView[] => {
    const lines = (["train", "test"] as const).map((on) => profileLine(along, on, kind));
    if (lines.every(({ mean }) => mean.length === 0)) return [];
    const chart = pathProfile({
      lines,
      ends,
      kind,
      broken: measurement.shape === "filter-normalised",
      label: `${TITLES[kind]}, ${place}. ${lines.map((line) => lineWords(line, kind, ends)).join("; ")}.`,
    });
    return [{ key: pathKey(to.name, name), title: TITLES[kind], chart, note: null }];
  });
  return [
    {
      heading,
      note: noteOf(
        measurement,
        ends.map(({ label }) => label),
      ),
      figures,
      derived: derivedOf(record, all, place),
      table: profileTable(along, place),
    },
  ];
}

function profileLine(samples: readonly MeasuredSample[], on: "train" | "test", kind: Kind): ProfileLine {
  const own = samples.filter(({ part }) => part === `${on}-${kind}`);
  const seeds = [...new Set(own.map(({ seed }) => seed))].map((seed) =>
    own
      .flatMap((sample): PathPoint[] =>
        sample.seed === seed && sample.at !== undefined ? [{ alpha: sample.at, value: sample.value }] : [],
      )
      .sort((a, b) => a.alpha - b.alpha),
  );
  const mean = positionsOf(own).flatMap((alpha): PathPoint[] => {
    const spread = spreadAt(own, alpha);
    return spread ? [{ alpha, value: spread.mean }] : [];
  });
  return { on, seeds, mean };
}

function positionsOf(samples: readonly MeasuredSample[]): number[] {
  return [...new Set(samples.flatMap(({ at }) => at ?? []))].sort((a, b) => a - b);
}

function spreadAt(samples: readonly MeasuredSample[], alpha: number) {
  return spreadOf(samples.filter(({ at }) => at === alpha).map(({ value }) => value));
}

function lineWords({ on, mean }: ProfileLine, kind: Kind, ends: readonly { alpha: number; label: string }[]): string {
  const format = kind === "loss" ? formatValue : formatShare;
  const words = ends.flatMap(({ alpha, label }) => {
    const here = mean.find((point) => point.alpha === alpha);
    return here ? [`${format(here.value)} at ${label}`] : [];
  });
  const values = mean.map(({ value }) => value);
  const range = values.length === 0 ? "none" : `from ${format(Math.min(...values))} to ${format(Math.max(...values))}`;
  return `${on}: ${[range, ...words].join(", ")}`;
}

function noteOf({ shape, range = [-1, 2] }: Path, [from, to]: readonly string[]): string {
  const ends = `α = 0 is ${from}, α = 1 is ${to}. Training samples are solid, test samples dashed; a thick line is the mean over the seeds, a thin one a seed. Losses are logarithmic.`;
  if (shape === "filter-normalised") {
    return `${ends} From each end the path leads outwards, in units of that end's own filters, so that their widths can be compared.`;
  }
  const turned = shape === "curvilinear" && (range[0] <= -1 || range[1] >= 2);
  return turned ? `${ends} At α = −1 and α = 2 it passes the minimisers with their signs turned.` : ends;
}

/** The values that are no points of the profile, or why there are none. */
function derivedOf({ suite }: RunRecord, samples: readonly Sample[], place: string): Derived {
  const own = samples.filter(({ part }) => part !== undefined && part in DERIVED);
  const rows = [...new Map(own.map(({ part = "", at }) => [`${part} ${at}`, { part, at }])).values()];
  if (rows.length === 0) return { table: null, absences: null };
  const named = ({ part, at }: { part: string; at: number | undefined }) =>
    at === undefined ? (DERIVED[part] ?? part) : `${DERIVED[part]} at α = ${at}`;
  const of = (row: (typeof rows)[number]) => own.filter(({ part, at }) => part === row.part && at === row.at);
  const absences = rows.flatMap((row) => {
    const absent = of(row).flatMap((sample) => ("absent" in sample ? [sample] : []));
    const reasons = [...new Set(absent.map((sample) => sample.absent))];
    return reasons.map((reason) => {
      const seeds = absent.filter((sample) => sample.absent === reason).map(({ seed }) => seed);
      return `No ${named(row)} at ${formatSeeds(seeds)}: ${reason}.`;
    });
  });
  const table = tableView(
    `What follows from the training loss: ${place}`,
    ["Quantity", ...suite.seeds.map((seed) => numeric(`seed ${seed}`))],
    rows.map((row) => [
      named(row),
      ...suite.seeds.map((seed) => {
        const sample = of(row).find((each) => each.seed === seed);
        return formatValue(sample && "value" in sample ? sample.value : undefined);
      }),
    ]),
  );
  return { table, absences: absences.length === 0 ? null : absences.join(" ") };
}

function profileTable(samples: readonly MeasuredSample[], place: string): TableView {
  const columns = [
    { part: "train-loss", title: "Training loss", format: formatValue },
    { part: "test-loss", title: "Test loss", format: formatValue },
    { part: "train-accuracy", title: "Training accuracy", format: formatShare },
    { part: "test-accuracy", title: "Test accuracy", format: formatShare },
  ];
  return tableView(
    `${place}: mean over the seeds (lowest to highest)`,
    ["α", ...columns.map(({ title }) => numeric(title))],
    positionsOf(samples).map((alpha) => [
      String(alpha),
      ...columns.map(({ part, format }) =>
        spreadWords(
          spreadAt(
            samples.filter((sample) => sample.part === part),
            alpha,
          ),
          format,
        ),
      ),
    ]),
  );
}

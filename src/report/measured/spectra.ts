import type { MeasuredSample, RunRecord } from "../../spec/run.types.ts";
import type { ArmGroup } from "../arms.ts";
import { type ArmTails, spectrumTails, type TailPoint } from "../charts/spectrum-tails.ts";
import { symlogScale } from "../charts/symlog-scale.ts";
import type { FigureView } from "../figure.ts";
import { numeric, type TableView, tableView } from "../table.ts";
import { formatValue } from "../words/quantities.ts";

/** The Hessian's spectrum at the minimisers of arms that are compared. */
export interface SpectrumView {
  readonly figures: readonly FigureView[];
  readonly table: TableView;
}

/** Two of them a pixel. */
const MOST_POINTS = 120;

interface Eigenvalue {
  readonly value: number;
  readonly weight: number;
}

/** One for each name under which a spectrum was measured. */
export function spectrumViews({ suite, samples }: RunRecord, { heading, arms }: ArmGroup): SpectrumView[] {
  const names = new Set(
    suite.arms
      .filter(({ name }) => arms.some((arm) => arm.name === name))
      .flatMap(({ measure }) =>
        Object.entries(measure).flatMap(([name, { metric }]) => (metric === "spectrum" ? [name] : [])),
      ),
  );
  return [...names].flatMap((name): SpectrumView[] => {
    const spectra = arms.flatMap((arm) => {
      const own = samples.filter(
        (sample): sample is MeasuredSample =>
          sample.arm === arm.name &&
          sample.measurement === name &&
          "value" in sample &&
          sample.detail?.nodes !== undefined,
      );
      return own.length === 0 ? [] : [{ arm, seeds: own.length, eigenvalues: pooled(own) }];
    });
    if (spectra.length === 0) return [];
    const place = `Spectrum of the Hessian (${name}), ${heading}`;
    const tails = spectra.map(({ arm, eigenvalues }): ArmTails => ({ arm, ...tailsOf(eigenvalues) }));
    const words = spectra.map(({ arm, eigenvalues }) => {
      const values = eigenvalues.map(({ value }) => value);
      return `${arm.label} from ${formatValue(Math.min(...values))} to ${formatValue(Math.max(...values))}`;
    });
    return [
      {
        figures: [
          {
            title: "Share of the eigenvalues that lie beyond λ, away from 0",
            chart: spectrumTails({
              arms: tails,
              label: `${place}: share of the eigenvalues beyond λ. ${words.join("; ")}.`,
            }),
            note: "Mean over the seeds, by stochastic Lanczos quadrature. The farther out a line stays up, the more of the curvature lies in few directions.",
          },
        ],
        table: sharesTable(spectra, place),
      },
    ];
  });
}

/** All eigenvalues of the quadratures with their shares, ascending; a mean over the seeds. */
function pooled(samples: readonly MeasuredSample[]): Eigenvalue[] {
  return samples
    .flatMap(({ detail }) =>
      (detail?.nodes ?? []).map((value, i) => ({ value, weight: (detail?.weights?.[i] ?? 0) / samples.length })),
    )
    .sort((a, b) => a.value - b.value);
}

function tailsOf(eigenvalues: readonly Eigenvalue[]): { negative: TailPoint[]; positive: TailPoint[] } {
  const outwards = (side: readonly Eigenvalue[]) => {
    let share = 0;
    return side.map(({ value, weight }): TailPoint => {
      share += weight;
      return { eigenvalue: value, share };
    });
  };
  const negative = outwards(eigenvalues.filter(({ value }) => value < 0));
  const positive = outwards(eigenvalues.filter(({ value }) => value >= 0).toReversed()).reverse();
  const drawn = (points: readonly TailPoint[]) => thinOut(points.filter(({ share }) => share > 0));
  return { negative: drawn(negative), positive: drawn(positive) };
}

/** By equal steps of the logarithm of the share, so that the few at the ends stay. */
function thinOut(points: readonly TailPoint[]): TailPoint[] {
  if (points.length <= MOST_POINTS) return [...points];
  const logs = points.map(({ share }) => Math.log(share));
  const step = (Math.max(...logs) - Math.min(...logs)) / MOST_POINTS;
  let last = Number.NaN;
  return points.filter((_, i) => {
    const level = Math.floor((logs[i] ?? 0) / step);
    const kept = level !== last || i === points.length - 1;
    last = level;
    return kept;
  });
}

function sharesTable(
  spectra: readonly {
    readonly arm: { readonly label: string };
    readonly seeds: number;
    readonly eigenvalues: readonly Eigenvalue[];
  }[],
  place: string,
): TableView {
  const { ticks, tickFormat } = symlogScale(
    spectra.flatMap(({ eigenvalues }) => eigenvalues.map(({ value }) => value)),
  );
  const bounds = ticks.filter((tick) => tick !== 0);
  return tableView(
    `${place}: share of the eigenvalues, mean over the seeds`,
    ["Arm", numeric("Seeds"), ...bounds.map((bound) => numeric(`${bound < 0 ? "≤" : "≥"} ${tickFormat(bound)}`))],
    spectra.map(({ arm, seeds, eigenvalues }) => [
      arm.label,
      String(seeds),
      ...bounds.map((bound) => {
        const beyond = eigenvalues.filter(({ value }) => (bound < 0 ? value <= bound : value >= bound));
        return formatValue(beyond.reduce((sum, { weight }) => sum + weight, 0));
      }),
    ]),
  );
}

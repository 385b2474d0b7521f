import type { SampleReference } from "../spec/run.types.ts";
import type { Region } from "./region.ts";
import type { Effect } from "./verdict.ts";

/** What an assertion asks, whatever its kind: one number of every seed, and where their mean must lie. */
export interface Criterion {
  /** The assertion in symbols. */
  readonly expression: string;
  /** What the effect is of, such as "LB / SB, sharpness". */
  readonly subject: string;
  readonly operands: readonly Operand[];
  /** What a seed gives, from the values of the operands, or why it gives nothing. */
  statistic(values: readonly OperandValue[]): SeedStatistic;
  readonly scale: Effect["scale"];
  /** In units of the effect. */
  readonly region: Region;
  /** The smallest effect that counts: as declared, and the estimate it asks for (at most, where the region is below). */
  readonly minimum?: { readonly declared: number; readonly estimate: number };
  /** Two one-sided tests: the interval that has to lie within is the narrower one at 2c − 1. */
  readonly equivalence?: true;
}

export interface Operand {
  readonly reference: SampleReference;
  /** One value a seed, or a series. */
  readonly form: "single" | "series";
}

/** A number, or the points of a series in order. */
export type OperandValue = number | readonly SeriesPoint[];

export interface SeriesPoint {
  /** Epoch. */
  readonly at: number;
  readonly value: number;
  /** Training loss there, where it was measured along. */
  readonly loss?: number;
}

/** One number, or two to be compared on the criterion's scale. */
export type SeedStatistic =
  | { readonly first: number; readonly second?: number; readonly note?: string }
  | { readonly absent: string };

/** As in a suite: LB.sharpness[0.001,scaled]. */
export function formatReference({ arm, ...rest }: SampleReference): string {
  return `${arm}.${formatMeasurement(rest)}`;
}

function formatMeasurement({ measurement, epsilon, maximiser, part, at }: Omit<SampleReference, "arm">): string {
  const place = at === undefined ? undefined : `${part === undefined ? "epoch" : "alpha"}=${at}`;
  const options = [part, epsilon, maximiser, place].filter((option) => option !== undefined);
  return `${measurement}${options.length > 0 ? `[${options.join(",")}]` : ""}`;
}

/** SB of SB[F1]. */
export function plainArm({ arm }: Pick<SampleReference, "arm">): string {
  return arm.replace(/\[.*$/, "");
}

/** "sharpness", "path rise". */
export function quantityOf({ measurement, part }: SampleReference): string {
  return part === undefined ? measurement : `${measurement} ${part}`;
}

export function single(reference: SampleReference): Operand {
  return { reference, form: "single" };
}

export function series(reference: SampleReference): Operand {
  return { reference, form: "series" };
}

/** The values of single operands. */
export function numbers(values: readonly OperandValue[]): number[] {
  return values.map((value) => (typeof value === "number" ? value : Number.NaN));
}

/** The points of series. */
export function pointsOf(values: readonly OperandValue[]): (readonly SeriesPoint[])[] {
  return values.map((value) => (typeof value === "number" ? [] : value));
}

/** The statistic of one operand, or of two that are compared. */
export function plainStatistic(values: readonly OperandValue[]): SeedStatistic {
  const [first = Number.NaN, second] = numbers(values);
  return second === undefined ? { first } : { first, second };
}

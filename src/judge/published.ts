import { innermost } from "../spec/operands.ts";
import type { PublishedEntry, PublishedValue, RunRecord } from "../spec/run.types.ts";
import type { Interval } from "../stats/interval.ts";
import { type Counterpart, counterpartOf, paperLikeResult } from "./published-counterpart.ts";
import { publishedPrediction } from "./published-prediction.ts";
import type { ClaimVerdict, Effect, SingleResult } from "./verdict.ts";
import { digitsOf, formatCount, formatInterval, formatNumber } from "./wording.ts";

/** One published entry beside ours. No verdict depends on it, but that of an assertion that they are consistent. */
export interface PublishedComparison {
  readonly pointer: string;
  readonly entry: PublishedEntry;
  /** The paper's number, or range of numbers, in the units and the direction of ours. */
  readonly publishedEffect?: number | readonly [number, number];
  /** What it stands beside, where it was measured. */
  readonly ours?: Effect;
  /**
   * Whether the two agree: the paper's effect lies in our interval (its range overlaps it); for the mean of an arm with
   * a published standard deviation, whether our mean lies in the paper's prediction interval for as many trials.
   * Both intervals are at the level of the claim's own.
   */
  readonly consistent?: boolean;
  /** One sentence. */
  readonly wording: string;
}

/** Compares what a claim's assertions found with the published entries that the claim points at and the record holds. */
export function comparePublished(record: RunRecord, verdict: ClaimVerdict): PublishedComparison[] {
  const claim = record.suite.claims.find(({ id }) => id === verdict.claim);
  return (claim?.published ?? []).flatMap((pointer) => {
    const entry = record.published[pointer];
    return entry ? [compareEntry(record, pointer, entry, verdict)] : [];
  });
}

function compareEntry(
  record: RunRecord,
  pointer: string,
  entry: PublishedEntry,
  verdict: ClaimVerdict,
): PublishedComparison {
  const counterpart = counterpartOf(pointer, entry, verdict.assertions);
  const published = publishedNumber(entry, counterpart);
  if (published === undefined) return { pointer, entry, wording: "shown as published; no assertion is about it" };
  const base = { pointer, entry, publishedEffect: published };
  const theirs = `the paper's ${formatPublished(published, digitsOf(counterpart?.kind === "arm" ? "mean" : "difference"))}${entry.origin === "reading" ? " (read off a figure)" : ""}`;
  if (!counterpart) return { ...base, wording: `${theirs}; no assertion is about it` };

  const result = paperLikeResult(counterpart.verdict);
  const ours = comparableEffect(result, counterpart, entry);
  if (!ours) return { ...base, wording: `${theirs}; ${ourAbsence(result)}` };
  const arm = counterpart.kind === "arm" ? entry.arms[counterpart.arm] : undefined;
  const agreement =
    compareWithPrediction(ours, arm, verdict.confidence) ?? compareWithInterval(ours, published, theirs);
  const maximiser = result.maximiser ? ` (${result.maximiser} maximiser)` : "";
  const wording = `${agreement.wording}${maximiser}; ${caveat(record, counterpart)}`;
  return {
    ...base,
    ours,
    ...(agreement.consistent === undefined ? {} : { consistent: agreement.consistent }),
    wording,
  };
}

interface Agreement {
  readonly consistent?: boolean;
  readonly wording: string;
}

function compareWithInterval(ours: Effect, published: number | readonly [number, number], theirs: string): Agreement {
  const { interval } = ours;
  if (!interval) return { wording: `${theirs}; ours is ${formatNumber(ours.estimate)}, of one seed without interval` };
  const range: Interval =
    typeof published === "number"
      ? { lower: published, upper: published }
      : { lower: published[0], upper: published[1] };
  const consistent = range.lower <= interval.upper && range.upper >= interval.lower;
  const where =
    typeof published === "number"
      ? `lies ${consistent ? "in" : "outside"}`
      : consistent
        ? "overlaps"
        : "does not overlap";
  const compared = typeof published === "number" ? [published] : published;
  return {
    consistent,
    wording: `${theirs} ${where} our interval ${formatInterval(interval, compared, digitsOf(ours.scale))}`,
  };
}

/** A published mean with its spread says where the mean of our trials should fall. */
function compareWithPrediction(
  ours: Effect,
  arm: PublishedValue | undefined,
  confidence: number,
): Agreement | undefined {
  const prediction = publishedPrediction(arm, ours.n, confidence);
  if (!prediction) return undefined;
  const { interval, mean, standardDeviation, n } = prediction;
  const consistent = interval.lower <= ours.estimate && ours.estimate <= interval.upper;
  const found = formatNumber(ours.estimate, [interval.lower, interval.upper], 4);
  const expected = `${formatInterval(interval, [ours.estimate], 4)}, expected of ${formatCount(ours.n, "trial")} from the paper's ${mean} ± ${standardDeviation} (${formatCount(n, "trial")})`;
  return { consistent, wording: `our mean ${found} lies ${consistent ? "in" : "outside"} ${expected}` };
}

/** In the direction of the counterpart; of the arm, where the counterpart is about one. */
function publishedNumber(
  { arms, effect }: PublishedEntry,
  counterpart: Counterpart | undefined,
): number | readonly [number, number] | undefined {
  if (counterpart?.kind === "arm") return arms[counterpart.arm]?.mean;
  if (!effect) return undefined;
  const reversed = counterpart?.reversed ?? false;
  const turn = (value: number) => (!reversed ? value : effect.kind === "ratio" ? 1 / value : 0 - value);
  if (effect.range) {
    const [first, second] = effect.range;
    return reversed ? [turn(second), turn(first)] : [first, second];
  }
  const [first, second] = effect.of.map((arm) => arms[arm]?.mean);
  if (effect.value !== undefined) return turn(effect.value);
  if (first === undefined || second === undefined) return undefined;
  const value = turn(effect.kind === "ratio" ? first / second : first - second);
  return Number.isFinite(value) ? value : undefined;
}

/** Ours on the scale of the entry; a ratio without positive values has none. */
function comparableEffect(result: SingleResult, counterpart: Counterpart, entry: PublishedEntry): Effect | undefined {
  if (result.status === "not-measured") return undefined;
  const scale = counterpart.kind === "arm" ? "mean" : entry.effect?.kind;
  return result.effect.scale === scale ? result.effect : undefined;
}

function ourAbsence(result: SingleResult): string {
  return result.status === "not-measured" ? "ours was not measured" : "ours has no ratio, for want of positive values";
}

function formatPublished(published: number | readonly [number, number], digits: number): string {
  if (typeof published === "number") return formatNumber(published, [], digits);
  return `${formatNumber(published[0], [], digits)} to ${formatNumber(published[1], [], digits)}`;
}

function caveat({ suite: { profile } }: RunRecord, { verdict }: Counterpart): string {
  const isOtherScale = profile !== undefined && profile !== "paper";
  if (innermost(verdict.assertion).kind === "consistent") {
    return `${isOtherScale ? "another scale, but " : ""}the verdict hangs on it`;
  }
  return `${isOtherScale ? "another scale, so " : ""}no verdict hangs on it`;
}

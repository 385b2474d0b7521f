import type { ResolvedAssertion } from "../spec/run.types.ts";
import type { Maximiser } from "../spec/suite.types.ts";
import type { Region } from "./region.ts";

/** The four verdicts. */
export type VerdictStatus = "pass" | "fail" | "inconclusive" | "not-measured";

/** The verdict on what is denied. */
export const OPPOSITE: Readonly<Record<VerdictStatus, VerdictStatus>> = {
  pass: "fail",
  fail: "pass",
  inconclusive: "inconclusive",
  "not-measured": "not-measured",
};

/**
 * What an assertion found. The scale is the assertion's own, but for a ratio without one pair of positive values, which
 * has no estimate: then the difference stands in, and the result is inconclusive.
 */
export interface Effect {
  /**
   * ratio: geometric mean of paired ratios; difference: mean of paired first − second, or of a sum; mean: mean of one sample;
   * correlation: mean of the seeds' Spearman's ρ, or ρ over all trials; BIC difference: mean of the seeds'.
   */
  readonly scale: "ratio" | "difference" | "mean" | "correlation" | "BIC difference";
  readonly estimate: number;
  /** Ends of the interval at the claim's level c, of an equivalence at 2c − 1; null where there are too few values. */
  readonly interval: { readonly lower: number; readonly upper: number } | null;
  /** Pairs (or values) used. */
  readonly n: number;
}

/** What one seed gave: a number, or two that are compared. */
export interface SeedValues {
  readonly seed: number;
  readonly first: number;
  /** Absent where nothing is compared with the first but a number. */
  readonly second?: number;
}

interface ResultBase {
  /** The assertion in symbols, such as "LB.sharpness[0.001] / SB.sharpness[0.001] > 1, at least 2". */
  readonly expression: string;
  /** Why this verdict, in one sentence with its numbers; passes have one too. */
  readonly reason: string;
  readonly maximiser?: Maximiser;
  /** What tells it from its neighbours, where that is not the maximiser. */
  readonly label?: string;
}

/** An assertion on one set of samples. A result without data cannot be pass, fail or inconclusive. */
export type SingleResult =
  | (ResultBase & {
      readonly status: "pass" | "fail" | "inconclusive";
      readonly effect: Effect;
      readonly values: readonly SeedValues[];
      /** What would settle an inconclusive result, such as "about 6 more seeds". */
      readonly settle?: string;
    })
  | (ResultBase & { readonly status: "not-measured" });

/** What an assertion was judged by, for those who draw it. */
export interface Judged {
  readonly scale: Effect["scale"];
  /** Where the whole interval must lie. */
  readonly region: Region;
  /** The estimate that is asked for. */
  readonly minimum?: number;
  /** What the effect is of, such as "LB / SB, sharpness". */
  readonly subject: string;
}

/** An assertion that names no maximiser is judged with each; `results` then holds one per maximiser, else one in all. */
export interface AssertionVerdict {
  readonly judged: Judged;
  readonly assertion: ResolvedAssertion;
  readonly expression: string;
  readonly status: VerdictStatus;
  readonly reason: string;
  /** Open because the maximisers see different sides: it says more about them than about the minimiser. */
  readonly maximiserDependent?: true;
  readonly results: readonly [SingleResult, ...SingleResult[]];
}

/** Fail if any assertion fails, else not-measured if any is, else inconclusive if any is, else pass. */
export interface ClaimVerdict {
  readonly claim: string;
  /** Level of its intervals. */
  readonly confidence: number;
  /** The seeds it was judged by: not all, where seeds were added after it was decided. */
  readonly seeds: readonly number[];
  /** What it would be without its neighbours, where the number of claims makes it another. */
  readonly alone?: VerdictStatus;
  /** Told and not gated. */
  readonly finding: boolean;
  /** Whether data made up by a generator stands in for what the claim is about. */
  readonly surrogate: boolean;
  readonly status: VerdictStatus;
  readonly reason: string;
  readonly assertions: readonly [AssertionVerdict, ...AssertionVerdict[]];
}
